/** Where in a KubeSchedulerConfiguration its errors are: they name paths, plugins or schedulers. */
import type { KubeSchedulerConfiguration, Profile } from '../../engine/index.ts';

export interface PlacedError {
  /** `profiles[0].pluginConfig[1].args.x`; '' for the document as such. */
  path: string;
  message: string;
}

const PATH = /^([a-z]\w*(?:\[\d+\])?(?:\.\w+(?:\[\d+\])*)*): /;

/** Every error with its place. `value` is the document as it was read. */
export const placedErrors = (errors: readonly string[], value: unknown): PlacedError[] =>
  errors.flatMap((message) => placesOf(message, value).map((path) => ({ path, message })));

function placesOf(message: string, value: unknown): string[] {
  const config = (value ?? {}) as Partial<KubeSchedulerConfiguration>;
  const at = /decoding \.(profiles\[\d+\]\.pluginConfig\[\d+\])/.exec(message)?.[1];
  const unknown = [...message.matchAll(/unknown field "([^"]+)"/g)].map((m) => m[1]!);
  if (unknown.length) return unknown.map((field) => (at ? `${at}.args.${field}` : field));
  if (at) return [`${at}.args`];
  if (message.startsWith('no kind ')) return [config.kind === 'KubeSchedulerConfiguration' ? 'apiVersion' : 'kind'];
  const field = /Go struct field KubeSchedulerConfiguration\.(\S+)/.exec(message)?.[1];
  if (field) return [field];
  const own = PATH.exec(message)?.[1];
  return [own ?? placeInProfile(message, config)];
}

/** What goes wrong when a profile is built names the scheduler, and mostly the plugin. */
function placeInProfile(message: string, config: Partial<KubeSchedulerConfiguration>): string {
  const scheduler = /creating profile for scheduler name ([^:]+): /.exec(message);
  const profiles = Array.isArray(config.profiles) ? config.profiles : [];
  const i = profiles.findIndex((p) => (p?.schedulerName ?? 'default-scheduler') === scheduler?.[1]);
  if (!scheduler || i < 0) return '';
  const rest = message.slice(scheduler.index + scheduler[0].length);
  const plugin = /plugin "([^"]+)"|Plugin "([^"]+)"/.exec(rest);
  const name = plugin?.[1] ?? plugin?.[2];
  const inside = name === undefined ? undefined : placeOfPlugin(profiles[i]!, name, rest);
  return `profiles[${i}]${inside ? `.${inside}` : ''}`;
}

function placeOfPlugin(profile: Profile, name: string, rest: string): string | undefined {
  const args = /^initializing plugin "[^"]+": \[?/.exec(rest);
  if (args) {
    const k = profile.pluginConfig?.findIndex((c) => c.name === name) ?? -1;
    const path = PATH.exec(rest.slice(args[0].length))?.[1];
    return k < 0 ? undefined : `pluginConfig[${k}].args${path ? `.${path}` : ''}`;
  }
  for (const [point, set] of Object.entries(profile.plugins ?? {})) {
    // of one that is named twice, the second is the one too many
    const k = set?.enabled?.findLastIndex((p) => p.name === name) ?? -1;
    if (k >= 0) return `plugins.${point}.enabled[${k}].name`;
  }
  return undefined;
}
