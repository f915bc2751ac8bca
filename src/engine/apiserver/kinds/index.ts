/** Every kind the server knows, one line each. */
import type { Kind } from '../kind.ts';
import { configMap } from './config-map.ts';
import { controllerRevision } from './controller-revision.ts';
import { daemonSet } from './daemon-set.ts';
import { deployment } from './deployment.ts';
import { endpoints } from './endpoints.ts';
import { event } from './event.ts';
import { lease } from './lease.ts';
import { namespace } from './namespace.ts';
import { node } from './node.ts';
import { pod } from './pod.ts';
import { podDisruptionBudget } from './pod-disruption-budget.ts';
import { priorityClass } from './priority-class.ts';
import { replicaSet } from './replica-set.ts';
import { service } from './service/service.ts';
import { serviceAccount } from './service-account.ts';

const all = [
  configMap,
  controllerRevision,
  daemonSet,
  deployment,
  endpoints,
  event,
  lease,
  namespace,
  node,
  pod,
  podDisruptionBudget,
  priorityClass,
  replicaSet,
  service,
  serviceAccount,
] as readonly Kind<never>[] as unknown as readonly Kind[];

export const KINDS: ReadonlyMap<string, Kind> = new Map(all.map((k) => [k.kind, k]));
