import type { Job } from '../api/batch.ts';
import type { Component } from '../client/component.ts';
import { parseTime } from '../sim/time.ts';

/** Deletes finished Jobs (foreground) once their ttlSecondsAfterFinished is over. Upstream: pkg/controller/ttlafterfinished */
export const ttlAfterFinishedController = (): Component => ({
  name: 'ttl-after-finished-controller',
  watches: ['Job'],
  keysFor: (e) =>
    e.type !== 'DELETED' && (e.object as unknown as Job).spec.ttlSecondsAfterFinished !== undefined ? [e.key] : [],
  initial: () => null,
  reconcile(key, ctx) {
    const job = ctx.list.byKey<Job>('Job', key);
    const seconds = job?.spec.ttlSecondsAfterFinished;
    if (!job || seconds === undefined || job.metadata.deletionTimestamp !== undefined) return;
    const end = job.status?.conditions?.find(
      (c) => (c.type === 'Complete' || c.type === 'Failed') && c.status === 'True',
    );
    const finished = parseTime(end?.lastTransitionTime);
    if (finished === undefined) return;
    const at = finished + seconds * 1000;
    if (ctx.now < at) return { requeueAt: at };
    ctx.api.delete('Job', job.metadata.namespace, job.metadata.name, {
      propagationPolicy: 'Foreground',
      preconditions: { uid: job.metadata.uid },
    });
  },
});
