/** The only door for outsiders. */

export { GATES } from './api/gates.ts';
export { wholeWorkloads } from './bench.ts';
export type { Component } from './client/component.ts';
export type { Lister } from './client/lister.ts';
export { Cluster, type Snapshot } from './cluster.ts';
export { components, type KubeletMode } from './components.ts';
export { counterfactualsOf, type Explanation, explainPod, refutedOf, remediesOf, wouldFit } from './explain.ts';
export type { Fault } from './kubelet/fault.ts';
export { type BenchWorkload, benchWorkloads } from './scheduler/bench.ts';
export { defaultedConfiguration } from './scheduler/config/defaulted.ts';
export { configurationError, loadConfiguration } from './scheduler/config/load.ts';
export type { KubeSchedulerConfiguration, Profile } from './scheduler/config/types.ts';
export { decide } from './scheduler/explain.ts';
export { type Placement, placeAll, placeSequence } from './scheduler/place.ts';
export {
  looksLikePolicy,
  type PolicyNote,
  translatePolicy,
} from './scheduler/policy/translate.ts';
export { CONFIGURE, SCHEDULER } from './scheduler/scheduler.ts';
export { fnv64 } from './sim/hash.ts';
export { invariant } from './sim/invariant.ts';
export { HUMAN_LATENCY, type Latency, NO_LATENCY } from './sim/latency.ts';
export { type Ms, parseTime, rfc3339 } from './sim/time.ts';
