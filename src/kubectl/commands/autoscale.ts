/** `kubectl autoscale`. Upstream: k8s.io/kubectl/pkg/cmd/autoscale/autoscale.go */

import type { AnyObject } from '../../engine/api/meta.ts';
import { canonicalQuantity, parseMilli } from '../../engine/api/quantity.ts';
import type { Command, Env, Parsed, Running } from '../command.ts';
import { mappingOfKind } from '../discovery.ts';
import { failure } from '../failure.ts';
import { DRY_RUN, FILES, flags, manager, PRINT, SAVE } from '../flags.ts';
import { type DryRun, dryRunOf } from '../options.ts';
import { ResultPrinter } from '../print/output.ts';
import { collect, find, flatten, type Info, queryOf, throwAll } from '../resource.ts';
import { send } from './run.ts';

const OLD_FLAG =
  "Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).";

export const autoscale: Command = {
  name: 'autoscale',
  use: 'kubectl autoscale (-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu=CPU] [--memory=MEMORY]',
  short: 'Auto-scale a deployment, replica set, stateful set, or replication controller',
  flags: [
    ...flags(PRINT, FILES, DRY_RUN, SAVE, manager('kubectl-autoscale'), 'cpu max!:int=-1 memory min:int=-1 name'),
    { name: 'cpu-percent', type: 'int', default: '-1', deprecated: OLD_FLAG },
  ],
  run,
};

function check(p: Parsed): void {
  const [min, max] = [p.int('min'), p.int('max')];
  if (max < 1) throw failure(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
  if (max < min) throw failure(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`);
  if (p.given('cpu-percent') && p.str('cpu')) throw failure('only one of --cpu-percent or --cpu may be specified');
  if (p.str('cpu')) target(p.str('cpu'), 'm', 'cpu');
  if (p.str('memory')) target(p.str('memory'), 'Mi', 'memory');
}

/** `70%` is a share of the request, `500m` an amount; a bare number gets the usual unit. */
function target(text: string, unit: string, resource: string): Record<string, unknown> {
  const percent = /^(.*)%$/.exec(text.trim());
  if (percent) {
    const n = Number(percent[1]);
    if (!/^[-+]?\d+$/.test(percent[1]!))
      throw failure(`failed to convert percentage value: strconv.ParseInt: parsing "${percent[1]}": invalid syntax`);
    if (n < 0) throw failure(`invalid percentage value: ${n}`);
    return { type: 'Utilization', averageUtilization: n };
  }
  const amount = /^\d+(\.\d+)?$/.test(text.trim()) ? `${text.trim()}${unit}` : text.trim();
  if (parseMilli(amount) === undefined) throw failure(`invalid resource ${resource} value: ${text}`);
  return { type: 'AverageValue', averageValue: canonicalQuantity(amount) };
}

function* run(env: Env, p: Parsed): Running {
  const dryRun = dryRunOf(env, p);
  check(p);
  const found = yield* find(env, queryOf(p, p.args, { latest: true }));
  const printer = new ResultPrinter(env, p, dryRun, dryRun === 'client');
  const errors = [...found.errors];
  const infos = flatten(found.infos);
  for (const info of infos) collect(errors, () => autoscaleOne(env, p, info, dryRun, printer));
  throwAll(errors);
  if (infos.length === 0) throw failure('no objects passed to autoscale');
  return 0;
}

function autoscaleOne(env: Env, p: Parsed, info: Info, dryRun: DryRun, printer: ResultPrinter): void {
  const m = info.mapping;
  if (!m.info.subresources.includes('scale'))
    throw failure(
      `cannot autoscale a ${m.kind}: could not find scale subresource for ${m.group}/${m.version}, Resource=${m.plural} in discovery information`,
    );
  const metric = (name: string, what: Record<string, unknown>) => ({
    type: 'Resource',
    resource: { name, target: what },
  });
  const metrics = [
    ...(p.int('cpu-percent') > 0
      ? [metric('cpu', { type: 'Utilization', averageUtilization: p.int('cpu-percent') })]
      : []),
    ...(p.str('cpu') ? [metric('cpu', target(p.str('cpu'), 'm', 'cpu'))] : []),
    ...(p.str('memory') ? [metric('memory', target(p.str('memory'), 'Mi', 'memory'))] : []),
  ];
  const object = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: p.str('name') || info.name },
    spec: {
      scaleTargetRef: { kind: m.kind, name: info.name, apiVersion: m.apiVersion },
      ...(p.int('min') > 0 ? { minReplicas: p.int('min') } : {}),
      maxReplicas: p.int('max'),
      ...(metrics.length ? { metrics } : {}),
    },
    status: { desiredReplicas: 0, currentMetrics: null },
  } as unknown as AnyObject;
  const made = send(env, p, object, dryRun);
  printer.print(
    made,
    mappingOfKind('autoscaling/v2', 'HorizontalPodAutoscaler')!,
    dryRun === 'client' ? 'created' : 'autoscaled',
  );
}
