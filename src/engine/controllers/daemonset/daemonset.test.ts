import { expect, it } from 'vitest';
import type { ControllerRevision, DaemonSet } from '../../api/apps.ts';
import type { Pod } from '../../api/core.ts';
import { type Lab, lab } from '../../testing/lab.ts';

const agent = (more = '', spec = ''): string => `
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  ${more}
  selector: {matchLabels: {app: agent}}
  template: {metadata: {labels: {app: agent}}, spec: {${spec}containers: [{name: c, image: "fluentd:1"}]}}
`;
const counts = (c: Lab): string => {
  const s = c.get<DaemonSet>('DaemonSet', 'agent')!.status;
  return `desired ${s.desiredNumberScheduled} current ${s.currentNumberScheduled} ready ${s.numberReady} updated ${s.updatedNumberScheduled ?? 0} available ${s.numberAvailable ?? 0} misscheduled ${s.numberMisscheduled}`;
};
const images = (c: Lab): string =>
  c
    .all<Pod>('Pod')
    .map((p) => `${p.spec.nodeName}=${p.spec.containers[0]!.image}`)
    .sort()
    .join(' ');

it('one pod on each node, pinned, with its tolerations', () => {
  const c = lab('w1 w2');
  c.create(agent());
  c.run(2);
  expect(c.pods()).toEqual(['agent-R Running w1', 'agent-R Running w2']);
  const pod = c.all<Pod>('Pod')[0]!;
  expect(pod.spec.affinity!.nodeAffinity!.requiredDuringSchedulingIgnoredDuringExecution).toEqual({
    nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['w1'] }] }],
  });
  expect(pod.spec.tolerations!.map((t) => `${t.key!.split('/')[1]}:${t.effect}`).join(' ')).toBe(
    'not-ready:NoExecute unreachable:NoExecute disk-pressure:NoSchedule memory-pressure:NoSchedule pid-pressure:NoSchedule unschedulable:NoSchedule',
  );
  expect(counts(c)).toBe('desired 2 current 2 ready 2 updated 2 available 2 misscheduled 0');
  expect(c.disturb()).toEqual([]);
});

it('cordons do not matter, NoSchedule taints keep what is there, NoExecute and selectors do not', () => {
  const c = lab('w1 w2:disk=ssd');
  c.patch('Node', 'w1', { spec: { unschedulable: true } });
  c.create(agent());
  c.run(3);
  expect(c.pods()).toEqual(['agent-R Running w1', 'agent-R Running w2']);
  c.patch('Node', 'w2', { spec: { taints: [{ key: 'k', effect: 'NoSchedule' }] } });
  c.run(2);
  expect(counts(c)).toBe('desired 1 current 1 ready 1 updated 1 available 1 misscheduled 1');
  c.patch('Node', 'w2', { spec: { taints: [{ key: 'k', effect: 'NoExecute' }] } });
  c.run(2);
  expect(c.pods()).toEqual(['agent-R Running w1']);
  c.patch('DaemonSet', 'agent', {
    spec: { template: { spec: { nodeSelector: { disk: 'ssd' }, tolerations: [{ operator: 'Exists' }] } } },
  });
  c.run(3);
  expect(c.pods()).toEqual(['agent-R Running w2']);
  expect(c.disturb()).toEqual([]);
});

it('rolls one node at a time, keeps its history', () => {
  const c = lab('w1 w2 w3');
  c.create(agent());
  c.run(2);
  c.patch('DaemonSet', 'agent', {
    spec: { template: { spec: { containers: [{ name: 'c', image: 'fluentd:no-such' }] } } },
  });
  c.run(5);
  expect(images(c)).toBe('w1=fluentd:no-such w2=fluentd:1 w3=fluentd:1');
  expect(c.disturb()).toEqual([]);
  c.patch('DaemonSet', 'agent', { spec: { template: { spec: { containers: [{ name: 'c', image: 'fluentd:2' }] } } } });
  c.run(8);
  expect(images(c)).toBe('w1=fluentd:2 w2=fluentd:2 w3=fluentd:2');
  expect(c.all<ControllerRevision>('ControllerRevision').map((r) => r.revision)).toEqual([1, 2, 3]);
  expect(counts(c)).toBe('desired 3 current 3 ready 3 updated 3 available 3 misscheduled 0');
});

it('OnDelete waits for hands; a surge makes the new pod first', () => {
  const c = lab('w1 w2');
  c.create(agent('updateStrategy: {type: OnDelete}'));
  c.run(2);
  c.patch('DaemonSet', 'agent', { spec: { template: { spec: { containers: [{ name: 'c', image: 'fluentd:2' }] } } } });
  c.run(3);
  expect(images(c)).toBe('w1=fluentd:1 w2=fluentd:1');
  c.patch('DaemonSet', 'agent', {
    spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } },
  });
  c.run(5);
  expect(images(c)).toBe('w1=fluentd:2 w2=fluentd:2');
});

it('a failed daemon pod is replaced with growing waits', () => {
  const c = lab('w1');
  c.create(agent());
  c.run(2);
  const fail = (): void =>
    c.patch('Pod', c.all<Pod>('Pod')[0]!.metadata.name, { status: { phase: 'Failed' } }, 'status');
  fail();
  c.run(1);
  expect(
    c
      .events('DaemonSet')
      .some((e) =>
        e.startsWith('FailedDaemonPod Found failed daemon pod default/agent-R on node w1, will try to kill it'),
      ),
  ).toBe(true);
  expect(c.pods()).toEqual(['agent-R Running w1']);
});
