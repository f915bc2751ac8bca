/** Pods. Upstream: pkg/registry/core/pod/strategy.go, pkg/printers/internalversion/printers.go */
import type { Pod } from '../../api/core.ts';
import { formatReadinessGates, formatRestarts, type PodSummary, summarizePod } from '../../api/pod-status.ts';
import { qosClassOf } from '../../api/qos.ts';
import { rfc3339 } from '../../sim/time.ts';
import type { FieldError, Kind } from '../kind.ts';
import { ageColumn, column, nameColumn, wide } from './columns.ts';
import { defaultPod } from './defaults.ts';
import { firstGeneration, nextGeneration } from './generation.ts';
import { validatePod } from './validation/pod.ts';
import { validatePodUpdate } from './validation/pod-update.ts';
import { podWarnings } from './warnings.ts';

let last: { pod: Pod; summary: PodSummary } | undefined;

/** Three columns of one row ask one after another; stored pods never change. */
function summaryOf(pod: Pod): PodSummary {
  if (last?.pod !== pod) last = { pod, summary: summarizePod(pod) };
  return last.summary;
}

export const pod: Kind<Pod> = {
  kind: 'Pod',
  hasStatus: true,
  default(o) {
    o.spec ??= { containers: [] };
    defaultPod(o.spec);
  },
  prepareCreate(o, _list, now) {
    firstGeneration(o);
    o.status = { phase: 'Pending', qosClass: qosClassOf(o.spec) };
    if (o.spec.schedulingGates?.length)
      o.status.conditions = [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'SchedulingGated',
          message: 'Scheduling is blocked due to non-empty scheduling gates',
          lastProbeTime: null,
          lastTransitionTime: rfc3339(now),
        },
      ];
  },
  prepareUpdate(o, old) {
    o.status = old.status;
    nextGeneration(o, old);
  },
  validate(o) {
    const errors: FieldError[] = [];
    validatePod(errors, o);
    return errors;
  },
  validateUpdate(o, old) {
    const errors: FieldError[] = [];
    validatePodUpdate(errors, o, old);
    return errors;
  },
  warnings: podWarnings,
  selectableFields: (o) => ({
    'spec.nodeName': o.spec.nodeName ?? '',
    'spec.restartPolicy': o.spec.restartPolicy ?? '',
    'spec.schedulerName': o.spec.schedulerName ?? '',
    'spec.serviceAccountName': o.spec.serviceAccountName ?? '',
    'spec.hostNetwork': String(o.spec.hostNetwork ?? false),
    'status.phase': o.status?.phase ?? '',
    'status.podIP': o.status?.podIPs?.[0]?.ip ?? '',
    'status.nominatedNodeName': o.status?.nominatedNodeName ?? '',
  }),
  columns: [
    nameColumn,
    column('Ready', (o) => {
      const s = summaryOf(o);
      return `${s.ready}/${s.total}`;
    }),
    column('Status', (o) => summaryOf(o).status),
    column('Restarts', (o, now) => formatRestarts(summaryOf(o), now)),
    ageColumn,
    wide('IP', (o) => o.status?.podIPs?.[0]?.ip ?? '<none>'),
    wide('Node', (o) => o.spec.nodeName || '<none>'),
    wide('Nominated Node', (o) => o.status?.nominatedNodeName || '<none>'),
    wide('Readiness Gates', formatReadinessGates),
  ],
};
