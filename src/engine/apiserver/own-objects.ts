/**
 * The API server looks after its own objects: what somebody deletes of them is there again at the next round.
 * Upstream: pkg/controlplane/controller/{kubernetesservice,systemnamespaces}
 */
import { splitKey } from '../api/meta.ts';
import type { Component } from '../client/component.ts';
import { bootstrap, OWN_NAMES } from './bootstrap.ts';

/** Service and endpoints are looked at every ten seconds. */
const ROUND_MS = 10_000;
const KEY = 'own-objects';

export function ownObjects(): Component<Record<string, never>> {
  return {
    name: 'apiserver',
    watches: [...OWN_NAMES.keys()],
    keysFor: (event) =>
      event.type === 'DELETED' && OWN_NAMES.get(event.kind)?.has(splitKey(event.key).name) ? [KEY] : [],
    initial: () => ({}),
    reconcile(_key, ctx) {
      const round = Math.ceil(ctx.now / ROUND_MS) * ROUND_MS;
      if (ctx.now !== round) return { requeueAt: round };
      bootstrap({ handle: (r) => ctx.api.request(r) });
      return undefined;
    },
  };
}
