/** Jobs. Upstream: pkg/registry/batch/job/strategy.go, pkg/printers/internalversion/printers.go printJob */
import type { Job } from '../../../api/batch.ts';
import { humanDuration } from '../../../api/duration.ts';
import { formatSelector } from '../../../api/selector.ts';
import type { Ms } from '../../../sim/time.ts';
import type { FieldError, Kind } from '../../kind.ts';
import { ageColumn, column, nameColumn, templateColumns, wide } from '../columns.ts';
import { defaultTemplate } from '../defaults.ts';
import { firstGeneration, nextGeneration } from '../generation.ts';
import { dotNameWarning, templateWarnings } from '../warnings.ts';
import { validateJob, validateJobUpdate } from './validation.ts';

const MAX_INT32 = 2_147_483_647;
const DEFAULT_BACKOFF_LIMIT = 6;

interface FailurePolicy {
  rules?: { onPodConditions?: { status?: string }[] }[];
}

function defaultJob(o: Job): void {
  o.spec ??= {} as Job['spec'];
  const spec = o.spec;
  if (spec.completions === undefined && spec.parallelism === undefined) {
    spec.completions = 1;
    spec.parallelism = 1;
  }
  spec.parallelism ??= 1;
  spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? DEFAULT_BACKOFF_LIMIT : MAX_INT32;
  defaultTemplate(spec);
  const labels = spec.template.metadata?.labels;
  if (labels && Object.keys(o.metadata.labels ?? {}).length === 0 && Object.keys(labels).length > 0)
    o.metadata.labels = { ...labels };
  spec.completionMode ??= 'NonIndexed';
  spec.suspend ??= false;
  for (const rule of (spec.podFailurePolicy as FailurePolicy | undefined)?.rules ?? [])
    for (const condition of rule.onPodConditions ?? []) condition.status ||= 'True';
  spec.podReplacementPolicy ??= spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed';
  spec.manualSelector ??= false;
}

/** The selector and labels by which the Job will know its pods. */
function generateSelector(o: Job): void {
  if (o.spec.manualSelector) return;
  const { uid, name } = o.metadata;
  const labels = { ...o.spec.template.metadata?.labels };
  labels['controller-uid'] ??= uid;
  labels['job-name'] ??= name;
  labels['batch.kubernetes.io/controller-uid'] ??= uid;
  labels['batch.kubernetes.io/job-name'] ??= name;
  o.spec.template = { ...o.spec.template, metadata: { ...o.spec.template.metadata, labels } };
  // upstream defaults again when it reads the stored Job: one without labels shows its template's
  if (Object.keys(o.metadata.labels ?? {}).length === 0) o.metadata.labels = { ...labels };
  o.spec.selector ??= {};
  o.spec.selector.matchLabels ??= {};
  o.spec.selector.matchLabels['batch.kubernetes.io/controller-uid'] ??= uid;
}

const has = (o: Job, type: string): boolean =>
  o.status?.conditions?.some((c) => c.type === type && c.status === 'True') ?? false;

/** STATUS: how far it got. */
function statusOf(o: Job): string {
  for (const type of ['Complete', 'Failed']) if (has(o, type)) return type;
  if (o.metadata.deletionTimestamp) return 'Terminating';
  for (const type of ['Suspended', 'FailureTarget', 'SuccessCriteriaMet']) if (has(o, type)) return type;
  return 'Running';
}

function completions(o: Job): string {
  const succeeded = o.status?.succeeded ?? 0;
  if (o.spec.completions !== undefined) return `${succeeded}/${o.spec.completions}`;
  const parallelism = o.spec.parallelism ?? 0;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function duration(o: Job, now: Ms): string {
  const { startTime, completionTime } = o.status ?? {};
  if (!startTime) return '';
  return humanDuration((completionTime ? Date.parse(completionTime) : now) - Date.parse(startTime));
}

export const job: Kind<Job> = {
  kind: 'Job',
  hasStatus: true,
  default: defaultJob,
  prepareCreate(o) {
    generateSelector(o);
    firstGeneration(o);
    o.status = {};
  },
  prepareUpdate(o, old) {
    o.status = old.status;
    nextGeneration(o, old);
  },
  validate(o) {
    const errors: FieldError[] = [];
    validateJob(errors, o);
    return errors;
  },
  validateUpdate(o, old) {
    const errors: FieldError[] = [];
    validateJobUpdate(errors, o, old);
    return errors;
  },
  warnings: (o, old) => [...dotNameWarning(o, old), ...templateWarnings(o.spec.template, 'spec.template')],
  selectableFields: (o) => ({ 'status.successful': String(o.status?.succeeded ?? 0) }),
  columns: [
    nameColumn,
    column('Status', statusOf),
    column('Completions', completions),
    column('Duration', duration),
    ageColumn,
    ...templateColumns<Job>((o) => o.spec.template),
    wide('Selector', (o) => formatSelector(o.spec.selector)),
  ],
};
