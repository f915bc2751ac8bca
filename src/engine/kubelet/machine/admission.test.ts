import { expect, it } from 'vitest';
import { yard } from '../../testing/yard.ts';

const pod = (name: string, more = '', container = ''): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {nodeName: w1, ${more} containers: [{name: c, image: "nginx:1.27", ${container}}]}}`;

const request = (cpu: string): string => `resources: {requests: {cpu: ${cpu}}}`;

it.each<[string, string[], string]>([
  [
    'OutOfcpu',
    [pod('a', '', request('3500m')), pod('b', '', request('1'))],
    "Node didn't have enough resource: cpu, requested: 1000, used: 3500, capacity: 4000",
  ],
  [
    'NodeAffinity',
    [pod('b', 'nodeSelector: {disk: ssd},')],
    "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
  ],
  [
    'NodePorts',
    [
      pod('a', '', 'ports: [{containerPort: 80, hostPort: 8080}]'),
      pod('b', '', 'ports: [{containerPort: 80, hostPort: 8080}]'),
    ],
    "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports",
  ],
])('refuses with %s', (reason, yaml, message) => {
  const y = yard();
  for (const text of yaml) y.create(text);
  y.run(2);
  expect(y.pod('b').status).toMatchObject({ phase: 'Failed', reason, message: `Pod was rejected: ${message}` });
  expect(y.pod('b').status.containerStatuses).toBeUndefined();
  expect(y.timeline('b | ')).toContain(`b | ${reason} ${message}`);
});

it('looks at NoExecute, not at cordon and NoSchedule', () => {
  const y = yard();
  y.patch('Node', 'w1', { spec: { unschedulable: true, taints: [{ key: 'a', effect: 'NoSchedule' }] } });
  y.create(pod('a'));
  y.run(4);
  expect(y.pod('a').status.phase).toBe('Running');
  y.patch('Node', 'w1', { spec: { taints: [{ key: 'b', effect: 'NoExecute' }] } });
  y.create(pod('b'));
  y.run(0.1);
  expect(y.pod('b')?.status.reason ?? 'TaintToleration').toBe('TaintToleration');
});

it('takes no more pods than it may', () => {
  const y = yard();
  y.patch('Node', 'w1', { status: { capacity: { pods: '1' }, allocatable: { pods: '1' } } }, 'status');
  y.create(pod('a'));
  y.run(1);
  y.fault('set-capacity', 'w1', 'pods=1');
  y.run(15);
  y.create(pod('b'));
  y.run(1);
  expect(y.pod('b').status.message).toBe(
    "Pod was rejected: Node didn't have enough resource: pods, requested: 1, used: 1, capacity: 1",
  );
});

it('ends lower pods for a critical one that does not fit', () => {
  const y = yard();
  y.create(`${pod('low', '', request('2'))}\n---\n${pod('mid', '', request('1500m'))}`);
  y.run(4);
  y.create(pod('boss', 'priorityClassName: system-node-critical,', request('1')));
  y.run(6);
  expect(y.timeline('Preempting')).toContain('low | Preempting Preempted in order to admit critical pod');
  expect(y.pod('low').status).toMatchObject({ phase: 'Failed', reason: 'Preempting' });
  expect(y.pod('mid').status.phase).toBe('Running');
  expect(y.pod('boss').status.phase).toBe('Running');
});
