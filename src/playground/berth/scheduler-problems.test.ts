import { expect, it } from 'vitest';
import { loadConfiguration } from '../../engine/index.ts';
import { placedErrors } from './scheduler-problems.ts';

const config = (more: object) => ({
  apiVersion: 'kubescheduler.config.k8s.io/v1',
  kind: 'KubeSchedulerConfiguration',
  ...more,
});
const plugins = (p: object) => config({ profiles: [{ schedulerName: 'a' }, { schedulerName: 'b', plugins: p }] });
const args = (name: string, a: object) =>
  config({
    profiles: [
      {
        pluginConfig: [
          { name: 'VolumeBinding', args: {} },
          { name, args: a },
        ],
      },
    ],
  });

it.each([
  [config({ foo: 1, bar: 2 }), ['foo', 'bar']],
  [config({ profiles: [{ foo: 1 }] }), ['profiles[0].foo']],
  [config({ apiVersion: 'kubescheduler.config.k8s.io/v1beta3' }), ['apiVersion']],
  [config({ kind: 'SchedulerConfiguration' }), ['kind']],
  [config({ parallelism: 'many' }), ['parallelism']],
  [config({ parallelism: -1, percentageOfNodesToScore: 101 }), ['parallelism', 'percentageOfNodesToScore']],
  [config({ profiles: [{ schedulerName: 'a' }, { schedulerName: 'a' }] }), ['profiles[1].schedulerName']],
  [plugins({ filter: { enabled: [{ name: 'Foo' }] } }), ['profiles[1].plugins.filter.enabled[0].name']],
  [plugins({ filter: { enabled: [{ name: 'ImageLocality' }] } }), ['profiles[1].plugins.filter.enabled[0].name']],
  [
    plugins({ filter: { enabled: [{ name: 'NodePorts' }, { name: 'NodePorts' }] } }),
    ['profiles[1].plugins.filter.enabled[1].name'],
  ],
  [plugins({ multiPoint: { disabled: [{ name: 'DefaultBinder' }] } }), ['profiles[1]']],
  [args('NodeAffinity', { foo: 1 }), ['profiles[0].pluginConfig[1].args.foo']],
  [args('NodeAffinity', { kind: 'InterPodAffinityArgs' }), ['profiles[0].pluginConfig[1].args']],
  [
    args('InterPodAffinity', { hardPodAffinityWeight: 101 }),
    ['profiles[0].pluginConfig[1].args.hardPodAffinityWeight'],
  ],
  [
    args('NodeResourcesFit', { scoringStrategy: { type: 'Foo' } }),
    ['profiles[0].pluginConfig[1].args.scoringStrategy.type'],
  ],
  ['a text', ['']],
])('%#', (value, paths) => {
  const loaded = loadConfiguration(value);
  if (!('errors' in loaded)) throw new Error('it was taken');
  expect(placedErrors(loaded.errors, value).map((p) => p.path)).toEqual(paths);
});
