import { describe, expect, it } from 'vitest';
import recorded from '../testdata/configurations.json' with { type: 'json' };
import { configurationError, loadConfiguration } from './load.ts';
import { resolveProfile } from './resolve.ts';

const messageOf = (config: unknown): string => {
  const loaded = loadConfiguration(config);
  return 'errors' in loaded ? configurationError(loaded.errors) : '';
};

describe('what the real scheduler says to a configuration', () => {
  it.each(Object.entries(recorded))('%s', (_, { config, message }) => expect(messageOf(config)).toBe(message));
});

describe('MultiPoint', () => {
  const score = (plugins: object): string => {
    const p = resolveProfile({ schedulerName: 'x', plugins }, 0);
    return p.points.score.map((name) => `${name}*${p.weights[name]}`).join(' ');
  };

  it('expands to the default order and weights', () =>
    expect(score({})).toBe(
      'TaintToleration*3 NodeAffinity*2 NodeResourcesFit*1 VolumeBinding*1 PodTopologySpread*2 InterPodAffinity*2 DynamicResources*2 NodeResourcesBalancedAllocation*1 ImageLocality*1',
    ));

  it('a plugin named at the point comes first, with its own weight', () =>
    expect(score({ score: { enabled: [{ name: 'ImageLocality', weight: 7 }] } })).toMatch(
      /^ImageLocality\*7 TaintToleration/,
    ));

  it('one that is disabled there and named again comes last', () =>
    expect(
      score({ score: { disabled: [{ name: 'TaintToleration' }], enabled: [{ name: 'TaintToleration', weight: 7 }] } }),
    ).toMatch(/^NodeAffinity.* TaintToleration\*7$/));

  it('a weight in MultiPoint keeps the place', () =>
    expect(score({ multiPoint: { enabled: [{ name: 'NodeAffinity', weight: 9 }] } })).toMatch(
      /^TaintToleration\*3 NodeAffinity\*9/,
    ));

  it('* at the point leaves only what is named there', () =>
    expect(score({ score: { disabled: [{ name: '*' }], enabled: [{ name: 'NodeResourcesFit' }] } })).toBe(
      'NodeResourcesFit*1',
    ));

  it('* in MultiPoint leaves only what is named anywhere', () =>
    expect(
      score({ multiPoint: { disabled: [{ name: '*' }] }, score: { enabled: [{ name: 'ImageLocality', weight: 2 }] } }),
    ).toBe('ImageLocality*2'));
});
