/** Label selectors of workloads. Upstream: apimachinery/pkg/apis/meta/v1/validation/validation.go */
import type { LabelSelector } from '../../../api/meta.ts';
import { isLabelValue, isQualifiedName } from '../../../api/name.ts';
import { matchesSelector } from '../../../api/selector.ts';
import { type Errors, forbidden, invalid, invalidEach, required } from './errors.ts';
import { validateLabels } from './object-meta.ts';

const OPERATORS = new Set(['In', 'NotIn', 'Exists', 'DoesNotExist']);

/** `labelSelector`-shaped value at `path`; absent is fine. */
export function validateLabelSelector(errors: Errors, selector: LabelSelector | undefined, path: string): void {
  if (!selector) return;
  validateLabels(errors, selector.matchLabels, `${path}.matchLabels`);
  selector.matchExpressions?.forEach((r, i) => {
    const at = `${path}.matchExpressions[${i}]`;
    switch (r.operator) {
      case 'In':
      case 'NotIn':
        if (!r.values?.length) required(errors, `${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'");
        break;
      case 'Exists':
      case 'DoesNotExist':
        if (r.values?.length)
          forbidden(errors, `${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        break;
      default:
        invalid(errors, `${at}.operator`, r.operator ?? '', 'not a valid selector operator');
    }
    invalidEach(errors, `${at}.key`, r.key ?? '', isQualifiedName(r.key ?? ''));
    r.values?.forEach((v, j) => {
      invalidEach(errors, `${at}.values[${j}]`, v, isLabelValue(v));
    });
  });
}

export const isEmptySelector = (s: LabelSelector): boolean =>
  Object.keys(s.matchLabels ?? {}).length + (s.matchExpressions?.length ?? 0) === 0;

/** A selector that can be parsed: known operators and well-formed requirements. */
export function isParsable(s: LabelSelector): boolean {
  const errors: Errors = [];
  validateLabelSelector(errors, s, '');
  return errors.length === 0 && (s.matchExpressions ?? []).every((r) => OPERATORS.has(r.operator));
}

/** Go prints a selector with its fields in declaration order and nothing for empty ones. */
export function selectorValue(s: LabelSelector): LabelSelector {
  const value: LabelSelector = {};
  if (s.matchLabels && Object.keys(s.matchLabels).length) value.matchLabels = sorted(s.matchLabels);
  if (s.matchExpressions?.length)
    value.matchExpressions = s.matchExpressions.map((r) => ({
      key: r.key,
      operator: r.operator,
      ...(r.values?.length ? { values: r.values } : {}),
    }));
  return value;
}

/** A map with its keys in Go's printing order. */
export const sorted = <T>(map: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

/** `selector` and the labels of `template` of a workload must agree. */
export function validateTemplateLabels(
  errors: Errors,
  selector: LabelSelector | undefined,
  labels: Record<string, string> | undefined,
  path: string,
): void {
  if (matchesSelector(selector, labels)) return;
  const value = labels && Object.keys(labels).length ? sorted(labels) : null;
  invalid(errors, `${path}.metadata.labels`, value, '`selector` does not match template `labels`');
}
