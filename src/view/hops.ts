/** What passed through the API server, one row a write: who wrote, in which verb, what, and at which revision it stands in etcd. */
import type { Pod } from '../engine/api/core.ts';
import { controllerOf, type KubeObject } from '../engine/api/meta.ts';
import type { WatchEvent } from '../engine/api/request.ts';
import type { HopRow } from './rows.ts';

type Written = Pick<HopRow, 'by' | 'actor' | 'verb' | 'resource'> & Partial<Pick<HopRow, 'node'>>;

const PLURALS: Record<string, string> = {
  Pod: 'pods',
  Node: 'nodes',
  ReplicaSet: 'replicasets',
  Deployment: 'deployments',
};

/** The write behind one change; `undefined` where nobody could say who it was. */
export function hopOf(e: WatchEvent, nowMs: number): HopRow | undefined {
  const written =
    e.kind === 'Pod' ? podWrite(e) : e.kind === 'Deployment' || e.kind === 'ReplicaSet' ? ownerWrite(e) : undefined;
  if (!written) return undefined;
  const { name, namespace = '' } = e.object.metadata;
  return { revision: e.revision, atMs: nowMs, kind: e.kind, namespace, name, ...written };
}

function podWrite(e: WatchEvent): Written | undefined {
  const pod = e.object as unknown as Pod;
  const old = e.old as unknown as Pod | undefined;
  const owner = controllerOf(pod);
  const { nodeName } = pod.spec;
  if (e.type === 'ADDED') {
    if (!owner) return { by: 'kubectl', actor: '', verb: 'create', resource: 'pods' };
    if (owner.kind === 'Node') return { by: 'kubelets', actor: owner.name, verb: 'create', resource: 'pods' };
    return { by: 'controllers', actor: owner.kind, verb: 'create', resource: 'pods' };
  }
  if (e.type === 'DELETED')
    return nodeName ? { by: 'kubelets', actor: nodeName, verb: 'delete', resource: 'pods' } : undefined;
  if (nodeName && !old?.spec.nodeName)
    return { by: 'scheduler', actor: '', verb: 'create', resource: 'pods/binding', node: nodeName };
  // Who told it to go is not in the object.
  if (pod.metadata.deletionTimestamp && !old?.metadata.deletionTimestamp) return undefined;
  if (pod.status === old?.status) return undefined;
  if (!nodeName) return { by: 'scheduler', actor: '', verb: 'patch', resource: 'pods/status' };
  return { by: 'kubelets', actor: nodeName, verb: 'patch', resource: 'pods/status' };
}

/** Deployments and ReplicaSets: a new generation is a new wish, the rest is what their controller counted. */
function ownerWrite(e: WatchEvent): Written | undefined {
  const owner = controllerOf(e.object);
  const resource = PLURALS[e.kind]!;
  const maker: Pick<Written, 'by' | 'actor'> = owner
    ? { by: 'controllers', actor: owner.kind }
    : { by: 'kubectl', actor: '' };
  if (e.type === 'DELETED') return undefined;
  if (e.type === 'ADDED') return { ...maker, verb: 'create', resource };
  if ((e.object as KubeObject).metadata.generation !== (e.old as KubeObject | undefined)?.metadata.generation)
    return { ...maker, verb: owner ? 'update' : 'patch', resource };
  return { by: 'controllers', actor: e.kind, verb: 'update', resource: `${resource}/status` };
}
