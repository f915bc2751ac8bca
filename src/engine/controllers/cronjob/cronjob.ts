/** CronJobs: Jobs by the clock. Upstream: pkg/controller/cronjob/cronjob_controllerv2.go */
import type { CronJob, Job } from '../../api/batch.ts';
import { nextTime, parseCron, type Schedule } from '../../api/cron.ts';
import { controllerRef } from '../../api/meta.ts';
import type { WatchEvent } from '../../api/request.ts';
import { isKnownTimeZone, rfc3339In } from '../../api/time-zones.ts';
import type { Component, Context, Key } from '../../client/component.ts';
import type { Lister } from '../../client/lister.ts';
import { equalPlain } from '../../sim/plain.ts';
import { type Ms, parseTime, rfc3339 } from '../../sim/time.ts';
import { byAge, sortedBy } from '../shared/order.ts';
import { ownersOf, specChanged } from '../shared/owners.ts';
import { isNamespaceTerminating, type Requeue } from '../shared/result.ts';
import { mostRecent } from './missed.ts';

type Active = NonNullable<CronJob['status']['active']>;

interface CronState {
  /** UIDs of Jobs whose unexpected presence was told. */
  told: Record<string, true>;
}

const SCHEDULED_AT = 'batch.kubernetes.io/cronjob-scheduled-timestamp';
/** Wakes come a little after the minute. */
const SLACK_MS = 100;

export const cronJobController = (): Component => controller as Component;

const controller: Component<CronState> = {
  name: 'cronjob-controller',
  watches: ['CronJob', 'Job'],
  keysFor(e: WatchEvent, list: Lister): Key[] {
    if (e.kind === 'CronJob') return specChanged(e) ? [e.key] : [];
    return ownersOf<CronJob>(e, 'CronJob', list, () => false);
  },
  initial: () => ({ told: {} }),
  reconcile(key, ctx, state) {
    const cj = ctx.list.byKey<CronJob>('CronJob', key);
    return cj ? sync(cj, ctx, state) : undefined;
  },
};

const finishedType = (job: Job): string | undefined =>
  job.status?.conditions?.find((c) => (c.type === 'Complete' || c.type === 'Failed') && c.status === 'True')?.type;

function say(cj: CronJob, type: 'Normal' | 'Warning', reason: string, message: string, ctx: Context): void {
  ctx.events.event(cj, { type, reason, message });
}

/** One sync works on a status of its own and writes it once, at the end. */
interface Work {
  cj: CronJob;
  active: Active;
  lastScheduleTime?: string | undefined;
  lastSuccessfulTime?: string | undefined;
}

function sync(cj: CronJob, ctx: Context, state: CronState): Requeue {
  const { active = [], lastScheduleTime, lastSuccessfulTime } = cj.status ?? {};
  const work: Work = { cj, active: [...active], lastScheduleTime, lastSuccessfulTime };
  const jobs = sortedBy(ctx.list.ownedBy<Job>('Job', cj.metadata.uid), byAge);
  keepBooks(work, jobs, ctx, state);
  const next = runDue(work, jobs, ctx);
  cleanHistory(work, jobs, ctx);
  writeStatus(work, ctx);
  return next === undefined ? undefined : { requeueAt: next + SLACK_MS };
}

/** Finished Jobs leave the active list, lost ones too; the newest success is noted. */
function keepBooks(work: Work, jobs: readonly Job[], ctx: Context, state: CronState): void {
  const { cj } = work;
  for (const job of jobs) {
    const { uid, name } = job.metadata;
    const finished = finishedType(job);
    const listed = work.active.some((ref) => ref.uid === uid);
    if (!listed && !finished && !state.told[uid]) {
      state.told[uid] = true;
      say(cj, 'Warning', 'UnexpectedJob', `Saw a job that the controller did not create or forgot: ${name}`, ctx);
    } else if (listed && finished) {
      work.active = work.active.filter((ref) => ref.uid !== uid);
      say(cj, 'Normal', 'SawCompletedJob', `Saw completed job: ${name}, condition: ${finished}`, ctx);
    }
    const completed = finished === 'Complete' ? job.status.completionTime : undefined;
    if (completed !== undefined && completed > (work.lastSuccessfulTime ?? '')) work.lastSuccessfulTime = completed;
  }
  for (const ref of work.active) {
    if (jobs.some((job) => job.metadata.uid === ref.uid)) continue;
    work.active = work.active.filter((x) => x !== ref);
    say(cj, 'Normal', 'MissingJob', `Active job went missing: ${ref.name}`, ctx);
  }
}

/** The schedule when the CronJob may run at all; what is wrong with it is told. */
function scheduleOf(cj: CronJob, ctx: Context): Schedule | undefined {
  const zone = cj.spec.timeZone;
  if (zone !== undefined && !isKnownTimeZone(zone)) {
    say(cj, 'Warning', 'UnknownTimeZone', `invalid timeZone: "${zone}": unknown time zone ${zone}`, ctx);
    return undefined;
  }
  if (cj.spec.suspend) return undefined;
  const parsed = parseCron(cj.spec.schedule);
  if (parsed.ok) return parsed.schedule;
  const message = `unparseable schedule: "${cj.spec.schedule}" : ${parsed.error}`;
  say(cj, 'Warning', 'UnparseableSchedule', message, ctx);
  return undefined;
}

