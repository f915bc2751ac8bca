/** `kubectl rollout undo`. Upstream: k8s.io/kubectl/pkg/polymorphichelpers/rollback.go */
import type { Deployment } from '../../../engine/api/apps.ts';
import type { PodTemplateSpec } from '../../../engine/api/core.ts';
import type { AnyObject } from '../../../engine/api/meta.ts';
import type { Command, Env, Parsed, Running } from '../../command.ts';
import { aggregate, failure, throwIf } from '../../failure.ts';
import { DRY_RUN, FILES, flags, PRINT, SELECT } from '../../flags.ts';
import { type DryRun, dryRunOf } from '../../options.ts';
import { ResultPrinter } from '../../print/output.ts';
import { find, flatten, type Info, queryOf, requestOf, send } from '../../resource.ts';
import { copy, equal } from '../../values.ts';
import { type Revision, revisionsOf } from './history.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const HASH = 'pod-template-hash';
/** Annotations of a ReplicaSet that its Deployment does not take over. */
const OWN = [
  LAST_APPLIED,
  'deployment.kubernetes.io/revision',
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
];

export const undo: Command = {
  name: 'undo',
  use: 'kubectl rollout undo (TYPE NAME | TYPE/NAME) [flags]',
  short: 'Undo a previous rollout',
  flags: flags(PRINT, FILES, SELECT, DRY_RUN, 'to-revision:int=0'),
  run,
};

function withoutHash(t: PodTemplateSpec): PodTemplateSpec {
  const next = copy(t);
  if (next.metadata?.labels) delete next.metadata.labels[HASH];
  return next;
}

function targetOf(o: AnyObject, revisions: readonly Revision[], wanted: number): Revision {
  if (wanted > 0) {
    const found = revisions.find((r) => r.revision === wanted);
    if (!found) throw failure(`unable to find specified revision ${wanted} in history`);
    return found;
  }
  const previous = revisions.at(-2);
  if (!previous)
    throw failure(
      o.kind === 'Deployment'
        ? `no rollout history found for deployment ${JSON.stringify(o.metadata.name)}`
        : 'no last revision to roll back to',
    );
  return previous;
}

const annotationsOf = (
  from: Record<string, string> | undefined,
  keep: (key: string) => boolean,
): Record<string, string> => Object.fromEntries(Object.entries(from ?? {}).filter(([k]) => keep(k)));

/** What happened, in kubectl's words. */
function rollBack(env: Env, info: Info, wanted: number, dryRun: DryRun): string {
  const o = info.object!;
  if (!['Deployment', 'DaemonSet', 'StatefulSet'].includes(o.kind))
    throw failure(`no rollbacker has been implemented for ${JSON.stringify(o.kind)}`);
  const target = targetOf(o, revisionsOf(env, o), wanted);
  const current = (o.spec as { template: PodTemplateSpec }).template;
  if (o.kind === 'Deployment' && (o as unknown as Deployment).spec.paused)
    throw failure(
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    );
  const { $patch: _, ...template } = withoutHash(target.template) as PodTemplateSpec & { $patch?: string };
  if (equal(template, withoutHash(current)))
    return `skipped rollback (current template already matches revision ${target.revision})`;
  if (dryRun === 'client') return 'rolled back';
  const dry = dryRun === 'server' ? { dryRun: true } : {};
  if (o.kind === 'Deployment') {
    const annotations = {
      ...annotationsOf(o.metadata.annotations, (k) => OWN.includes(k)),
      ...annotationsOf(target.object.metadata.annotations, (k) => !OWN.includes(k)),
    };
    const body = [
      { op: 'replace', path: '/spec/template', value: template },
      { op: o.metadata.annotations ? 'replace' : 'add', path: '/metadata/annotations', value: annotations },
    ];
    send(env, { ...requestOf(info, 'patch'), patchType: 'json', body, fieldManager: 'kubectl-rollout', ...dry });
  } else {
    const body = (target.object as { data?: unknown }).data;
    send(env, { ...requestOf(info, 'patch'), patchType: 'strategic', body, fieldManager: 'kubectl-rollout', ...dry });
  }
  return 'rolled back';
}

function* run(env: Env, p: Parsed): Running {
  const dryRun = dryRunOf(env, p);
  const found = yield* find(env, queryOf(p, p.args, { latest: true }));
  const printer = new ResultPrinter(env, p, dryRun);
  for (const info of flatten(found.infos)) {
    if (info.object!.metadata.annotations?.[LAST_APPLIED] !== undefined)
      env.err(
        `Warning: resource ${info.mapping.plural}/${info.name} was previously managed with 'kubectl apply'. Rolling back will not update the ${LAST_APPLIED} annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.\n`,
      );
    const words = rollBack(env, info, p.int('to-revision'), dryRun);
    printer.print(info.object!, info.mapping, words);
  }
  throwIf(aggregate(found.errors));
  return 0;
}
