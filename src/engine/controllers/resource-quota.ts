import type { Pod, ResourceList, ResourceQuota } from '../api/core.ts';
import { qualifiedResource, RESOURCES, resourceOfKind } from '../api/discovery.ts';
import { type AnyObject, keyOf } from '../api/meta.ts';
import { addQuantities } from '../api/quantity.ts';
import { quotaCovers, quotaUsage } from '../api/quota.ts';
import type { WatchEvent } from '../api/request.ts';
import type { Component, Context, Key } from '../client/component.ts';
import type { Lister } from '../client/lister.ts';
import { equalPlain } from '../sim/plain.ts';
import { holdBackUntil, type LastSync, noteSync } from './shared/hold-back.ts';
import { isTerminal } from './shared/pods.ts';
import type { Requeue } from './shared/result.ts';

/** Writes what every ResourceQuota has and uses. Upstream: pkg/controller/resourcequota */
export const resourceQuotaController = (): Component => controller as Component;

const controller: Component<LastSync> = {
  name: 'resourcequota-controller',
  watches: RESOURCES.filter((r) => r.namespaced && r.kind !== 'Event').map((r) => r.kind),
  keysFor,
  initial: () => ({}),
  reconcile(key, ctx, last) {
    const quota = ctx.list.byKey<ResourceQuota>('ResourceQuota', key);
    if (!quota) delete last[key];
    else return sync(key, quota, ctx, last);
  },
};

function keysFor(e: WatchEvent, list: Lister): Key[] {
  if (list.count('ResourceQuota') === 0) return [];
  if (e.kind === 'ResourceQuota' && e.type === 'MODIFIED') {
    const [was, is] = [e.old as unknown as ResourceQuota, e.object as unknown as ResourceQuota];
    return equalPlain(was.spec, is.spec) ? [] : [e.key];
  }
  if (e.type === 'MODIFIED' && !usageMoves(e)) return [];
  return [...list.list<ResourceQuota>('ResourceQuota', e.object.metadata.namespace)].map(keyOf);
}

/** A finished pod, a service of another type, a grown claim. */
function usageMoves(e: WatchEvent): boolean {
  if (e.kind === 'Pod') {
    const [was, is] = [e.old as unknown as Pod, e.object as unknown as Pod];
    return isTerminal(was) !== isTerminal(is) || was.spec !== is.spec;
  }
  return e.kind === 'Service' || e.kind === 'PersistentVolumeClaim';
}

/** The kinds whose objects a limited resource can count. */
function kindsFor(hard: ResourceList): string[] {
  const kinds = new Set<string>();
  for (const name of Object.keys(hard)) {
    const counted = RESOURCES.find((r) => r.namespaced && `count/${qualifiedResource(r)}` === name);
    const plain = RESOURCES.find((r) => r.namespaced && !r.group && r.plural === name);
    if (counted) kinds.add(counted.kind);
    else if (plain) kinds.add(plain.kind);
    else if (name.startsWith('services.')) kinds.add('Service');
    else if (name === 'requests.storage' || name.includes('.storageclass.storage.k8s.io/'))
      kinds.add('PersistentVolumeClaim');
    else if (!name.startsWith('count/')) kinds.add('Pod');
  }
  return [...kinds].filter((kind) => resourceOfKind(kind));
}

function sync(key: Key, quota: ResourceQuota, ctx: Context, last: LastSync): Requeue {
  const hard = quota.spec.hard ?? {};
  const kinds = kindsFor(hard);
  if (equalPlain(hard, quota.status?.hard)) {
    const at = holdBackUntil(last, key, ctx.now);
    if (at !== undefined) return { requeueAt: at };
  }
  noteSync(last, key, kinds.includes('Pod') ? ctx.list.count('Pod') : 0, ctx.now);
  const sums: Record<string, string[]> = {};
  for (const kind of kinds)
    for (const o of ctx.list.list<AnyObject>(kind, quota.metadata.namespace)) {
      if (!quotaCovers(quota, o)) continue;
      const usage = quotaUsage(o);
      for (const name in usage) {
        if (!(name in hard)) continue;
        sums[name] ??= [];
        sums[name].push(usage[name]!);
      }
    }
  const used: ResourceList = {};
  for (const name of Object.keys(hard)) used[name] = sums[name] ? addQuantities(...sums[name]) : '0';
  const status = { hard, used };
  if (!equalPlain(status, quota.status)) ctx.api.updateStatus<ResourceQuota>({ ...quota, status });
  return undefined;
}
