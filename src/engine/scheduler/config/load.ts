/** Reads a KubeSchedulerConfiguration: strict, defaulted, validated. Upstream: pkg/scheduler/apis/config/scheme, cmd/kube-scheduler/app/options/configfile.go */
import { aggregate } from './field-error.ts';
import { API_VERSION, DEFAULT_CONFIGURATION, DEFAULT_SCHEDULER } from './resolve.ts';
import { ARGS, CONFIGURATION, shapeErrors } from './schema.ts';
import type { KubeSchedulerConfiguration, Profile } from './types.ts';
import { profileError, validateConfiguration } from './validate.ts';

export type LoadedConfiguration = { config: KubeSchedulerConfiguration } | { errors: string[] };

const SCHEME = 'in scheme "pkg/runtime/scheme.go:111"';

/** The configuration, or everything that is wrong with it in upstream's words; none given is the default. */
export function loadConfiguration(raw: unknown): LoadedConfiguration {
  if (raw === undefined || raw === null) return { config: DEFAULT_CONFIGURATION };
  const problem = decodeError(raw);
  if (problem) return { errors: [problem] };
  const config = withDefaults(raw as KubeSchedulerConfiguration);
  const errors = validateConfiguration(config);
  if (errors.length) return { errors };
  const build = profileError(config);
  return build ? { errors: [build] } : { config };
}

function decodeError(raw: unknown): string | undefined {
  if (typeof raw !== 'object' || Array.isArray(raw))
    return 'a KubeSchedulerConfiguration is an object with apiVersion, kind and profiles';
  const { apiVersion = '', kind } = raw as Partial<KubeSchedulerConfiguration>;
  if (!kind) return `Object 'Kind' is missing in '${JSON.stringify(raw)}'`;
  if (kind !== 'KubeSchedulerConfiguration' || apiVersion !== API_VERSION)
    return `no kind "${kind}" is registered for version "${apiVersion}" ${SCHEME}`;
  const { unknown, wrongType } = shapeErrors(CONFIGURATION, raw, 'KubeSchedulerConfiguration');
  if (wrongType) return wrongType;
  if (unknown.length) return `strict decoding error: ${unknown.join(', ')}`;
  const config = raw as KubeSchedulerConfiguration;
  for (const [i, profile] of (config.profiles ?? []).entries())
    for (const [k, { name, args }] of (profile.pluginConfig ?? []).entries()) {
      const problem = argsError(name, args);
      if (problem)
        return problem.strict
          ? `strict decoding error: decoding .profiles[${i}].pluginConfig[${k}]: ${problem.text}`
          : `decoding .profiles[${i}].pluginConfig[${k}]: ${problem.text}`;
    }
  return undefined;
}

function argsError(
  name: string,
  args: Record<string, unknown> | undefined,
): { strict: boolean; text: string } | undefined {
  const shape = ARGS[name];
  if (!shape || !args) return undefined;
  const group = API_VERSION.slice(0, API_VERSION.indexOf('/'));
  if (args.kind !== undefined && args.kind !== `${name}Args`)
    return {
      strict: false,
      text: `args for plugin ${name} were not of type ${name}Args.${group}, got ${args.kind}.${group}`,
    };
  const { unknown, wrongType } = shapeErrors(shape, args, `${name}Args`);
  if (wrongType) return { strict: false, text: `decoding args for plugin ${name}: ${wrongType}` };
  if (unknown.length)
    return {
      strict: true,
      text: `strict decoding error: decoding args for plugin ${name}: strict decoding error: ${unknown.join(', ')}`,
    };
  return undefined;
}

/** One profile is there at least, and a single one has a name. */
function withDefaults(config: KubeSchedulerConfiguration): KubeSchedulerConfiguration {
  const given: Profile[] = config.profiles?.length ? config.profiles : [{}];
  const profiles =
    given.length === 1 ? [{ ...given[0], schedulerName: given[0]!.schedulerName ?? DEFAULT_SCHEDULER }] : given;
  return { ...config, profiles };
}

/** All errors in one line. */
export const configurationError = (errors: readonly string[]): string => aggregate(errors);
