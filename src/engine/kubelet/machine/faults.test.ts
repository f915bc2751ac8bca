import { expect, it } from 'vitest';
import type { Node, Pod } from '../../api/core.ts';
import { nodeStatus } from '../../api/node-status.ts';
import type { Lease } from '../../api/policy.ts';
import { type Yard, yard } from '../../testing/yard.ts';

const pod = (name: string, more = '', command = ''): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {nodeName: w1, ${more} containers: [{name: c, image: "busybox:1.37", command: [sleep, "${command || '9999'}"]}]}}`;

const node = (y: Yard, name = 'w1'): Node => y.cluster.list.get<Node>('Node', undefined, name)!;
const lease = (y: Yard): Lease => y.cluster.list.get<Lease>('Lease', 'kube-node-lease', 'w1')!;

it('stores a beating Lease without a time, and the last one once the machine is silent', () => {
  const y = yard('w1 w2');
  expect(lease(y).spec.renewTime).toBeUndefined();
  y.fault('power-off', 'w1');
  expect(lease(y).spec.renewTime).toBe('2026-01-01T00:00:20.000000Z');
});

it('goes NotReady fifty to fifty-five seconds after the power went', () => {
  const y = yard('w1 w2 w3');
  y.fault('power-off', 'w1');
  y.run(49);
  expect(nodeStatus(node(y))).toBe('Ready');
  y.run(8);
  expect(nodeStatus(node(y))).toBe('NotReady');
});

it('comes back with the same pods, restarted, with new addresses; Never ends', () => {
  const y = yard('w1 w2 w3');
  y.create(`${pod('again')}\n---\n${pod('once', 'restartPolicy: Never,')}`);
  y.run(10);
  const before = y.pod('again').status.podIP;
  y.fault('power-off', 'w1');
  y.run(100);
  y.zero();
  y.fault('power-on', 'w1');
  expect(y.run(40).timeline()).toMatchInlineSnapshot(`
    "15.0 again | SandboxChanged Pod sandbox changed, it will be killed and re-created.
    15.0 again Unknown 0/1
    15.0 once Unknown 0/1
    15.0 w1 | Starting Starting kubelet. x2
    15.0 w1 | NodeAllocatableEnforced Updated Node Allocatable limit across pods x2
    15.0 w1 | NodeHasSufficientMemory Node w1 status is now: NodeHasSufficientMemory x2
    15.0 w1 | NodeHasNoDiskPressure Node w1 status is now: NodeHasNoDiskPressure x2
    15.0 w1 | NodeHasSufficientPID Node w1 status is now: NodeHasSufficientPID x2
    15.0 w1 | NodeReady Node w1 status is now: NodeReady x2
    15.0 w1 | Rebooted Node w1 has been rebooted, boot id: 568d611d-3f2c-4053-bb84-81a94e288dc0
    15.3 again | Pulled Container image "busybox:1.37" already present on machine and can be accessed by the pod
    15.3 again | Created Container created x2
    15.5 again | Started Container started x2
    15.5 again Running 1/1 1 (115s ago)"
  `);
  expect(y.pod('again').status.podIP).not.toBe(before);
  expect(y.pod('once').status.phase).toBe('Failed');
  expect(node(y).spec.taints).toBeUndefined();
});

it('kills late what was deleted while it was away', () => {
  const y = yard('w1 w2 w3');
  y.create(pod('p'));
  y.run(10);
  y.fault('disconnect', 'w1');
  y.run(60);
  y.delete('Pod', 'p', { gracePeriodSeconds: 5 });
  y.run(30);
  expect(y.pod('p').metadata.deletionTimestamp).toBeDefined();
  y.zero();
  y.fault('reconnect', 'w1');
  expect(y.run(10).timeline('p ')).toMatchInlineSnapshot(`
    "0.0 p | Killing Stopping container c
    5.0 p Error 0/1
    5.0 p gone"
  `);
});

it('makes pods ready again when the network is back, without a restart', () => {
  const y = yard('w1 w2 w3');
  y.create(pod('p'));
  y.run(10);
  y.fault('disconnect', 'w1');
  y.run(70);
  const ready = (): string => y.pod('p').status.conditions!.find((c) => c.type === 'Ready')!.status;
  expect(ready()).toBe('False');
  y.fault('reconnect', 'w1');
  y.run(5);
  expect([ready(), y.pod('p').status.containerStatuses![0]!.restartCount]).toEqual(['True', 0]);
});

it('restarting the kubelet asks anew whether the node suits its pods', () => {
  const y = yard('w1 w2');
  y.patch('Node', 'w1', { metadata: { labels: { disk: 'ssd' } } });
  y.create(pod('p', 'nodeSelector: {disk: ssd},'));
  y.run(10);
  y.patch('Node', 'w1', { metadata: { labels: { disk: null } } });
  y.run(10);
  expect(y.pod('p').status.phase).toBe('Running');
  y.fault('restart-kubelet', 'w1');
  y.run(40);
  expect(y.pod('p').status).toMatchObject({ phase: 'Failed', reason: 'NodeAffinity' });
});

it('a machine with more memory says so after its kubelet has restarted', () => {
  const y = yard();
  y.fault('set-capacity', 'w1', 'cpu=8,memory=16Gi');
  y.run(5);
  expect(node(y).status.capacity).toMatchObject({ cpu: '8', memory: '16Gi' });
  expect(node(y).status.allocatable).toMatchObject({ cpu: '8', memory: '16674816Ki' });
});

it('tells of a cordon at its next status sync', () => {
  const y = yard();
  y.zero();
  y.patch('Node', 'w1', { spec: { unschedulable: true } });
  expect(y.run(11).timeline()).toMatch(/^\d+\.\d w1 \| NodeNotSchedulable Node w1 status is now: NodeNotSchedulable$/);
});

it('offers in allocatable what somebody advertised in capacity', () => {
  const y = yard();
  y.patch('Node', 'w1', { status: { capacity: { 'example.com/dongle': '4' } } }, 'status');
  y.run(11);
  expect(node(y).status.allocatable!['example.com/dongle']).toBe('4');
});

it('goes on from a snapshot with the same bytes', () => {
  const y = yard('w1 w2 w3');
  y.create(`${pod('a')}\n---\n${pod('b', '', '7')}`);
  y.run(1.3);
  y.fault('power-off', 'w2');
  const fork = y.cluster.fork();
  y.cluster.advance(90_000);
  fork.advance(90_000);
  expect(JSON.stringify(fork.snapshot())).toBe(JSON.stringify(y.cluster.snapshot()));
  expect([...fork.list.list<Pod>('Pod')].length).toBe(2);
});

it('registers anew when its kubelet restarts after the Node was deleted', () => {
  const y = yard('w1 w2 w3');
  y.create(pod('p'));
  y.run(10);
  y.delete('Node', 'w1');
  y.run(2);
  expect(node(y)).toBeUndefined();
  y.fault('restart-kubelet', 'w1');
  y.run(15);
  expect(nodeStatus(node(y))).toBe('Ready');
  expect(lease(y).spec.renewTime).toBeUndefined();
});
