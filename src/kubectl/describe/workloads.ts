/** `describe` of the workloads. Upstream: k8s.io/kubectl/pkg/describe {Deployment,ReplicaSet,DaemonSet,StatefulSet,Job,CronJob}Describer */
import type { DaemonSet, Deployment, ReplicaSet, StatefulSet } from '../../engine/api/apps.ts';
import type { CronJob, Job } from '../../engine/api/batch.ts';
import type { Pod, ReplicationController } from '../../engine/api/core.ts';
import { humanDuration } from '../../engine/api/duration.ts';
import { controllerOf, type KubeObject } from '../../engine/api/meta.ts';
import { formatSelector } from '../../engine/api/selector.ts';
import {
  annotationsField,
  byText,
  controllerName,
  events,
  labelsField,
  listAll,
  rfc1123z,
  type Subject,
  timeOr,
} from './common.ts';
import { podTemplate } from './pod.ts';
import { oldAndNewReplicaSets } from './replica-sets.ts';
import type { Writer } from './writer.ts';

function podCounts(s: Subject<KubeObject>): Record<'Running' | 'Waiting' | 'Succeeded' | 'Failed', number> {
  const counts = { Running: 0, Waiting: 0, Succeeded: 0, Failed: 0 };
  const namespace = s.object.metadata.namespace ?? 'default';
  for (const pod of listAll<Pod>(s.env, { resource: 'pods', namespace })) {
    if (controllerOf(pod)?.uid !== s.object.metadata.uid) continue;
    const phase = pod.status.phase;
    if (phase === 'Running' || phase === 'Succeeded' || phase === 'Failed') counts[phase]++;
    else counts.Waiting++;
  }
  return counts;
}

function statusLine(s: Subject<KubeObject>, title = 'Pods Status'): void {
  const c = podCounts(s);
  s.w.line(0, `${title}:\t${c.Running} Running / ${c.Waiting} Waiting / ${c.Succeeded} Succeeded / ${c.Failed} Failed`);
}

function conditions(w: Writer, list: { type: string; status: string; reason?: string }[] | undefined): void {
  if (!list?.length) return;
  w.line(0, 'Conditions:\n  Type\tStatus\tReason');
  w.line(1, '----\t------\t------');
  for (const c of list) w.line(1, `${c.type} \t${c.status}\t${c.reason ?? ''}`);
}

const replicaSetText = (list: readonly ReplicaSet[]): string =>
  list.map((r) => `${r.metadata.name} (${r.status.replicas}/${r.spec.replicas ?? 0} replicas created)`).join(', ') ||
  '<none>';

export function describeDeployment(s: Subject<Deployment>): void {
  const { object: d, w } = s;
  const { spec, status } = d;
  w.field('Name', d.metadata.name);
  w.field('Namespace', d.metadata.namespace ?? '');
  w.field('CreationTimestamp', rfc1123z(d.metadata.creationTimestamp));
  labelsField(w, d.metadata.labels);
  annotationsField(w, d.metadata.annotations);
  w.field('Selector', formatSelector(spec.selector));
  w.field(
    'Replicas',
    `${spec.replicas ?? 0} desired | ${status.updatedReplicas ?? 0} updated | ${status.replicas ?? 0} total | ${status.availableReplicas ?? 0} available | ${status.unavailableReplicas ?? 0} unavailable`,
  );
  w.field('StrategyType', spec.strategy?.type ?? '');
  w.field('MinReadySeconds', spec.minReadySeconds ?? 0);
  const rolling = spec.strategy?.rollingUpdate;
  if (rolling)
    w.field('RollingUpdateStrategy', `${rolling.maxUnavailable} max unavailable, ${rolling.maxSurge} max surge`);
  podTemplate(w, spec.template);
  conditions(w, status.conditions);
  const { old, current } = oldAndNewReplicaSets(s.env, d);
  w.field('OldReplicaSets', replicaSetText(old));
  w.field('NewReplicaSet', replicaSetText(current ? [current] : []));
  events(s);
}

