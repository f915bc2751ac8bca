import type { Gates } from '../api/gates.ts';
import type { NodeProxy } from '../api/node-proxy.ts';
import type { WatchEvent } from '../api/request.ts';
import type { Random } from '../sim/random.ts';
import type { Ms } from '../sim/time.ts';
import type { Client } from './client.ts';
import type { Lister } from './lister.ts';
import type { Recorder } from './recorder.ts';

export type Key = string;

/** What a reconcile works with. It reads through `list`, writes through `api`, and knows nobody else. */
export interface Context {
  readonly now: Ms;
  readonly random: Random;
  readonly api: Client;
  readonly list: Lister;
  readonly events: Recorder;
  /** What-ifs of the playground that are open. */
  readonly gates: Gates;
  /** Puts a key of this component on the agenda (in addition to the one being reconciled). */
  wake(key: Key, at: Ms): void;
}

/**
 * An actor of the control plane or a machine: controllers, the scheduler, kubelets, processes.
 * `reconcile` is level-triggered and idempotent: run twice, the second run writes nothing.
 */
export interface Component<S = unknown> {
  readonly name: string;
  /** Kinds whose changes wake it. */
  readonly watches: readonly string[];
  /** The keys that a change concerns: a Node → its DaemonSets, a Pod → its ReplicaSet. */
  keysFor(event: WatchEvent, list: Lister): readonly Key[];
  initial(): S;
  /** Acts on one key; `requeueAt` puts it on the agenda again. */
  reconcile(key: Key, ctx: Context, state: S): { requeueAt: Ms } | void;
  /** Plain data that `load` can rebuild the state from; default: a deep copy of the state itself. */
  save?(state: S): unknown;
  load?(saved: unknown, list: Lister): S;
  /** Facts that the API does not hold, for the page: queue lanes, back-offs, pull progress. */
  view?(state: S, list: Lister, now: Ms): unknown;
  /** The port through which the API server asks the machines; the kubelet component offers it. */
  nodeProxy?(state: S, ctx: Context): NodeProxy;
  /** Overrides the cluster's watch latency for this component. */
  readonly watchLatencyMs?: Ms;
  /** Lives outside the cluster (processes of a playground): no part of snapshots and forks. */
  readonly external?: boolean;
  /** Keys to wake when a what-if of the playground is opened or closed. */
  gateKeys?(gate: string, list: Lister): readonly Key[];
  /** Keys to wake once when a cluster starts (controllers with periodic work). */
  startKeys?(list: Lister): readonly Key[];
}
