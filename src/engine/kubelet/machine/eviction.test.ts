import { expect, it } from 'vitest';
import type { Node } from '../../api/core.ts';
import { type Yard, yard } from '../../testing/yard.ts';

const pod = (name: string, more = '', container = ''): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {nodeName: w1, ${more} containers: [{name: c, image: "busybox:1.37", command: [sleep, infinity], ${container}}]}}`;

const condition = (y: Yard, type: string): string | undefined =>
  y.cluster.list.get<Node>('Node', undefined, 'w1')!.status.conditions!.find((c) => c.type === type)?.status;

it('evicts who uses more than it asked for, one a round, and keeps the rest', () => {
  const y = yard();
  y.create(
    [
      pod('modest', '', 'resources: {requests: {memory: 64Mi}}'),
      pod('best-effort'),
      pod('critical', 'priorityClassName: system-node-critical,'),
    ].join('\n---\n'),
  );
  y.run(10);
  y.zero();
  y.fault('eat-memory', 'w1');
  y.run(9);
  expect(y.timeline()).toMatchInlineSnapshot(`
    "0.0 w1 | EvictionThresholdMet Attempting to reclaim memory
    0.0 best-effort | Evicted The node was low on resource: memory. Threshold quantity: 100Mi, available: 60Mi. Container c was using 15Mi, request is 0, has larger consumption of memory. 
    0.0 w1 | NodeHasInsufficientMemory Node w1 status is now: NodeHasInsufficientMemory
    0.0 best-effort | Killing Stopping container c
    1.0 best-effort Error 0/1"
  `);
  expect(condition(y, 'MemoryPressure')).toBe('True');
  expect(y.pod('best-effort').status).toMatchObject({ phase: 'Failed', reason: 'Evicted' });
  expect(y.pod('best-effort').status.conditions![0]).toMatchObject({
    type: 'DisruptionTarget',
    reason: 'TerminationByKubelet',
  });
  expect(y.pod('critical').status.phase).toBe('Running');
});

it('lets no BestEffort pod in while memory is short, and forgets after five minutes', () => {
  const y = yard();
  y.fault('eat-memory', 'w1');
  y.run(15);
  y.create(pod('late'));
  y.run(2);
  expect(y.pod('late').status).toMatchObject({
    phase: 'Failed',
    reason: 'Evicted',
    message: 'Pod was rejected: The node had condition: [MemoryPressure]. ',
  });
  y.fault('eat-memory', 'w1', '0');
  y.run(250);
  expect(condition(y, 'MemoryPressure')).toBe('True');
  y.run(80);
  expect(condition(y, 'MemoryPressure')).toBe('False');
});

it('throws unused images away before it evicts for the disk', () => {
  const y = yard();
  y.create(pod('p'));
  y.run(5);
  y.zero();
  y.fault('fill-disk', 'w1');
  y.run(15);
  expect(condition(y, 'DiskPressure')).toBe('True');
  expect(y.pod('p').status.reason).toBe('Evicted');
});
