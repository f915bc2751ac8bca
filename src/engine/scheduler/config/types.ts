/** KubeSchedulerConfiguration as decoded, and a profile ready to run. Upstream: k8s.io/kube-scheduler/config/v1 */

export const POINTS = [
  'preEnqueue',
  'queueSort',
  'preFilter',
  'filter',
  'postFilter',
  'preScore',
  'score',
  'reserve',
  'permit',
  'preBind',
  'bind',
  'postBind',
] as const;
export type Point = (typeof POINTS)[number];

export interface PluginRef {
  name: string;
  weight?: number;
}

export interface PluginSet {
  enabled?: PluginRef[];
  disabled?: PluginRef[];
}

export type Plugins = Partial<Record<Point | 'multiPoint', PluginSet>>;

export interface PluginConfig {
  name: string;
  args?: Record<string, unknown>;
}

export interface Profile {
  schedulerName?: string;
  percentageOfNodesToScore?: number;
  plugins?: Plugins;
  pluginConfig?: PluginConfig[];
}

export interface KubeSchedulerConfiguration {
  apiVersion: string;
  kind: string;
  parallelism?: number;
  percentageOfNodesToScore?: number;
  podInitialBackoffSeconds?: number;
  podMaxBackoffSeconds?: number;
  profiles?: Profile[];
  extenders?: Record<string, unknown>[];
  [more: string]: unknown;
}

/** A profile with MultiPoint expanded, weights and arguments filled in. */
export interface ResolvedProfile {
  schedulerName: string;
  /** 0: as many as the size of the cluster suggests. */
  percentageOfNodesToScore: number;
  points: Record<Point, readonly string[]>;
  weights: Record<string, number>;
  args: Record<string, Record<string, unknown>>;
}