function replicaHead(s: Subject<ReplicaSet | ReplicationController>, selector: string): void {
  const { object: o, w } = s;
  w.field('Name', o.metadata.name);
  w.field('Namespace', o.metadata.namespace ?? '');
  w.field('Selector', selector);
  labelsField(w, o.metadata.labels);
  annotationsField(w, o.metadata.annotations);
  const controller = controllerName(o);
  if (controller) w.field('Controlled By', controller);
  w.field('Replicas', `${o.status.replicas} current / ${o.spec.replicas ?? 0} desired`);
  statusLine(s);
  podTemplate(w, o.spec.template);
  conditions(w, o.status.conditions);
  events(s);
}

export const describeReplicaSet = (s: Subject<ReplicaSet>): void =>
  replicaHead(s, formatSelector(s.object.spec.selector));
export const describeReplicationController = (s: Subject<ReplicationController>): void =>
  replicaHead(s, formatSelector(s.object.spec.selector ?? {}));

export function describeDaemonSet(s: Subject<DaemonSet>): void {
  const { object: d, w } = s;
  const { status } = d;
  w.field('Name', d.metadata.name);
  w.field('Namespace', d.metadata.namespace ?? '');
  w.field('Selector', formatSelector(d.spec.selector));
  w.field('Node-Selector', formatSelector(d.spec.template.spec.nodeSelector ?? {}));
  labelsField(w, d.metadata.labels);
  annotationsField(w, d.metadata.annotations);
  w.line(0, `Desired Number of Nodes Scheduled: ${status.desiredNumberScheduled}`);
  w.line(0, `Current Number of Nodes Scheduled: ${status.currentNumberScheduled}`);
  w.line(0, `Number of Nodes Scheduled with Up-to-date Pods: ${status.updatedNumberScheduled ?? 0}`);
  w.line(0, `Number of Nodes Scheduled with Available Pods: ${status.numberAvailable ?? 0}`);
  w.line(0, `Number of Nodes Misscheduled: ${status.numberMisscheduled}`);
  statusLine(s);
  podTemplate(w, d.spec.template);
  events(s);
}

export function describeStatefulSet(s: Subject<StatefulSet>): void {
  const { object: o, w } = s;
  w.field('Name', o.metadata.name);
  w.field('Namespace', o.metadata.namespace ?? '');
  w.field('CreationTimestamp', rfc1123z(o.metadata.creationTimestamp));
  w.field('Selector', formatSelector(o.spec.selector));
  labelsField(w, o.metadata.labels);
  annotationsField(w, o.metadata.annotations);
  w.field('Replicas', `${o.spec.replicas ?? 0} desired | ${o.status.replicas} total`);
  w.field('Update Strategy', o.spec.updateStrategy?.type ?? '');
  const rolling = o.spec.updateStrategy?.rollingUpdate;
  if (rolling) {
    w.line(1, `Partition:\t${rolling.partition ?? 0}`);
    if (rolling.maxUnavailable !== undefined) w.line(1, `MaxUnavailable:\t${rolling.maxUnavailable}`);
  }
  statusLine(s);
  podTemplate(w, o.spec.template);
  claimTemplates(w, o);
  events(s);
}

function claimTemplates(w: Writer, o: StatefulSet): void {
  const claims = o.spec.volumeClaimTemplates ?? [];
  if (!claims.length) {
    w.line(0, 'Volume Claims:\t<none>');
    return;
  }
  w.line(0, 'Volume Claims:');
  for (const c of claims) {
    w.line(1, `Name:\t${c.metadata.name}`);
    w.line(1, `StorageClass:\t${c.spec.storageClassName ?? ''}`);
    labelsField(w, c.metadata.labels, 1);
    annotationsField(w, c.metadata.annotations, 1);
    w.line(1, `Capacity:\t${c.spec.resources?.requests?.storage ?? '<default>'}`);
    w.line(1, `Access Modes:\t[${(c.spec.accessModes ?? []).join(' ')}]`);
  }
}

