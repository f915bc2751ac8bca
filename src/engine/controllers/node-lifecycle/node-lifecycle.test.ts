import { expect, it } from 'vitest';
import type { Node } from '../../api/core.ts';
import { lab } from '../../testing/lab.ts';

const AGENT = `
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template: {metadata: {labels: {app: agent}}, spec: {containers: [{name: c, image: fluentd}]}}
`;

it('a cordon becomes a taint, a hand-set one of its keys goes again', () => {
  const c = lab('w1 w2');
  c.patch('Node', 'w1', { spec: { unschedulable: true } });
  c.run(1);
  expect(c.taints('w1')).toEqual(['node.kubernetes.io/unschedulable:NoSchedule']);
  c.patch('Node', 'w1', { spec: { unschedulable: null } });
  c.run(1);
  expect(c.taints('w1')).toEqual([]);
  c.patch('Node', 'w2', { spec: { taints: [{ key: 'node.kubernetes.io/memory-pressure', effect: 'NoSchedule' }] } });
  c.run(1);
  expect(c.taints('w2')).toEqual([]);
  expect(c.disturb()).toEqual([]);
});

it('a kubelet falls silent and comes back', () => {
  const c = lab('w1 w2 w3');
  c.create(AGENT);
  c.create(
    '{apiVersion: v1, kind: Pod, metadata: {name: quick}, spec: {nodeName: w1, tolerations: [{key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 10}], containers: [{name: c, image: nginx}]}}',
  );
  c.create(
    '{apiVersion: v1, kind: Pod, metadata: {name: patient}, spec: {nodeName: w1, containers: [{name: c, image: nginx}]}}',
  );
  c.run(2);
  c.fault('stop-kubelet', 'w1');
  c.run(49);
  expect(c.conditions('Node', 'w1').find((x) => x.startsWith('Ready'))).toBe('Ready=True KubeletReady');
  c.run(10);
  expect(c.conditions('Node', 'w1').filter((x) => x.includes('Unknown'))).toHaveLength(4);
  expect(c.taints('w1')).toEqual([
    'node.kubernetes.io/unreachable:NoSchedule',
    'node.kubernetes.io/unreachable:NoExecute',
  ]);
  expect(c.events('Node')).toEqual(['NodeNotReady Node w1 status is now: NodeNotReady']);
  expect(c.pods()).toEqual([
    'agent-R Running w2',
    'agent-R Running w3',
    'agent-R Running! w1',
    'patient Running! w1',
    'quick Running! w1',
  ]);
  c.run(10);
  expect(c.pods()).toContain('quick Running!~ w1');
  expect(c.events('Pod').filter((x) => !x.startsWith('Scheduled'))).toEqual([
    'NodeNotReady Node is not ready',
    'NodeNotReady Node is not ready',
    'NodeNotReady Node is not ready',
    'TaintManagerEviction Marking for deletion Pod default/quick',
  ]);
  expect(c.disturb()).toEqual([]);
  c.fault('start-kubelet', 'w1');
  c.run(30);
  expect(c.taints('w1')).toEqual([]);
  expect(c.pods()).toEqual(['agent-R Running w1', 'agent-R Running w2', 'agent-R Running w3', 'patient Running w1']);
  expect(c.events('Pod')).toContain('TaintManagerEviction Cancelling deletion of Pod default/patient');
  c.run(400);
  expect(c.pods()).toContain('patient Running w1');
});

it('pods with the default tolerations go 300 s after the taint', () => {
  const c = lab('w1 w2');
  c.create(
    '{apiVersion: v1, kind: Pod, metadata: {name: bare}, spec: {nodeName: w1, containers: [{name: c, image: nginx}]}}',
  );
  c.run(2);
  c.fault('power-off', 'w1');
  c.run(348);
  expect(c.pods()).toEqual(['bare Running! w1']);
  c.run(14);
  expect(c.pods()).toEqual(['bare Running!~ w1']);
});

it('all nodes silent: nobody gets a NoExecute taint', () => {
  const c = lab('w1 w2 w3');
  for (const n of ['w1', 'w2', 'w3']) c.fault('stop-kubelet', n);
  c.run(600);
  for (const n of ['w1', 'w2', 'w3']) expect(c.taints(n)).toEqual(['node.kubernetes.io/unreachable:NoSchedule']);
  c.fault('start-kubelet', 'w1');
  c.fault('start-kubelet', 'w2');
  c.run(100);
  expect(c.taints('w1')).toEqual([]);
  expect(c.taints('w3')).toEqual([
    'node.kubernetes.io/unreachable:NoSchedule',
    'node.kubernetes.io/unreachable:NoExecute',
  ]);
});

it('further nodes of a zone are tainted 10 s apart', () => {
  const c = lab('w1 w2 w3 w4 w5');
  c.run(1);
  c.fault('stop-kubelet', 'w1');
  c.fault('stop-kubelet', 'w2');
  c.run(120);
  const at = ['w1', 'w2'].map((n) =>
    Date.parse(c.get<Node>('Node', n)!.spec.taints!.find((t) => t.effect === 'NoExecute')!.timeAdded!),
  );
  expect(at[1]! - at[0]!).toBe(10_000);
});

it('three of four down is a partial disruption: no taints in a small cluster', () => {
  const c = lab('w1 w2 w3 w4');
  for (const n of ['w1', 'w2', 'w3']) c.fault('stop-kubelet', n);
  c.run(300);
  expect(c.taints('w1')).toEqual(['node.kubernetes.io/unreachable:NoSchedule']);
});

it('says who came and went; keeps the beta labels', () => {
  const c = lab('w1');
  c.create('{apiVersion: v1, kind: Node, metadata: {name: w9, labels: {kubernetes.io/arch: ppc64le}}}');
  c.run(6);
  c.delete('Node', 'w1');
  c.run(6);
  expect(c.events('Node')).toEqual([
    'RegisteredNode Node w9 event: Registered Node w9 in Controller',
    'RemovingNode Node w1 event: Removing Node w1 from Controller',
  ]);
  expect(c.get('Node', 'w9')!.metadata.labels!['beta.kubernetes.io/arch']).toBe('ppc64le');
});
