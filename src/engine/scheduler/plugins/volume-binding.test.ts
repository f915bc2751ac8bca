import { describe, expect, it } from 'vitest';
import { ADD, UPDATE } from '../framework/events.ts';
import { decision, hint, node, object, plugin, verdicts } from '../testing/cluster.ts';
import { claim, storageClass, uses, volume } from '../testing/volumes.ts';
import { VolumeBinding } from './volume-binding.ts';

const nodes = [node('n1'), node('n2')];
const local = storageClass('local', 'kubernetes.io/no-provisioner');
const messageOf = (...items: unknown[]): string =>
  decision(uses('data'), [...nodes, ...items]).message.replace('0/2 nodes are available: ', '');

describe('before any node is looked at', () => {
  it.each([
    [
      'unbound, and nobody waits for a consumer',
      [claim('data')],
      'pod has unbound immediate PersistentVolumeClaims. not found',
    ],
    [
      'lost',
      [claim('data', { volume: 'pv', phase: 'Lost' })],
      'persistentvolumeclaim "data" bound to non-existent persistentvolume "pv". not found',
    ],
    ['going', [claim('data', { deleting: true })], 'persistentvolumeclaim "data" is being deleted. not found'],
    [
      'bound by name but not complete',
      [local, claim('data', { volume: 'pv', class: 'local' })],
      'pod has unbound immediate PersistentVolumeClaims. not found',
    ],
  ])('%s', (_, items, expected) => expect(messageOf(...items)).toBe(expected));
});

describe('bound claims', () => {
  it('follow their volume', () =>
    expect(
      verdicts(uses('data'), [
        ...nodes,
        claim('data', { volume: 'pv', bound: true }),
        volume('pv', { node: 'n2', phase: 'Bound' }),
      ]),
    ).toBe("n1 VolumeBinding UU: node(s) didn't match PersistentVolume's node affinity | n2 ok"));
});

describe('claims that wait for their consumer', () => {
  const NONE = "VolumeBinding UU: node(s) didn't find available persistent volumes to bind";
  const waiting = claim('data', { class: 'local', size: '2Gi' });
  it.each([
    ['a volume on one node', [volume('pv', { node: 'n2', class: 'local', size: '2Gi' })], `n1 ${NONE} | n2 ok`],
    ['too small', [volume('pv', { class: 'local', size: '1Gi' })], `n1 ${NONE} | n2 ${NONE}`],
    ['of another class', [volume('pv', { class: 'other', size: '2Gi' })], `n1 ${NONE} | n2 ${NONE}`],
    ['taken', [volume('pv', { class: 'local', size: '2Gi', phase: 'Bound' })], `n1 ${NONE} | n2 ${NONE}`],
  ])('%s', (_, volumes, expected) =>
    expect(verdicts(uses('data'), [...nodes, local, waiting, ...volumes])).toBe(expected),
  );

  it('two claims need two volumes', () => {
    const claims = [claim('a', { class: 'local' }), claim('b', { class: 'local' })];
    const one = [local, ...claims, volume('pv1', { class: 'local' })];
    expect(verdicts(uses('a', 'b'), [node('n1'), ...one])).toBe(`n1 ${NONE}`);
    expect(verdicts(uses('a', 'b'), [node('n1'), ...one, volume('pv2', { class: 'local' })])).toBe('n1 ok');
  });

  it('can be provisioned where the class allows', () => {
    const topologies = [{ matchLabelExpressions: [{ key: 'kubernetes.io/hostname', values: ['n2'] }] }];
    const csi = storageClass('csi', 'csi.example.com', { allowedTopologies: topologies });
    expect(verdicts(uses('data'), [...nodes, csi, claim('data', { class: 'csi' })])).toBe(`n1 ${NONE} | n2 ok`);
  });

  it('need room where the driver counts it', () => {
    const items = [
      storageClass('csi', 'csi.example.com'),
      object('CSIDriver', 'storage.k8s.io/v1', 'csi.example.com', { spec: { storageCapacity: true } }),
      object('CSIStorageCapacity', 'storage.k8s.io/v1', 'c', {
        storageClassName: 'csi',
        capacity: '5Gi',
        nodeTopology: { matchLabels: { 'kubernetes.io/hostname': 'n1' } },
      }),
      claim('data', { class: 'csi', size: '4Gi' }),
    ];
    expect(verdicts(uses('data'), [...nodes, ...items])).toBe(
      'n1 ok | n2 VolumeBinding UU: node(s) did not have enough free storage',
    );
  });
});

describe('another try', () => {
  const p = plugin(VolumeBinding);
  it.each([
    ['a new volume', { resource: 'PersistentVolume', action: ADD, now: volume('pv') }, 'Queue'],
    [
      'its claim is bound',
      { resource: 'PersistentVolumeClaim', action: UPDATE, old: claim('data'), now: claim('data', { bound: true }) },
      'Queue',
    ],
    [
      'another claim',
      { resource: 'PersistentVolumeClaim', action: UPDATE, old: claim('x'), now: claim('x', { bound: true }) },
      'Skip',
    ],
    [
      'a class changes nothing that matters',
      { resource: 'StorageClass', action: UPDATE, old: local, now: local },
      'Skip',
    ],
  ] as const)('%s', (_, h, expected) => expect(hint(p, uses('data'), h)).toBe(expected));
});
