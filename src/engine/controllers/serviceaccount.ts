import type { Namespace, ServiceAccount } from '../api/core.ts';
import type { Component } from '../client/component.ts';

const DEFAULT = 'default';

/** Gives every Active namespace its ServiceAccount `default`. Upstream: pkg/controller/serviceaccount/serviceaccounts_controller.go */
export const serviceAccountController = (): Component => ({
  name: 'service-account-controller',
  watches: ['Namespace', 'ServiceAccount'],
  keysFor(e) {
    if (e.kind === 'Namespace') return e.type === 'DELETED' ? [] : [e.object.metadata.name];
    return e.type === 'DELETED' && e.object.metadata.name === DEFAULT ? [e.object.metadata.namespace!] : [];
  },
  startKeys: (list) => [...list.list<Namespace>('Namespace')].map((ns) => ns.metadata.name),
  initial: () => null,
  reconcile(name, ctx) {
    const ns = ctx.list.get<Namespace>('Namespace', undefined, name);
    if (!ns || ns.metadata.deletionTimestamp !== undefined || ns.status?.phase === 'Terminating') return;
    if (ctx.list.get('ServiceAccount', name, DEFAULT)) return;
    ctx.api.create<ServiceAccount>({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: DEFAULT, namespace: name },
    });
  },
});
