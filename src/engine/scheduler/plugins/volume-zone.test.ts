import { describe, expect, it } from 'vitest';
import { ADD } from '../framework/events.ts';
import { hint, node, plugin, verdicts } from '../testing/cluster.ts';
import { claim, storageClass, uses, volume } from '../testing/volumes.ts';
import { VolumeZone } from './volume-zone.ts';

const ZONE = 'topology.kubernetes.io/zone';
const BETA = 'failure-domain.beta.kubernetes.io/zone';
const bound = claim('data', { volume: 'pv', bound: true });
const NO = 'n1 VolumeZone UU: node(s) had no available volume zone';

describe('the filter', () => {
  it.each([
    ['the same zone', { [ZONE]: 'a' }, { [ZONE]: 'a' }, 'n1 ok'],
    ['another zone', { [ZONE]: 'a' }, { [ZONE]: 'b' }, NO],
    ['one of several', { [ZONE]: 'a__b' }, { [ZONE]: 'b' }, 'n1 ok'],
    ['the old key of the volume, the new one of the node', { [BETA]: 'a' }, { [ZONE]: 'a' }, 'n1 ok'],
    ['a node without any zone takes all', { [ZONE]: 'a' }, {}, 'n1 ok'],
    ['a volume without zones', {}, { [ZONE]: 'a' }, 'n1 ok'],
  ])('%s', (_, ofVolume, ofNode, expected) =>
    expect(
      verdicts(uses('data'), [
        node('n1', { labels: ofNode as Record<string, string> }),
        bound,
        volume('pv', { labels: ofVolume as Record<string, string>, phase: 'Bound' }),
      ]),
    ).toBe(expected),
  );
});

it('hears of classes that wait for a consumer', () => {
  const p = plugin(VolumeZone);
  expect(hint(p, uses('data'), { resource: 'StorageClass', action: ADD, now: storageClass('c', 'x') })).toBe('Queue');
  expect(
    hint(p, uses('data'), {
      resource: 'StorageClass',
      action: ADD,
      now: storageClass('c', 'x', { volumeBindingMode: 'Immediate' }),
    }),
  ).toBe('Skip');
});
