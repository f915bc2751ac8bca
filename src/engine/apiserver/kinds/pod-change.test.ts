import { describe, expect, it } from 'vitest';
import type { Pod } from '../../api/core.ts';
import { changeComplaints, created, headers, row, updated, type Written, warningsOf } from './testing.ts';

const container = { name: 'c', image: 'nginx' };
const spec = (more: object = {}): Written => ({ spec: { containers: [container], ...more } });
const withContainer = (more: object): Written => ({ spec: { containers: [{ ...container, ...more }] } });

describe('update', () => {
  const before = spec({ nodeName: 'worker-x86', serviceAccountName: 'default' });
  const list =
    '`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

  it.each<[string, Written, string[]]>([
    ['nothing', before, []],
    [
      'another image',
      { spec: { ...(before.spec as object), containers: [{ ...container, image: 'x', imagePullPolicy: 'Always' }] } },
      [],
    ],
    ['a deadline', spec({ ...(before.spec as object), activeDeadlineSeconds: 5 }), []],
    [
      'one more container',
      { spec: { ...(before.spec as object), containers: [container, { ...container, name: 'd' }] } },
      ['spec.containers: Forbidden: pod updates may not add or remove containers'],
    ],
    [
      'another node: what differs is shown as the server holds it',
      spec({ ...(before.spec as object), nodeName: 'worker-ppc64le' }),
      [
        `spec: Forbidden: pod updates may not change fields other than ${list}
@@ -42,7 +42,7 @@
  "NodeSelector": null,
  "ServiceAccountName": "default",
  "AutomountServiceAccountToken": null,
- "NodeName": "worker-x86",
+ "NodeName": "worker-ppc64le",
  "SecurityContext": {
   "HostNetwork": false,
   "HostPID": false,
`,
      ],
    ],
  ])('%s', (_, after, wanted) => {
    expect(changeComplaints('Pod', before, after)).toEqual(wanted);
  });

  it('tolerations may be added, not altered', () => {
    const a = { key: 'a', operator: 'Exists' };
    const b = { key: 'b', operator: 'Exists' };
    expect(changeComplaints('Pod', spec({ tolerations: [a] }), spec({ tolerations: [a, b] }))).toEqual([]);
    expect(changeComplaints('Pod', spec({ tolerations: [a] }), spec({ tolerations: [b] }))).toEqual([
      'spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds',
    ]);
  });

  it('a deadline may only shrink', () => {
    const change = (from: number | undefined, to: number | undefined) =>
      changeComplaints('Pod', spec({ activeDeadlineSeconds: from }), spec({ activeDeadlineSeconds: to }));
    expect(change(10, 5)).toEqual([]);
    expect(change(5, 10)).toEqual([
      'spec.activeDeadlineSeconds: Invalid value: 10: must be less than or equal to previous value',
    ]);
    expect(change(5, undefined)).toEqual([
      'spec.activeDeadlineSeconds: Invalid value: null: must not update from a positive integer to nil value',
    ]);
  });

  it('gates only open; a gated pod may be told where to go', () => {
    const gated = (more: object = {}) => spec({ schedulingGates: [{ name: 'a' }], ...more });
    expect(changeComplaints('Pod', gated(), spec())).toEqual([]);
    expect(changeComplaints('Pod', gated(), gated({ nodeSelector: { a: 'b' } }))).toEqual([]);
    expect(changeComplaints('Pod', spec(), gated())).toEqual([
      `spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'a'`,
    ]);
  });

  it('keeps its status, counts its generation', () => {
    const old = created<Pod>('Pod', before);
    expect(updated<Pod>('Pod', old, before).metadata.generation).toBe(1);
    const next = updated<Pod>('Pod', old, spec({ ...(before.spec as object), activeDeadlineSeconds: 5 }));
    expect(next.metadata.generation).toBe(2);
    expect(next.status).toEqual(old.status);
  });
});

describe('warnings', () => {
  it.each<[string, Written, string[]]>([
    ['nothing', spec(), []],
    [
      'old labels',
      spec({ nodeSelector: { 'beta.kubernetes.io/arch': 'amd64' } }),
      ['spec.nodeSelector[beta.kubernetes.io/arch]: deprecated since v1.14; use "kubernetes.io/arch" instead'],
    ],
    [
      'a name with dots',
      { metadata: { name: 'a.b' }, ...spec() },
      [
        "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]",
      ],
    ],
    [
      'a variable twice',
      withContainer({
        env: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      }),
      ['spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply'],
    ],
    [
      'a variable built on itself',
      withContainer({
        env: [
          { name: 'A', value: '1' },
          { name: 'A', value: '$(A)2' },
        ],
      }),
      [],
    ],
    [
      'a port twice',
      spec({
        containers: ['a', 'b'].map((name) => ({ name, image: 'x', ports: [{ containerPort: 80 }] })),
      }),
      ['spec.containers[1].ports[0]: duplicate port definition with spec.containers[0].ports[0]'],
    ],
    [
      'an affinity for nobody',
      spec({
        affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone' }] } },
      }),
      [
        'spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector: a null labelSelector results in matching no pod',
      ],
    ],
  ])('%s', (_, written, wanted) => {
    expect(warningsOf('Pod', written)).toEqual(wanted);
  });
});

it('columns', () => {
  expect(headers('Pod', true)).toBe(
    'NAME | READY | STATUS | RESTARTS | AGE | IP | NODE | NOMINATED NODE | READINESS GATES',
  );
  expect(row('Pod', spec(), true)).toBe('x | 0/1 | Pending | 0 | 10m | <none> | <none> | <none> | <none>');
});
