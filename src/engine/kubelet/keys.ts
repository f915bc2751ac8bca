/** Which changes of pods concern a machine. */
import type { Pod } from '../api/core.ts';
import type { WatchEvent } from '../api/request.ts';

/**
 * A bound pod wakes its machine when it appears, goes, or its spec or deletion changes; a status written by the kubelet
 * itself does not come back to it.
 */
export function podKeysFor(event: WatchEvent): string[] {
  const pod = event.object as unknown as Pod;
  const old = event.old as unknown as Pod | undefined;
  if (!pod.spec.nodeName) return [];
  if (
    event.type === 'MODIFIED' &&
    old &&
    old.spec === pod.spec &&
    old.metadata.deletionTimestamp === pod.metadata.deletionTimestamp &&
    old.metadata.uid === pod.metadata.uid
  )
    return [];
  return [`pod:${event.key}`];
}