function duration(job: Job): string {
  return humanDuration(Date.parse(job.status.completionTime!) - Date.parse(job.status.startTime!));
}

export function describeJob(s: Subject<Job>): void {
  const { object: j, w } = s;
  const { spec, status } = j;
  w.field('Name', j.metadata.name);
  w.field('Namespace', j.metadata.namespace ?? '');
  w.field('Selector', formatSelector(spec.selector));
  labelsField(w, j.metadata.labels);
  annotationsField(w, j.metadata.annotations);
  const controller = controllerName(j);
  if (controller) w.field('Controlled By', controller);
  if (spec.parallelism !== undefined) w.field('Parallelism', spec.parallelism);
  w.field('Completions', spec.completions ?? '<unset>');
  if (spec.completionMode) w.field('Completion Mode', spec.completionMode);
  if (spec.suspend !== undefined) w.field('Suspend', spec.suspend);
  if (spec.backoffLimit !== undefined) w.field('Backoff Limit', spec.backoffLimit);
  if (spec.ttlSecondsAfterFinished !== undefined) w.field('TTL Seconds After Finished', spec.ttlSecondsAfterFinished);
  if (status.startTime) w.field('Start Time', rfc1123z(status.startTime));
  if (status.completionTime) w.field('Completed At', rfc1123z(status.completionTime));
  if (status.startTime && status.completionTime) w.field('Duration', duration(j));
  if (spec.activeDeadlineSeconds !== undefined) w.field('Active Deadline Seconds', `${spec.activeDeadlineSeconds}s`);
  const ready = status.ready === undefined ? '' : ` (${status.ready} Ready)`;
  w.field(
    'Pods Statuses',
    `${status.active ?? 0} Active${ready} / ${status.succeeded ?? 0} Succeeded / ${status.failed ?? 0} Failed`,
  );
  if (spec.completionMode === 'Indexed') w.field('Completed Indexes', status.completedIndexes || '<none>');
  podTemplate(w, spec.template);
  events(s);
}

export function describeCronJob(s: Subject<CronJob>): void {
  const { object: c, w } = s;
  const { spec, status } = c;
  const job = spec.jobTemplate.spec;
  w.field('Name', c.metadata.name);
  w.field('Namespace', c.metadata.namespace ?? '');
  labelsField(w, c.metadata.labels);
  annotationsField(w, c.metadata.annotations);
  w.field('Schedule', spec.schedule);
  w.field('Concurrency Policy', spec.concurrencyPolicy ?? '');
  w.field('Suspend', spec.suspend ? 'True' : 'False');
  w.field('Time Zone', spec.timeZone ?? '<unset>');
  w.field('Successful Job History Limit', spec.successfulJobsHistoryLimit ?? '<unset>');
  w.field('Failed Job History Limit', spec.failedJobsHistoryLimit ?? '<unset>');
  w.field(
    'Starting Deadline Seconds',
    spec.startingDeadlineSeconds === undefined ? '<unset>' : `${spec.startingDeadlineSeconds}s`,
  );
  w.field('Selector', job.selector ? formatSelector(job.selector) : '<unset>');
  w.field('Parallelism', job.parallelism ?? '<unset>');
  w.field('Completions', job.completions ?? '<unset>');
  if (job.activeDeadlineSeconds !== undefined) w.field('Active Deadline Seconds', `${job.activeDeadlineSeconds}s`);
  podTemplate(w, job.template);
  w.field('Last Schedule Time', timeOr(status.lastScheduleTime, '<unset>'));
  const active = (status.active ?? []).map((r) => r.name ?? '').sort(byText);
  w.field('Active Jobs', active.join(', ') || '<none>');
  events(s);
}
