/** From a configuration to profiles that can run. Upstream: pkg/scheduler/apis/config/v1/default_plugins.go, pkg/scheduler/framework/runtime/framework.go (expandMultiPointPlugins) */
import { implementsPoint, REGISTRY } from '../plugins/index.ts';
import { defaultArgs } from './args.ts';
import {
  type KubeSchedulerConfiguration,
  type PluginRef,
  type PluginSet,
  POINTS,
  type Point,
  type Profile,
  type ResolvedProfile,
} from './types.ts';

export const API_VERSION = 'kubescheduler.config.k8s.io/v1';
export const DEFAULT_SCHEDULER = 'default-scheduler';

export const DEFAULT_CONFIGURATION: KubeSchedulerConfiguration = {
  apiVersion: API_VERSION,
  kind: 'KubeSchedulerConfiguration',
  profiles: [{ schedulerName: DEFAULT_SCHEDULER }],
};

const DEFAULT_MULTIPOINT: readonly PluginRef[] = Object.entries(REGISTRY).map(([name, { weight }]) =>
  weight ? { name, weight } : { name },
);

/** Defaults without the disabled ones; a custom entry takes the place of its namesake, the others follow. */
export function mergeSets(defaults: readonly PluginRef[], custom: PluginSet | undefined): PluginRef[] {
  const disabled = new Set(custom?.disabled?.map((p) => p.name));
  const enabled = custom?.enabled ?? [];
  const used = new Set<number>();
  const out: PluginRef[] = [];
  for (const p of disabled.has('*') ? [] : defaults) {
    if (disabled.has(p.name)) continue;
    const at = enabled.findIndex((e) => e.name === p.name);
    if (at >= 0) used.add(at);
    out.push(at >= 0 ? enabled[at]! : p);
  }
  enabled.forEach((p, i) => {
    if (!used.has(i)) out.push(p);
  });
  return out;
}

/** The plugins of one point in order: named here and in MultiPoint, then MultiPoint's, then those named here alone. */
function expand(point: Point, multi: readonly PluginRef[], own: PluginSet | undefined): string[] {
  const named = (own?.enabled ?? []).map((p) => p.name);
  const disabled = new Set(own?.disabled?.map((p) => p.name));
  if (disabled.has('*')) return named;
  // who is disabled and named again counts as named here alone
  const first = named.filter((n) => !disabled.has(n) && multi.some((m) => m.name === n));
  const middle = multi
    .map((m) => m.name)
    .filter((n) => implementsPoint(n, point) && !disabled.has(n) && !named.includes(n));
  return [...first, ...middle, ...named.filter((n) => !first.includes(n))];
}

/** MultiPoint of a profile: the built-in plugins and what the profile says of them. */
export const multiPointOf = (profile: Profile): PluginRef[] =>
  mergeSets(DEFAULT_MULTIPOINT, profile.plugins?.multiPoint);

export function resolveProfile(profile: Profile, globalPercentage: number): ResolvedProfile {
  const multi = multiPointOf(profile);
  const points = {} as Record<Point, string[]>;
  for (const point of POINTS) points[point] = expand(point, multi, profile.plugins?.[point]);
  const weights: Record<string, number> = {};
  for (const name of points.score) {
    const own = profile.plugins?.score?.enabled?.find((p) => p.name === name);
    weights[name] = (own ? own.weight : multi.find((p) => p.name === name)?.weight) || 1;
  }
  const args: ResolvedProfile['args'] = {};
  for (const name of new Set(Object.values(points).flat()))
    args[name] = defaultArgs(name, profile.pluginConfig?.find((c) => c.name === name)?.args);
  return {
    schedulerName: profile.schedulerName ?? DEFAULT_SCHEDULER,
    percentageOfNodesToScore: profile.percentageOfNodesToScore ?? globalPercentage,
    points,
    weights,
    args,
  };
}

/** All profiles of a valid configuration. */
export function resolveProfiles(config: KubeSchedulerConfiguration): ResolvedProfile[] {
  const profiles = config.profiles?.length ? config.profiles : [{ schedulerName: DEFAULT_SCHEDULER }];
  return profiles.map((p) => resolveProfile(p, config.percentageOfNodesToScore ?? 0));
}
