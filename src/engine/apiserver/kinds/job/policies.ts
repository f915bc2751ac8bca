/** When a Job fails or succeeds early. Upstream: pkg/apis/batch/validation/validation.go validatePodFailurePolicy, validateSuccessPolicy */
import type { JobSpec } from '../../../api/batch.ts';
import { isQualifiedName } from '../../../api/name.ts';
import {
  duplicate,
  type Errors,
  invalid,
  invalidEach,
  notNegative,
  notSupported,
  required,
  tooMany,
} from '../validation/errors.ts';

interface ExitCodes {
  containerName?: string;
  operator?: string;
  values?: number[];
}

interface FailureRule {
  action?: string;
  onExitCodes?: ExitCodes;
  onPodConditions?: { type?: string; status?: string }[];
}

interface SuccessRule {
  succeededIndexes?: string;
  succeededCount?: number;
}

const MOST_RULES = 20;
const MOST_CODES = 255;
const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const OPERATORS = ['In', 'NotIn'];
const STATUSES = ['False', 'True', 'Unknown'];

const listed = (values: readonly string[]): string => `valid values: [${values.map((v) => `"${v}"`).join(' ')}]`;

/** An error about a place, without a value. */
function misplaced(errors: Errors, field: string, detail: string): void {
  errors.push({ reason: 'FieldValueInvalid', field, message: `Invalid value: ${detail}` });
}

function validateExitCodes(errors: Errors, codes: ExitCodes, path: string, containers: readonly string[]): void {
  if (!codes.operator) required(errors, `${path}.operator`, listed(OPERATORS));
  else if (!OPERATORS.includes(codes.operator)) notSupported(errors, `${path}.operator`, codes.operator, OPERATORS);
  if (codes.containerName !== undefined && !containers.includes(codes.containerName))
    invalid(
      errors,
      `${path}.containerName`,
      codes.containerName,
      'must be one of the container or initContainer names in the pod template',
    );
  const values = codes.values ?? [];
  if (values.length === 0) invalid(errors, `${path}.values`, codes.values ?? null, 'at least one value is required');
  else if (values.length > MOST_CODES) tooMany(errors, `${path}.values`, values.length, MOST_CODES);
  values.forEach((code, i) => {
    if (codes.operator === 'In' && code === 0)
      invalid(errors, `${path}.values[${i}]`, code, 'must not be 0 for the In operator');
    if (values.indexOf(code) < i) duplicate(errors, `${path}.values[${i}]`, code);
  });
  if (values.some((code, i) => i > 0 && values[i - 1]! > code))
    invalid(errors, `${path}.values`, values, 'must be ordered');
}

function validateConditions(
  errors: Errors,
  conditions: NonNullable<FailureRule['onPodConditions']>,
  path: string,
): void {
  if (conditions.length > MOST_RULES) tooMany(errors, path, conditions.length, MOST_RULES);
  conditions.forEach((c, i) => {
    const type = c.type ?? '';
    invalidEach(errors, `${path}[${i}].type`, type, isQualifiedName(type));
    if (!c.status) required(errors, `${path}[${i}].status`, listed(STATUSES));
    else if (!STATUSES.includes(c.status)) notSupported(errors, `${path}[${i}].status`, c.status, STATUSES);
  });
}

function validateFailureRule(
  errors: Errors,
  spec: JobSpec,
  rule: FailureRule,
  path: string,
  containers: readonly string[],
): void {
  if (!rule.action) required(errors, `${path}.action`, listed(ACTIONS));
  else if (rule.action === 'FailIndex') {
    if (spec.backoffLimitPerIndex === undefined)
      invalid(errors, `${path}.action`, rule.action, 'requires the backoffLimitPerIndex to be set');
  } else if (!ACTIONS.includes(rule.action)) notSupported(errors, `${path}.action`, rule.action, ACTIONS);
  const conditions = rule.onPodConditions ?? [];
  if (rule.onExitCodes) validateExitCodes(errors, rule.onExitCodes, `${path}.onExitCodes`, containers);
  if (conditions.length) validateConditions(errors, conditions, `${path}.onPodConditions`);
  if (rule.onExitCodes && conditions.length)
    misplaced(errors, path, 'specifying both OnExitCodes and OnPodConditions is not supported');
  if (!rule.onExitCodes && !conditions.length)
    misplaced(errors, path, 'specifying one of OnExitCodes and OnPodConditions is required');
}