/** Starts what is due. Out: when the schedule comes round next. */
function runDue(work: Work, jobs: readonly Job[], ctx: Context): Ms | undefined {
  const { cj } = work;
  if (cj.metadata.deletionTimestamp !== undefined) return undefined;
  const schedule = scheduleOf(cj, ctx);
  if (!schedule) return undefined;
  const zone = cj.spec.timeZone;
  const since = parseTime(work.lastScheduleTime) ?? parseTime(cj.metadata.creationTimestamp) ?? ctx.now;
  const deadlineMs = cj.spec.startingDeadlineSeconds === undefined ? undefined : cj.spec.startingDeadlineSeconds * 1000;
  const from = deadlineMs === undefined ? since : Math.max(since, ctx.now - deadlineMs);
  const due = mostRecent(schedule, from, ctx.now, zone);
  const next = nextTime(schedule, mostRecent(schedule, since, ctx.now, zone).at ?? since, zone);
  if (due.many) {
    const words = 'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew';
    say(cj, 'Warning', 'TooManyMissedTimes', words, ctx);
  }
  if (due.at === undefined) return next;
  if (deadlineMs !== undefined && due.at + deadlineMs < ctx.now) {
    say(cj, 'Warning', 'MissSchedule', `Missed scheduled time to start a job: ${rfc1123z(due.at)}`, ctx);
    return next;
  }
  const name = `${cj.metadata.name}-${Math.floor(due.at / 60_000)}`;
  if (work.active.some((ref) => ref.name === name) || parseTime(work.lastScheduleTime) === due.at) return next;
  if (mayStart(work, jobs, ctx)) start(work, name, due.at, ctx);
  return next;
}

/** What concurrencyPolicy says while others run. */
function mayStart(work: Work, jobs: readonly Job[], ctx: Context): boolean {
  if (work.active.length === 0) return true;
  if (work.cj.spec.concurrencyPolicy === 'Forbid') {
    const message = 'Not starting job because prior execution is running and concurrency policy is Forbid';
    say(work.cj, 'Normal', 'JobAlreadyActive', message, ctx);
    return false;
  }
  if (work.cj.spec.concurrencyPolicy === 'Replace')
    for (const job of jobs) if (work.active.some((ref) => ref.uid === job.metadata.uid)) deleteJob(work, job, ctx);
  return true;
}

function deleteJob(work: Work, job: Job, ctx: Context): void {
  const r = ctx.api.delete('Job', job.metadata.namespace, job.metadata.name, { propagationPolicy: 'Background' });
  if (!r.ok) {
    say(work.cj, 'Warning', 'FailedDelete', `Deleted job: ${r.status.message}`, ctx);
    return;
  }
  work.active = work.active.filter((ref) => ref.uid !== job.metadata.uid);
  say(work.cj, 'Normal', 'SuccessfulDelete', `Deleted job ${job.metadata.name}`, ctx);
}

function start(work: Work, name: string, at: Ms, ctx: Context): void {
  const { cj } = work;
  const { labels, annotations } = cj.spec.jobTemplate.metadata ?? {};
  const r = ctx.api.create<Job>({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace: cj.metadata.namespace!,
      ...(labels ? { labels } : {}),
      annotations: { ...annotations, [SCHEDULED_AT]: rfc3339In(cj.spec.timeZone, at) },
      ownerReferences: [controllerRef(cj)],
    },
    spec: cj.spec.jobTemplate.spec,
  });
  if (!r.ok) {
    if (r.status.reason === 'AlreadyExists' || isNamespaceTerminating(r as never)) return;
    say(cj, 'Warning', 'FailedCreate', `Error creating job: ${r.status.message}`, ctx);
    return;
  }
  const { uid, resourceVersion, namespace } = r.object!.metadata;
  say(cj, 'Normal', 'SuccessfulCreate', `Created job ${name}`, ctx);
  work.active.push({ apiVersion: 'batch/v1', kind: 'Job', name, namespace: namespace!, resourceVersion, uid });
  work.lastScheduleTime = rfc3339(at);
}

/** Deletes finished Jobs beyond the two limits, those that started first. */
function cleanHistory(work: Work, jobs: readonly Job[], ctx: Context): void {
  const { successfulJobsHistoryLimit: succeeded, failedJobsHistoryLimit: failed } = work.cj.spec;
  const trim = (type: string, limit: number | undefined): void => {
    if (limit === undefined) return;
    const done = jobs.filter((job) => finishedType(job) === type && job.metadata.deletionTimestamp === undefined);
    const startOf = (job: Job): string => job.status.startTime ?? '9';
    done.sort((a, b) => (startOf(a) < startOf(b) ? -1 : startOf(a) > startOf(b) ? 1 : byAge(a, b)));
    for (const job of done.slice(0, Math.max(0, done.length - limit))) deleteJob(work, job, ctx);
  };
  trim('Complete', succeeded);
  trim('Failed', failed);
}

function writeStatus(work: Work, ctx: Context): void {
  const status: CronJob['status'] = {
    ...(work.active.length ? { active: work.active } : {}),
    ...(work.lastScheduleTime === undefined ? {} : { lastScheduleTime: work.lastScheduleTime }),
    ...(work.lastSuccessfulTime === undefined ? {} : { lastSuccessfulTime: work.lastSuccessfulTime }),
  };
  const current = ctx.list.byUid(work.cj.metadata.uid) as CronJob | undefined;
  if (current && !equalPlain(status, current.status ?? {})) ctx.api.updateStatus<CronJob>({ ...current, status });
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Thu, 01 Jan 2026 00:01:00 +0000` */
function rfc1123z(at: Ms): string {
  const d = new Date(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  const date = `${two(d.getUTCDate())} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}`;
  const time = `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`;
  return `${DAYS[d.getUTCDay()]}, ${date} ${time} +0000`;
}
