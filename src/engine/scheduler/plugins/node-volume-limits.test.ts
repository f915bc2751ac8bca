import { describe, expect, it } from 'vitest';
import { ADD, DELETE, UPDATE } from '../framework/events.ts';
import { hint, node, object, plugin, pod, verdicts } from '../testing/cluster.ts';
import { claim, inline, uses, volume } from '../testing/volumes.ts';
import { NodeVolumeLimits } from './node-volume-limits.ts';

const DRIVER = 'csi.example.com';
const csiNode = (count: number, driver = DRIVER) =>
  object('CSINode', 'storage.k8s.io/v1', 'n1', {
    spec: { drivers: [{ name: driver, nodeID: 'n1', allocatable: { count } }] },
  });
const disk = (name: string) => [
  claim(name, { volume: `pv-${name}`, bound: true }),
  volume(`pv-${name}`, { phase: 'Bound', csi: { driver: DRIVER, volumeHandle: name } }),
];
const holder = (...claims: string[]) => ({
  ...uses(...claims),
  metadata: { ...uses().metadata, name: 'old', uid: 'old' },
  spec: { ...uses(...claims).spec, nodeName: 'n1' },
});
const NO = 'n1 NodeVolumeLimits U: node(s) exceed max volume count';

describe('the filter', () => {
  it.each([
    ['room for one more', 2, ['b'], 'n1 ok'],
    ['full', 1, ['b'], NO],
    ['the same disk counts once', 1, ['a'], 'n1 ok'],
  ])('%s', (_, count, wanted, expected) =>
    expect(verdicts(uses(...wanted), [node('n1'), csiNode(count), ...disk('a'), ...disk('b'), holder('a')])).toBe(
      expected,
    ),
  );

  it('without a CSINode there is no limit', () =>
    expect(verdicts(uses('b'), [node('n1'), ...disk('a'), ...disk('b'), holder('a')])).toBe('n1 ok'));

  it('attachments that no pod accounts for count', () => {
    const attachment = object('VolumeAttachment', 'storage.k8s.io/v1', 'x', {
      spec: { attacher: DRIVER, nodeName: 'n1', source: { persistentVolumeName: 'pv-a' } },
      status: { attached: true },
    });
    expect(verdicts(uses('b'), [node('n1'), csiNode(1), ...disk('a'), ...disk('b'), attachment])).toBe(NO);
  });

  it('an in-tree disk counts for the driver that serves it now', () => {
    const ebs = (id: string) => ({ awsElasticBlockStore: { volumeID: id } });
    expect(
      verdicts(inline('p', undefined, ebs('vol-2')), [
        node('n1'),
        csiNode(1, 'ebs.csi.aws.com'),
        inline('old', 'n1', ebs('vol-1')),
      ]),
    ).toBe(NO);
  });
});

describe('another try', () => {
  const p = plugin(NodeVolumeLimits);
  it.each([
    ['a limit grew', { resource: 'CSINode', action: UPDATE, old: csiNode(1), now: csiNode(2) }, 'Queue'],
    ['a limit shrank', { resource: 'CSINode', action: UPDATE, old: csiNode(2), now: csiNode(1) }, 'Skip'],
    ['a driver registered', { resource: 'CSINode', action: ADD, now: csiNode(1) }, 'Queue'],
    ['a pod with a claim leaves', { resource: 'AssignedPod', action: DELETE, old: holder('a') }, 'Queue'],
    ['a pod without one leaves', { resource: 'AssignedPod', action: DELETE, old: pod('x', { on: 'n1' }) }, 'Skip'],
  ] as const)('%s', (_, h, expected) => expect(hint(p, uses('b'), h)).toBe(expected));
});
