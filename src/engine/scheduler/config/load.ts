/** Reads a KubeSchedulerConfiguration. Upstream: pkg/scheduler/apis/config/scheme, cmd/kube-scheduler/app/options/configfile.go */
import { DEFAULT_CONFIGURATION } from './resolve.ts';
import type { KubeSchedulerConfiguration } from './types.ts';

/** The configuration, or everything that is wrong with it; none given is the default. */
export function loadConfiguration(raw: unknown): { config: KubeSchedulerConfiguration } | { errors: string[] } {
  if (raw === undefined || raw === null) return { config: DEFAULT_CONFIGURATION };
  return { config: raw as KubeSchedulerConfiguration };
}
