import { describe, expect, it } from 'vitest';
import { defaultedConfiguration } from './defaulted.ts';
import { loadConfiguration } from './load.ts';
import { DEFAULT_CONFIGURATION, resolveProfiles } from './resolve.ts';
import type { KubeSchedulerConfiguration, Profile } from './types.ts';

const config = (...profiles: Profile[]): KubeSchedulerConfiguration => ({ ...DEFAULT_CONFIGURATION, profiles });
const named = (plugins: Profile['plugins'], more: Profile = {}): Profile => ({
  schedulerName: 'default-scheduler',
  plugins: plugins!,
  ...more,
});

describe('a configuration with its defaults', () => {
  it.each<[string, KubeSchedulerConfiguration]>([
    ['nothing said', DEFAULT_CONFIGURATION],
    ['a weight', config(named({ multiPoint: { enabled: [{ name: 'NodeAffinity', weight: 9 }] } }))],
    ['one disabled', config(named({ multiPoint: { disabled: [{ name: 'ImageLocality' }] } }))],
    [
      'one disabled and named again',
      config(
        named({
          multiPoint: { disabled: [{ name: 'NodePorts' }], enabled: [{ name: 'NodePorts' }, { name: 'NodeName' }] },
        }),
      ),
    ],
    [
      'all disabled but a few',
      config(
        named({
          multiPoint: {
            disabled: [{ name: '*' }],
            enabled: [{ name: 'PrioritySort' }, { name: 'DefaultBinder' }, { name: 'NodeResourcesFit', weight: 4 }],
          },
        }),
      ),
    ],
    [
      'a point of its own',
      config(named({ score: { disabled: [{ name: '*' }], enabled: [{ name: 'ImageLocality' }] } })),
    ],
    [
      'two schedulers with arguments',
      config(
        named(
          {},
          {
            pluginConfig: [
              { name: 'NodeResourcesFit', args: { scoringStrategy: { type: 'MostAllocated' } } },
              { name: 'Mine', args: { a: 1 } },
            ],
          },
        ),
        { schedulerName: 'packer', percentageOfNodesToScore: 30 },
      ),
    ],
  ])('does what it did before: %s', (_, given) => {
    const written = defaultedConfiguration(given);
    const loaded = loadConfiguration(written);
    expect(loaded).toEqual({ config: written });
    const bare = (c: KubeSchedulerConfiguration) => resolveProfiles(c);
    expect(bare(written)).toEqual(bare(given));
    expect(defaultedConfiguration(written)).toEqual(written);
  });

  it('names plugins, weights, arguments and times', () => {
    const written = defaultedConfiguration(DEFAULT_CONFIGURATION);
    expect(written).toMatchObject({ parallelism: 16, percentageOfNodesToScore: 0, podMaxBackoffSeconds: 10 });
    const [profile] = written.profiles!;
    expect(profile!.plugins!.multiPoint!.enabled).toContainEqual({ name: 'TaintToleration', weight: 3 });
    expect(profile!.pluginConfig).toContainEqual({
      name: 'InterPodAffinity',
      args: {
        apiVersion: 'kubescheduler.config.k8s.io/v1',
        kind: 'InterPodAffinityArgs',
        hardPodAffinityWeight: 1,
        ignorePreferredTermsOfExistingPods: false,
      },
    });
  });
});