export function validateFailurePolicy(errors: Errors, spec: JobSpec, path: string): void {
  const rules = (spec.podFailurePolicy as { rules?: FailureRule[] }).rules ?? [];
  if (rules.length > MOST_RULES) tooMany(errors, `${path}.rules`, rules.length, MOST_RULES);
  const { containers, initContainers } = spec.template.spec;
  const names = [...(containers ?? []), ...(initContainers ?? [])].map((c) => c.name);
  rules.forEach((rule, i) => {
    validateFailureRule(errors, spec, rule, `${path}.rules[${i}]`, names);
  });
}

/** How many indexes `1,3-5` names, or what is wrong with it. */
function countIndexes(text: string, completions: number): number | string {
  if (text === '') return 0;
  let total = 0;
  let last = -1;
  for (const part of text.split(',')) {
    const ends = part.split('-');
    if (ends.length > 2)
      return `the fragment "${part}" violates the requirement that an index interval can have at most two parts separated by '-'`;
    const [first, second = ends[0]] = ends;
    for (const end of [first!, second!])
      if (!/^\d+$/.test(end)) return `cannot convert string to integer for index: "${end}"`;
    const x = Number(first);
    const y = Number(second);
    if (x >= completions) return `too large index: "${first}"`;
    if (y >= completions) return `too large index: "${second}"`;
    if (ends.length === 2 && x >= y) return `non-increasing order, previous: ${x}, current: ${y}`;
    if (last >= x) return `non-increasing order, previous: ${last}, current: ${x}`;
    total += y - x + 1;
    last = y;
  }
  return total;
}

function validateSuccessRule(errors: Errors, rule: SuccessRule, completions: number, path: string): void {
  const { succeededIndexes: indexes, succeededCount: count } = rule;
  if (count === undefined && indexes === undefined)
    required(errors, path, 'at least one of succeededCount or succeededIndexes must be specified');
  const total = indexes === undefined ? 0 : countIndexes(indexes, completions);
  if (typeof total === 'string')
    invalid(errors, `${path}.succeededIndexes`, indexes, `error parsing succeededIndexes: ${total}`);
  if (count === undefined) return;
  const at = `${path}.succeededCount`;
  notNegative(errors, at, count);
  if (count > completions)
    invalid(errors, at, count, `must be less than or equal to ${completions} (the number of specified completions)`);
  const named = typeof total === 'number' ? total : 0;
  if (indexes !== undefined && count > named)
    invalid(
      errors,
      at,
      count,
      `must be less than or equal to ${named} (the number of indexes in the specified succeededIndexes field)`,
    );
}

export function validateSuccessPolicy(errors: Errors, spec: JobSpec, path: string): void {
  const policy = spec.successPolicy as { rules?: SuccessRule[] };
  const rules = policy.rules ?? [];
  if (spec.completionMode !== 'Indexed') {
    const value = {
      Rules: rules.map((r) => ({
        SucceededIndexes: r.succeededIndexes ?? null,
        SucceededCount: r.succeededCount ?? null,
      })),
    };
    invalid(errors, path, value, 'requires indexed completion mode');
    return;
  }
  if (rules.length === 0)
    required(errors, `${path}.rules`, 'at least one rules must be specified when the successPolicy is specified');
  if (rules.length > MOST_RULES) tooMany(errors, `${path}.rules`, rules.length, MOST_RULES);
  rules.forEach((rule, i) => {
    validateSuccessRule(errors, rule, spec.completions ?? 0, `${path}.rules[${i}]`);
  });
}
