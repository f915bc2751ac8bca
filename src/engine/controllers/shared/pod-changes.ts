/** Which pod changes can move a controller at all; bindings, addresses and container states cannot. */
import type { Pod } from '../../api/core.ts';
import { controllerOf } from '../../api/meta.ts';
import type { WatchEvent } from '../../api/request.ts';
import { labelsChanged } from './owners.ts';
import { podCondition } from './pods.ts';

/** Came, went, changed phase, readiness, labels, owner or began to terminate. */
export function podMattersToOwner(e: WatchEvent): boolean {
  if (e.type !== 'MODIFIED' || !e.old) return true;
  const was = e.old as unknown as Pod;
  const is = e.object as unknown as Pod;
  const [readyWas, readyIs] = [podCondition(was, 'Ready'), podCondition(is, 'Ready')];
  return (
    was.metadata.deletionTimestamp !== is.metadata.deletionTimestamp ||
    was.status?.phase !== is.status?.phase ||
    readyWas?.status !== readyIs?.status ||
    readyWas?.lastTransitionTime !== readyIs?.lastTransitionTime ||
    controllerOf(was)?.uid !== controllerOf(is)?.uid ||
    labelsChanged(e)
  );
}
