/**
 * A what-if of the playground, not Kubernetes: evicts running pods whose node no longer matches what they require of it
 * while they run. Does nothing unless the gate RequiredDuringExecution is open.
 */
import { matchesWhileRunning } from '../api/affinity.ts';
import type { Node, Pod } from '../api/core.ts';
import { REQUIRED_DURING_EXECUTION } from '../api/gates.ts';
import { keyOf } from '../api/meta.ts';
import type { WatchEvent } from '../api/request.ts';
import type { Component, Context, Key } from '../client/component.ts';
import { equalPlain } from '../sim/plain.ts';
import { rfc3339 } from '../sim/time.ts';
import { byAge, sortedBy } from './shared/order.ts';
import { isActive, withPodCondition } from './shared/pods.ts';

const MIRROR = 'kubernetes.io/config.mirror';
const NOT_KUBERNETES = 'The playground’s what-if RequiredDuringExecution did this: no Kubernetes does';

const requires = (pod: Pod): boolean =>
  pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingRequiredDuringExecution !== undefined;

export const requiredDuringExecution = (): Component => controller as Component;

/** Keys: `node/NAME` for all the pods of a node, `pod/NAMESPACE/NAME`. */
const controller: Component<Record<string, never>> = {
  name: 'required-during-execution',
  watches: ['Node', 'Pod'],
  keysFor,
  gateKeys: (gate, list) =>
    gate === REQUIRED_DURING_EXECUTION ? [...list.list<Node>('Node')].map((n) => `node/${n.metadata.name}`) : [],
  initial: () => ({}),
  reconcile(key, ctx) {
    if (!ctx.gates.includes(REQUIRED_DURING_EXECUTION)) return;
    if (key.startsWith('node/')) for (const pod of sortedBy(ctx.list.podsOnNode(key.slice(5)), byAge)) look(pod, ctx);
    else {
      const pod = ctx.list.byKey<Pod>('Pod', key.slice(4));
      if (pod) look(pod, ctx);
    }
  },
};

function keysFor(e: WatchEvent): Key[] {
  if (e.type === 'DELETED') return [];
  if (e.kind === 'Node')
    return e.type === 'MODIFIED' && !equalPlain(e.old?.metadata.labels, e.object.metadata.labels)
      ? [`node/${e.object.metadata.name}`]
      : [];
  const pod = e.object as unknown as Pod;
  const old = e.old as unknown as Pod | undefined;
  return requires(pod) && pod.spec.nodeName && pod.spec.nodeName !== old?.spec.nodeName ? [`pod/${e.key}`] : [];
}

function look(pod: Pod, ctx: Context): void {
  if (!requires(pod) || !isActive(pod) || pod.metadata.annotations?.[MIRROR] !== undefined) return;
  const node = ctx.list.get<Node>('Node', undefined, pod.spec.nodeName ?? '');
  if (!node || matchesWhileRunning(pod.spec.affinity?.nodeAffinity, node)) return;
  const why = `Node ${node.metadata.name} no longer matches requiredDuringSchedulingRequiredDuringExecution of Pod ${keyOf(pod)}`;
  ctx.events.event(pod, { type: 'Normal', reason: 'WhatIfEviction', message: `${why}. ${NOT_KUBERNETES}` });
  ctx.api.updateStatus<Pod>(
    withPodCondition(pod, {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'WhatIfRequiredDuringExecution',
      message: NOT_KUBERNETES,
      lastTransitionTime: rfc3339(ctx.now),
    }),
  );
  ctx.api.delete('Pod', pod.metadata.namespace, pod.metadata.name);
}
