/** Whether a configuration makes sense, in upstream's words. Upstream: pkg/scheduler/apis/config/validation/validation.go, pkg/scheduler/framework/runtime/framework.go */
import { equalPlain } from '../../sim/plain.ts';
import { implementsPoint, REGISTRY } from '../plugins/index.ts';
import { defaultArgs } from './args.ts';
import { aggregate, FieldErrors } from './field-error.ts';
import { API_VERSION, multiPointOf, resolveProfile } from './resolve.ts';
import { type KubeSchedulerConfiguration, type PluginSet, POINTS, type Point, type Profile } from './types.ts';
import { buildErrors, validateArgs } from './validate-args.ts';

const REMOVED = new Set(['AzureDiskLimits', 'CinderLimits', 'EBSLimits', 'GCEPDLimits']);
const wasInvalid = `was invalid in version "v1" (KubeSchedulerConfiguration is version "${API_VERSION}")`;

function percentage(value: number | undefined, path: string, errors: FieldErrors): void {
  if (value !== undefined && (value < 0 || value > 100)) errors.invalid(path, value, 'not in valid range [0-100]');
}

function validateProfile(profile: Profile, path: string, errors: FieldErrors): void {
  if (!profile.schedulerName) errors.required(`${path}.schedulerName`);
  percentage(profile.percentageOfNodesToScore, `${path}.percentageOfNodesToScore`, errors);
  for (const point of POINTS)
    profile.plugins?.[point]?.enabled?.forEach((p, i) => {
      if (REMOVED.has(p.name)) errors.invalid(`${path}.plugins.${point}.enabled[${i}]`, p.name, wasInvalid);
    });
  const seen = new Set<string>();
  profile.pluginConfig?.forEach(({ name, args }, i) => {
    const at = `${path}.pluginConfig[${i}]`;
    if (seen.has(name)) errors.duplicate(at, name);
    seen.add(name);
    if (REMOVED.has(name)) errors.invalid(at, name, wasInvalid);
    else validateArgs(name, defaultArgs(name, args), `${at}.args`, errors);
  });
}

const internal = (s: PluginSet | undefined): unknown => ({
  Enabled: s?.enabled?.map((p) => ({ Name: p.name, Weight: p.weight ?? 0 })) ?? null,
  Disabled: s?.disabled?.map((p) => ({ Name: p.name, Weight: p.weight ?? 0 })) ?? null,
});

function validateQueueSort(profiles: readonly Profile[], errors: FieldErrors): void {
  const first = profiles[0]!.plugins?.queueSort;
  const count = first?.enabled?.length ?? 0;
  if (count > 1)
    errors.invalid('profiles[0].plugins.queueSort.Enabled', count, 'only one queue sort plugin can be enabled');
  profiles.forEach((p, i) => {
    if (i > 0 && !equalPlain(internal(first), internal(p.plugins?.queueSort)))
      errors.invalid(
        `profiles[${i}].plugins.queueSort`,
        internal(p.plugins?.queueSort),
        'must be the same for all profiles',
      );
  });
}

function validateExtenders(extenders: readonly Record<string, unknown>[], errors: FieldErrors): void {
  extenders.forEach((e, i) => {
    const weight = (e.weight as number | undefined) ?? 0;
    if (e.prioritizeVerb && weight <= 0)
      errors.invalid(`extenders[${i}].weight`, weight, 'must have a positive weight applied to it');
  });
  const binders = extenders.filter((e) => e.bindVerb).length;
  if (binders > 1)
    errors.invalid('extenders', `found ${binders} extenders implementing bind`, 'only one extender can implement bind');
}

/** Errors of a defaulted configuration, before anything is built. */
export function validateConfiguration(config: KubeSchedulerConfiguration): string[] {
  const errors = new FieldErrors();
  const { parallelism = 16, podInitialBackoffSeconds: initial = 1, podMaxBackoffSeconds: max = 10 } = config;
  if (parallelism <= 0) errors.invalid('parallelism', parallelism, 'should be an integer value greater than zero');
  const profiles = config.profiles ?? [];
  const names = new Set<string>();
  profiles.forEach((p, i) => {
    validateProfile(p, `profiles[${i}]`, errors);
    if (names.has(p.schedulerName ?? '')) errors.duplicate(`profiles[${i}].schedulerName`, {});
    names.add(p.schedulerName ?? '');
  });
  validateQueueSort(profiles, errors);
  percentage(config.percentageOfNodesToScore, 'percentageOfNodesToScore', errors);
  if (initial <= 0) errors.invalid('podInitialBackoffSeconds', initial, 'must be greater than 0');
  if (max < initial)
    errors.invalid('podMaxBackoffSeconds', max, 'must be greater than or equal to PodInitialBackoffSeconds');
  validateExtenders(config.extenders ?? [], errors);
  return errors.list;
}

/** In the order in which upstream registers plugins. */
const BUILD_ORDER: readonly Point[] = [
  'preFilter',
  'filter',
  'postFilter',
  'reserve',
  'preScore',
  'score',
  'preBind',
  'bind',
  'postBind',
  'permit',
  'preEnqueue',
  'queueSort',
];

const typeOf = (point: Point): string => `${point[0]!.toUpperCase()}${point.slice(1)}Plugin`;

function firstBuildError(profile: Profile): string | undefined {
  const multi = multiPointOf(profile);
  const resolved = resolveProfile(profile, 0);
  for (const name of Object.keys(resolved.args)) {
    const errors = REGISTRY[name] ? buildErrors(name, resolved.args[name]!) : [];
    if (errors.length) return `initializing plugin "${name}": ${aggregate(errors)}`;
  }
  for (const point of BUILD_ORDER) {
    const seen = new Set<string>();
    for (const { name } of profile.plugins?.[point]?.enabled ?? []) {
      if (!REGISTRY[name]) return `${typeOf(point)} "${name}" does not exist`;
      if (!implementsPoint(name, point)) return `plugin "${name}" does not extend ${typeOf(point)} plugin`;
      if (seen.has(name)) return `plugin "${name}" already registered as "${typeOf(point)}"`;
      seen.add(name);
    }
  }
  for (const point of BUILD_ORDER) {
    if (profile.plugins?.[point]?.disabled?.some((p) => p.name === '*')) continue;
    const seen = new Set<string>();
    for (const { name } of multi) {
      if (!REGISTRY[name]) return `${typeOf(point)} "${name}" does not exist`;
      if (!implementsPoint(name, point)) continue;
      if (seen.has(name)) return `plugin "${name}" already registered as "${typeOf(point)}"`;
      seen.add(name);
    }
  }
  const sorts = resolved.points.queueSort.length;
  const name = profile.schedulerName;
  if (sorts !== 1)
    return `only one queue sort plugin required for profile with scheduler name "${name}", but got ${sorts}`;
  if (resolved.points.bind.length === 0)
    return `at least one bind plugin is needed for profile with scheduler name "${name}"`;
  return undefined;
}

/** What goes wrong when the first faulty profile is built. */
export function profileError(config: KubeSchedulerConfiguration): string | undefined {
  for (const p of config.profiles ?? []) {
    const error = firstBuildError(p);
    if (error) return `initializing profiles: creating profile for scheduler name ${p.schedulerName}: ${error}`;
  }
  return undefined;
}
