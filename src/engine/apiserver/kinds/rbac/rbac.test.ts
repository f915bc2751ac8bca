import { describe, expect, it } from 'vitest';
import { changeComplaints, complaints, created, headers, row, type Written } from '../testing.ts';

const GROUP = 'rbac.authorization.k8s.io';
const binding = (more: object = {}): Written => ({ roleRef: { kind: 'Role', name: 'r' }, ...more });

describe('Role and ClusterRole', () => {
  it.each<[string, string, Written, string[]]>([
    ['Role', 'a name with a colon', { metadata: { name: 'system:reader' }, rules: [] }, []],
    [
      'Role',
      'a rule of nothing',
      { rules: [{}] },
      [
        'rules[0].verbs: Required value: verbs must contain at least one value',
        'rules[0].apiGroups: Required value: resource rules must supply at least one api group',
        'rules[0].resources: Required value: resource rules must supply at least one resource',
      ],
    ],
    [
      'Role',
      'paths in a namespace',
      { rules: [{ verbs: ['get'], nonResourceURLs: ['/healthz'] }] },
      ['rules[0].nonResourceURLs: Invalid value: ["/healthz"]: namespaced rules cannot apply to non-resource URLs'],
    ],
    ['ClusterRole', 'paths', { rules: [{ verbs: ['get'], nonResourceURLs: ['/healthz'] }] }, []],
    ['Role', 'a slash', { metadata: { name: 'a/b' } }, ['metadata.name: Invalid value: "a/b": may not contain \'/\'']],
  ])('%s: %s', (kind, _, written, wanted) => {
    expect(complaints(kind, written)).toEqual(wanted);
  });

  it('columns', () => {
    expect(headers('Role')).toBe('NAME | CREATED AT');
  });
});

describe('bindings', () => {
  it('fills in the groups', () => {
    const o = created(
      'RoleBinding',
      binding({
        subjects: [
          { kind: 'User', name: 'u' },
          { kind: 'ServiceAccount', name: 's' },
        ],
      }),
    );
    expect(o).toMatchObject({
      roleRef: { apiGroup: GROUP },
      subjects: [{ kind: 'User', apiGroup: GROUP }, { kind: 'ServiceAccount' }],
    });
  });

  it.each<[string, Written, string[]]>([
    ['RoleBinding', binding({ subjects: [{ kind: 'ServiceAccount', name: 's', namespace: 'default' }] }), []],
    [
      'RoleBinding',
      { roleRef: { kind: 'Hat' } },
      [
        'roleRef.kind: Unsupported value: "Hat": supported values: "Role", "ClusterRole"',
        'roleRef.name: Required value',
      ],
    ],
    [
      'RoleBinding',
      binding({ subjects: [{ kind: 'Robot' }] }),
      [
        'subjects[0].name: Required value',
        'subjects[0].kind: Unsupported value: "Robot": supported values: "Group", "ServiceAccount", "User"',
      ],
    ],
    [
      'ClusterRoleBinding',
      { roleRef: { kind: 'ClusterRole', name: 'r' }, subjects: [{ kind: 'ServiceAccount', name: 's' }] },
      ['subjects[0].namespace: Required value'],
    ],
  ])('%s %j', (kind, written, wanted) => {
    expect(complaints(kind, written)).toEqual(wanted);
  });

  it('the role stays', () => {
    expect(changeComplaints('RoleBinding', binding(), { roleRef: { kind: 'Role', name: 'other' } })).toEqual([
      `roleRef: Invalid value: {"APIGroup":"${GROUP}","Kind":"Role","Name":"other"}: cannot change roleRef`,
    ]);
  });

  it('columns', () => {
    expect(headers('RoleBinding', true)).toBe('NAME | ROLE | AGE | USERS | GROUPS | SERVICEACCOUNTS');
    const subjects = [
      { kind: 'User', name: 'u' },
      { kind: 'Group', name: 'g' },
      { kind: 'ServiceAccount', name: 's', namespace: 'n' },
    ];
    expect(row('RoleBinding', binding({ subjects }), true)).toBe('x | Role/r | 10m | u | g | n/s');
  });
});
