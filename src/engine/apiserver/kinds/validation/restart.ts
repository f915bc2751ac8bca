/** `restartPolicy` and its rules on single containers. Upstream: pkg/apis/core/validation/validation.go validateContainerRestartPolicy */
import type { Container } from '../../../api/core.ts';
import { type Errors, invalid, notSupported, required, tooMany } from './errors.ts';

const POLICIES = ['Always', 'Never', 'OnFailure'];
const ACTIONS = ['Restart', 'RestartAllContainers'];
const OPERATORS = ['In', 'NotIn'];
const MOST_RULES = 20;
const MOST_CODES = 255;

export function validateRestartPolicyOf(errors: Errors, c: Container, path: string): void {
  const rules = c.restartPolicyRules ?? [];
  if (c.restartPolicy !== undefined && !POLICIES.includes(c.restartPolicy))
    notSupported(errors, `${path}.restartPolicy`, c.restartPolicy, POLICIES);
  if (rules.length === 0) return;
  const at = `${path}.restartPolicyRules`;
  if (c.restartPolicy === undefined)
    required(errors, `${path}.restartPolicy`, 'must specify restartPolicy when restart rules are used');
  if (rules.length > MOST_RULES) tooMany(errors, at, rules.length, MOST_RULES);
  rules.forEach((rule, i) => {
    if (!ACTIONS.includes(rule.action)) notSupported(errors, `${at}[${i}].action`, rule.action, ACTIONS);
    const codes = rule.exitCodes;
    if (!codes) {
      required(errors, `${at}[${i}].exitCodes`, 'must be specified');
      return;
    }
    if (!OPERATORS.includes(codes.operator))
      notSupported(errors, `${at}[${i}].exitCodes.operator`, codes.operator, OPERATORS);
    if ((codes.values?.length ?? 0) > MOST_CODES)
      tooMany(errors, `${at}[${i}].exitCodes.values`, codes.values!.length, MOST_CODES);
    if (!codes.values?.length)
      invalid(errors, `${at}[${i}].exitCodes.values`, codes.values ?? null, 'must specify at least one value');
  });
}
