/** RoleBindings and ClusterRoleBindings. Upstream: pkg/apis/rbac/{v1,validation}, pkg/printers/internalversion/printers.go */
import type { KubeObject } from '../../../api/meta.ts';
import { ageColumn, column, nameColumn, wide } from '../columns.ts';
import { simpleKind } from '../simple.ts';
import { sameValue } from '../validation/equal.ts';
import { type Errors, invalid, invalidEach, notSupported, required } from '../validation/errors.ts';
import { pathSegmentName, subdomainName } from '../validation/object-meta.ts';

const GROUP = 'rbac.authorization.k8s.io';

interface Subject {
  kind?: string;
  apiGroup?: string;
  name?: string;
  namespace?: string;
}

interface Binding extends KubeObject {
  subjects?: Subject[];
  roleRef: { apiGroup?: string; kind?: string; name?: string };
}

function validateSubject(errors: Errors, s: Subject, path: string, namespaced: boolean): void {
  if (!s.name) required(errors, `${path}.name`);
  switch (s.kind) {
    case 'ServiceAccount':
      if (s.name) invalidEach(errors, `${path}.name`, s.name, subdomainName(s.name));
      if (s.apiGroup) notSupported(errors, `${path}.apiGroup`, s.apiGroup, ['']);
      if (!namespaced && !s.namespace) required(errors, `${path}.namespace`);
      break;
    case 'User':
    case 'Group':
      if (s.apiGroup !== GROUP) notSupported(errors, `${path}.apiGroup`, s.apiGroup ?? '', [GROUP]);
      break;
    default:
      notSupported(errors, `${path}.kind`, s.kind ?? '', ['Group', 'ServiceAccount', 'User']);
  }
}

function validateRoleRef(errors: Errors, o: Binding, kinds: readonly string[]): void {
  const { apiGroup = '', kind = '', name = '' } = o.roleRef;
  if (apiGroup !== GROUP) notSupported(errors, 'roleRef.apiGroup', apiGroup, [GROUP]);
  if (!kinds.includes(kind)) notSupported(errors, 'roleRef.kind', kind, kinds);
  if (!name) required(errors, 'roleRef.name');
  else invalidEach(errors, 'roleRef.name', name, pathSegmentName(name));
}

const namesOf = (o: Binding, kind: string): string =>
  (o.subjects ?? [])
    .filter((s) => s.kind === kind)
    .map((s) => (kind === 'ServiceAccount' ? `${s.namespace ?? ''}/${s.name}` : (s.name ?? '')))
    .join(', ');

const makeBinding = (kind: string, namespaced: boolean) =>
  simpleKind<Binding>(kind, {
    namespaced,
    nameRule: pathSegmentName,
    default(o) {
      o.roleRef ??= {};
      o.roleRef.apiGroup ||= GROUP;
      for (const s of o.subjects ?? []) if (s.kind === 'User' || s.kind === 'Group') s.apiGroup ||= GROUP;
    },
    check(errors, o) {
      validateRoleRef(errors, o, namespaced ? ['Role', 'ClusterRole'] : ['ClusterRole']);
      o.subjects?.forEach((s, i) => {
        validateSubject(errors, s, `subjects[${i}]`, namespaced);
      });
    },
    checkUpdate(errors, o, old) {
      if (sameValue(o.roleRef, old.roleRef)) return;
      const { apiGroup = '', kind: refKind = '', name = '' } = o.roleRef;
      invalid(errors, 'roleRef', { APIGroup: apiGroup, Kind: refKind, Name: name }, 'cannot change roleRef');
    },
    columns: [
      nameColumn,
      column('Role', (o) => `${o.roleRef.kind}/${o.roleRef.name}`),
      ageColumn,
      wide('Users', (o) => namesOf(o, 'User')),
      wide('Groups', (o) => namesOf(o, 'Group')),
      wide('ServiceAccounts', (o) => namesOf(o, 'ServiceAccount')),
    ],
  });

export const roleBinding = makeBinding('RoleBinding', true);
export const clusterRoleBinding = makeBinding('ClusterRoleBinding', false);
