/** Label and field selectors. Upstream: k8s.io/apimachinery/pkg/labels, pkg/apis/meta/v1/helpers.go */
import type { LabelSelector, LabelSelectorRequirement } from './meta.ts';

export type Labels = Readonly<Record<string, string>> | undefined;

/** Whether one requirement holds: In, NotIn (absent counts), Exists, DoesNotExist. Other operators match nothing. */
export function matchesRequirement(r: LabelSelectorRequirement, labels: Labels): boolean {
  const value = labels?.[r.key];
  switch (r.operator) {
    case 'In':
      return value !== undefined && (r.values ?? []).includes(value);
    case 'NotIn':
      return value === undefined || !(r.values ?? []).includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** Whether labels match. No selector matches nothing; an empty one matches everything. */
export function matchesSelector(selector: LabelSelector | undefined, labels: Labels): boolean {
  if (!selector) return false;
  const wanted = selector.matchLabels;
  if (wanted) for (const key in wanted) if (labels?.[key] !== wanted[key]) return false;
  const requirements = selector.matchExpressions;
  if (requirements) for (const r of requirements) if (!matchesRequirement(r, labels)) return false;
  return true;
}

/** Whether a plain map selector (Service, ReplicationController) matches; an empty one matches nothing. */
export function matchesMap(selector: Record<string, string> | undefined, labels: Labels): boolean {
  if (!selector) return false;
  let any = false;
  for (const key in selector) {
    if (labels?.[key] !== selector[key]) return false;
    any = true;
  }
  return any;
}

const byKey = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A selector as kubectl prints it: `app=web,tier in (a,b),!gone`; `<none>` for nothing. */
export function formatSelector(selector: LabelSelector | Record<string, string> | undefined): string {
  if (!selector) return '<none>';
  const typed = selector as LabelSelector;
  const isLabelSelector =
    (typed.matchLabels !== undefined && typeof typed.matchLabels === 'object') || Array.isArray(typed.matchExpressions);
  const parts: { key: string; text: string }[] = [];
  const labels = (isLabelSelector ? typed.matchLabels : selector) as Record<string, string> | undefined;
  for (const key in labels) if (typeof labels[key] === 'string') parts.push({ key, text: `${key}=${labels[key]}` });
  for (const r of isLabelSelector ? (typed.matchExpressions ?? []) : []) {
    const values = [...(r.values ?? [])].sort(byKey).join(',');
    const text =
      r.operator === 'Exists'
        ? r.key
        : r.operator === 'DoesNotExist'
          ? `!${r.key}`
          : `${r.key} ${r.operator === 'In' ? 'in' : 'notin'} (${values})`;
    parts.push({ key: r.key, text });
  }
  parts.sort((a, b) => byKey(a.key, b.key));
  return parts.length ? parts.map((p) => p.text).join(',') : '<none>';
}
