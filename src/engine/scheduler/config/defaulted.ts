/**
 * A configuration with everything written out that holds when nothing is said: plugins with their weights, arguments,
 * times. Read again, it does the same. Upstream: pkg/scheduler/apis/config/v1/defaults.go
 */
import { defaultArgs } from './args.ts';
import { API_VERSION, DEFAULT_SCHEDULER, multiPointOf } from './resolve.ts';
import { ARGS } from './schema.ts';
import type { KubeSchedulerConfiguration, PluginConfig, Profile } from './types.ts';

function defaultedProfile(profile: Profile): Profile {
  const given = profile.pluginConfig ?? [];
  const known: PluginConfig[] = Object.keys(ARGS).map((name) => ({
    name,
    args: {
      apiVersion: API_VERSION,
      kind: `${name}Args`,
      ...defaultArgs(name, given.find((c) => c.name === name)?.args),
    },
  }));
  const multiPoint = profile.plugins?.multiPoint;
  return {
    ...profile,
    schedulerName: profile.schedulerName ?? DEFAULT_SCHEDULER,
    plugins: {
      ...profile.plugins,
      multiPoint: {
        enabled: multiPointOf(profile),
        // the built-in plugins come first again when this is read: who was taken out has to stay out
        ...(multiPoint?.disabled?.length ? { disabled: multiPoint.disabled } : {}),
      },
    },
    pluginConfig: [...known, ...given.filter((c) => !ARGS[c.name])],
  };
}

/** The same configuration with its defaults. */
export function defaultedConfiguration(config: KubeSchedulerConfiguration): KubeSchedulerConfiguration {
  const profiles = config.profiles?.length ? config.profiles : [{}];
  return {
    parallelism: 16,
    percentageOfNodesToScore: 0,
    podInitialBackoffSeconds: 1,
    podMaxBackoffSeconds: 10,
    ...config,
    profiles: profiles.map(defaultedProfile),
  };
}
