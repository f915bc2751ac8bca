/** CronJobs. Upstream: pkg/registry/batch/cronjob/strategy.go, pkg/apis/batch/validation/validation.go */
import type { CronJob } from '../../../api/batch.ts';
import { parseCron } from '../../../api/cron.ts';
import { ageOf } from '../../../api/duration.ts';
import { formatSelector } from '../../../api/selector.ts';
import { isTimeZone } from '../../../api/time-zone-names.ts';
import type { FieldError, Kind } from '../../kind.ts';
import { ageColumn, column, nameColumn, templateColumns, wide } from '../columns.ts';
import { defaultTemplate } from '../defaults.ts';
import { firstGeneration, nextGeneration } from '../generation.ts';
import { validateChoice } from '../validation/container.ts';
import { type Errors, invalid, notNegative, notSupported, required } from '../validation/errors.ts';
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from '../validation/object-meta.ts';
import { selectorValue } from '../validation/selector.ts';
import { dotNameWarning, templateWarnings } from '../warnings.ts';
import { validateJobSpec } from './validation.ts';

type Spec = CronJob['spec'];

/** The name of a Job is that of its CronJob and eleven more. */
const NAME_MAX = 52;

function validateSchedule(errors: Errors, spec: Spec, old: Spec | undefined): void {
  const { schedule } = spec;
  if (!schedule) {
    required(errors, 'spec.schedule');
    return;
  }
  const [, zone, rest] = /^(?:CRON_)?TZ=(\S*) +(.*)$/.exec(schedule) ?? [];
  const parsed = parseCron(rest ?? schedule);
  if (zone && !isTimeZone(zone))
    invalid(errors, 'spec.schedule', schedule, `provided bad location ${zone}: unknown time zone ${zone}`);
  else if (!parsed.ok) invalid(errors, 'spec.schedule', schedule, parsed.error);
  if (!schedule.includes('TZ')) return;
  if (!old?.schedule.includes('TZ'))
    invalid(errors, 'spec.schedule', schedule, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead');
  else if (spec.timeZone !== undefined)
    invalid(errors, 'spec.schedule', schedule, 'cannot use both timeZone field and TZ or CRON_TZ in schedule');
}

function validateTimeZone(errors: Errors, zone: string | undefined): void {
  if (zone === undefined) return;
  const path = 'spec.timeZone';
  if (zone === '') invalid(errors, path, zone, 'timeZone must be nil or non-empty string');
  else if (zone.toLowerCase() === 'local')
    invalid(errors, path, zone, 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones');
  else if (!isTimeZone(zone)) invalid(errors, path, zone, `unknown time zone ${zone}`);
}

function validateTemplate(errors: Errors, spec: Spec): void {
  const inner = spec.jobTemplate.spec;
  validateJobSpec(errors, inner, 'spec.jobTemplate.spec');
  if (inner.selector)
    invalid(
      errors,
      'spec.jobTemplate.spec.selector',
      selectorValue(inner.selector),
      '`selector` will be auto-generated',
    );
  if (inner.manualSelector) notSupported(errors, 'spec.jobTemplate.spec.manualSelector', true, ['nil', 'false']);
}

function validateSpec(errors: Errors, spec: Spec, old?: Spec): void {
  validateSchedule(errors, spec, old);
  notNegative(errors, 'spec.startingDeadlineSeconds', spec.startingDeadlineSeconds);
  if (!old || old.timeZone !== spec.timeZone) validateTimeZone(errors, spec.timeZone);
  validateChoice(errors, spec.concurrencyPolicy, 'spec.concurrencyPolicy', ['Allow', 'Forbid', 'Replace']);
  validateTemplate(errors, spec);
  notNegative(errors, 'spec.successfulJobsHistoryLimit', spec.successfulJobsHistoryLimit);
  notNegative(errors, 'spec.failedJobsHistoryLimit', spec.failedJobsHistoryLimit);
}

export const cronJob: Kind<CronJob> = {
  kind: 'CronJob',
  hasStatus: true,
  default(o) {
    o.spec ??= {} as Spec;
    o.spec.concurrencyPolicy ||= 'Allow';
    o.spec.suspend ??= false;
    o.spec.successfulJobsHistoryLimit ??= 3;
    o.spec.failedJobsHistoryLimit ??= 1;
    o.spec.jobTemplate ??= {} as Spec['jobTemplate'];
    o.spec.jobTemplate.metadata ??= {};
    o.spec.jobTemplate.spec ??= {} as Spec['jobTemplate']['spec'];
    defaultTemplate(o.spec.jobTemplate.spec);
  },
  prepareCreate(o) {
    firstGeneration(o);
    o.status = {};
  },
  prepareUpdate(o, old) {
    o.status = old.status;
    nextGeneration(o, old);
  },
  validate(o) {
    const errors: FieldError[] = [];
    validateObjectMeta(errors, o, true, subdomainName);
    validateSpec(errors, o.spec);
    if ((o.metadata.name ?? '').length > NAME_MAX)
      invalid(errors, 'metadata.name', o.metadata.name, `must be no more than ${NAME_MAX} characters`);
    return errors;
  },
  validateUpdate(o, old) {
    const errors: FieldError[] = [];
    validateObjectMetaUpdate(errors, o, old);
    validateSpec(errors, o.spec, old.spec);
    return errors;
  },
  warnings: (o, old) => [
    ...dotNameWarning(o, old),
    ...templateWarnings(o.spec.jobTemplate.spec.template, 'spec.jobTemplate.spec.template'),
  ],
  columns: [
    nameColumn,
    column('Schedule', (o) => o.spec.schedule ?? ''),
    column('Timezone', (o) => o.spec.timeZone ?? '<none>'),
    column('Suspend', (o) => (o.spec.suspend ? 'True' : 'False'), 'boolean'),
    column('Active', (o) => o.status?.active?.length ?? 0, 'integer'),
    column('Last Schedule', (o, now) =>
      o.status?.lastScheduleTime ? ageOf(o.status.lastScheduleTime, now) : '<none>',
    ),
    ageColumn,
    ...templateColumns<CronJob>((o) => o.spec.jobTemplate.spec.template),
    wide('Selector', (o) => formatSelector(o.spec.jobTemplate.spec.selector)),
  ],
};
