/** Roles and ClusterRoles. Upstream: pkg/apis/rbac/validation/validation.go */
import type { KubeObject, LabelSelector } from '../../../api/meta.ts';
import { createdAtColumns } from '../columns.ts';
import { simpleKind } from '../simple.ts';
import { type Errors, invalid, required } from '../validation/errors.ts';
import { pathSegmentName } from '../validation/object-meta.ts';
import { validateLabelSelector } from '../validation/selector.ts';

interface Rule {
  verbs?: string[];
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  nonResourceURLs?: string[];
}

interface Role extends KubeObject {
  rules?: Rule[] | null;
  aggregationRule?: { clusterRoleSelectors?: LabelSelector[] };
}

function validateRule(errors: Errors, rule: Rule, path: string, namespaced: boolean): void {
  const urls = rule.nonResourceURLs ?? [];
  if (!rule.verbs?.length) required(errors, `${path}.verbs`, 'verbs must contain at least one value');
  if (urls.length) {
    if (namespaced)
      invalid(errors, `${path}.nonResourceURLs`, urls, 'namespaced rules cannot apply to non-resource URLs');
    if (rule.apiGroups?.length || rule.resources?.length || rule.resourceNames?.length)
      invalid(
        errors,
        `${path}.nonResourceURLs`,
        urls,
        'rules cannot apply to both regular resources and non-resource URLs',
      );
    return;
  }
  if (!rule.apiGroups?.length)
    required(errors, `${path}.apiGroups`, 'resource rules must supply at least one api group');
  if (!rule.resources?.length)
    required(errors, `${path}.resources`, 'resource rules must supply at least one resource');
}

const makeRole = (kind: string, namespaced: boolean) =>
  simpleKind<Role>(kind, {
    namespaced,
    nameRule: pathSegmentName,
    default(o) {
      o.rules ??= null;
    },
    check(errors, o) {
      o.rules?.forEach((rule, i) => {
        validateRule(errors, rule, `rules[${i}]`, namespaced);
      });
      if (!o.aggregationRule) return;
      const selectors = o.aggregationRule.clusterRoleSelectors ?? [];
      if (selectors.length === 0)
        required(
          errors,
          'aggregationRule.clusterRoleSelectors',
          'at least one clusterRoleSelector required if aggregationRule is non-nil',
        );
      selectors.forEach((s, i) => {
        validateLabelSelector(errors, s, `aggregationRule.clusterRoleSelectors[${i}]`);
      });
    },
    columns: createdAtColumns,
  });

export const role = makeRole('Role', true);
export const clusterRole = makeRole('ClusterRole', false);
