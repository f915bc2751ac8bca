import { describe, expect, it } from 'vitest';
import { ADD, DELETE } from '../framework/events.ts';
import { decision, hint, node, plugin, pod, verdicts } from '../testing/cluster.ts';
import { claim, inline, uses, volume } from '../testing/volumes.ts';
import { VolumeRestrictions } from './volume-restrictions.ts';

const NO = 'n1 VolumeRestrictions U: node(s) had no available disk';
const gce = (readOnly: boolean) => ({ gcePersistentDisk: { pdName: 'd', readOnly } });
const rbd = (image: string, ...monitors: string[]) => ({ rbd: { monitors, image, pool: 'rbd' } });

describe('one disk, one writer', () => {
  it.each([
    ['GCE, one writes', gce(true), gce(false), NO],
    ['GCE, both read', gce(true), gce(true), 'n1 ok'],
    ['EBS, always', { awsElasticBlockStore: { volumeID: 'v' } }, { awsElasticBlockStore: { volumeID: 'v' } }, NO],
    [
      'EBS, another disk',
      { awsElasticBlockStore: { volumeID: 'v' } },
      { awsElasticBlockStore: { volumeID: 'w' } },
      'n1 ok',
    ],
    ['iSCSI', { iscsi: { iqn: 'i' } }, { iscsi: { iqn: 'i' } }, NO],
    ['RBD, a common monitor', rbd('i', 'a', 'b'), rbd('i', 'b'), NO],
    ['RBD, other monitors', rbd('i', 'a'), rbd('i', 'b'), 'n1 ok'],
  ])('%s', (_, used, wanted, expected) =>
    expect(verdicts(inline('p', undefined, wanted), [node('n1'), inline('old', 'n1', used)])).toBe(expected),
  );
});

it('an exclusive claim in use anywhere closes every node', () => {
  const data = claim('data', { volume: 'pv', bound: true, modes: ['ReadWriteOncePod'] });
  const holder = {
    ...uses('data'),
    metadata: { ...uses('data').metadata, name: 'old', uid: 'old' },
    spec: { ...uses('data').spec, nodeName: 'n1' },
  };
  const reason =
    'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod';
  expect(verdicts(uses('data'), [node('n1'), node('n2'), data, volume('pv', { phase: 'Bound' }), holder])).toBe(
    `n1 VolumeRestrictions U: ${reason} | n2 VolumeRestrictions U: ${reason}`,
  );
});

it('a claim that does not exist', () =>
  expect(decision(uses('data'), [node('n1'), node('n2')]).message).toBe(
    '0/2 nodes are available: persistentvolumeclaim "data" not found. not found',
  ));

describe('another try', () => {
  const p = plugin(VolumeRestrictions);
  it.each([
    [
      'the disk is free',
      inline('p', undefined, gce(false)),
      { resource: 'AssignedPod', action: DELETE, old: inline('old', 'n1', gce(false)) },
      'Queue',
    ],
    [
      'another pod leaves',
      inline('p', undefined, gce(false)),
      { resource: 'AssignedPod', action: DELETE, old: pod('x', { on: 'n1' }) },
      'Skip',
    ],
    [
      'the claim appears',
      uses('data'),
      { resource: 'PersistentVolumeClaim', action: ADD, now: claim('data') },
      'Queue',
    ],
    [
      'another claim appears',
      uses('data'),
      { resource: 'PersistentVolumeClaim', action: ADD, now: claim('other') },
      'Skip',
    ],
  ] as const)('%s', (_, waiting, h, expected) => expect(hint(p, waiting, h)).toBe(expected));
});
