/** Objects that are taken as the stored state: a scenario's nodes, a dump of a real cluster. */

import type { Pod } from '../api/core.ts';
import { apiVersionOf, resourceOfKind } from '../api/discovery.ts';
import { withoutGatedFields } from '../api/gates.ts';
import type { AnyObject, ObjectMeta } from '../api/meta.ts';
import { invariant } from '../sim/invariant.ts';
import { clonePlain } from '../sim/plain.ts';
import { rfc3339 } from '../sim/time.ts';
import type { Backend } from './scope.ts';

/** Fields that only a what-if of the playground lets in are none of a dump's. */
const plainPod = (o: AnyObject): AnyObject =>
  o.kind === 'Pod' ? (withoutGatedFields(o as unknown as Pod) as unknown as AnyObject) : o;

/** Stores one object with the defaults of its kind; what it says of UID, times and status is kept. */
export function loadObject(server: Backend, given: AnyObject): AnyObject {
  const info = resourceOfKind(given.kind);
  invariant(info, `the kind ${given.kind} is served`);
  const o = clonePlain(server.gates.length ? given : plainPod(given));
  o.apiVersion = apiVersionOf(info);
  server.kindOf(info.kind)?.default?.(o);
  const m: Partial<ObjectMeta> = o.metadata ?? {};
  o.metadata = {
    ...m,
    name: m.name ?? '',
    ...(info.namespaced ? { namespace: m.namespace ?? 'default' } : {}),
    uid: m.uid ?? server.random.uuid(),
    resourceVersion: '',
    creationTimestamp: m.creationTimestamp ?? rfc3339(server.now()),
  };
  return server.put(o);
}
