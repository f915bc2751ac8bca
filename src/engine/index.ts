/** The only door for outsiders. */
export { Cluster, type ClusterOptions, type Snapshot } from './cluster.ts';
export { components, type KubeletMode } from './components.ts';
export type { Component, Context, Key } from './client/component.ts';
export type { Lister } from './client/lister.ts';
export type { Fault } from './kubelet/fault.ts';
export { HUMAN_LATENCY, type Latency, NO_LATENCY } from './sim/latency.ts';
export { InvariantError, invariant } from './sim/invariant.ts';
export { type Ms, rfc3339 } from './sim/time.ts';
export { fnv64 } from './sim/hash.ts';
