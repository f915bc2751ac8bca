/** Revisions of a workload: ReplicaSets of a Deployment, ControllerRevisions of the others. Upstream: k8s.io/kubectl/pkg/polymorphichelpers/history.go */
import type { ControllerRevision, Deployment } from '../../../engine/api/apps.ts';
import type { PodTemplateSpec } from '../../../engine/api/core.ts';
import { type AnyObject, controllerOf } from '../../../engine/api/meta.ts';
import type { Command, Env, Parsed, Running } from '../../command.ts';
import { listAll } from '../../describe/common.ts';
import { podTemplate } from '../../describe/pod.ts';
import { replicaSetsOf } from '../../describe/replica-sets.ts';
import { elastic, Writer } from '../../describe/writer.ts';
import { aggregate, failure, throwIf } from '../../failure.ts';
import { FILES, flags, PRINT, SELECT } from '../../flags.ts';
import { formatOf, objectName, objectPrinter } from '../../print/output.ts';
import { find, flatten, type Info, queryOf } from '../../resource.ts';

const REVISION = 'deployment.kubernetes.io/revision';
const CHANGE_CAUSE = 'kubernetes.io/change-cause';

export interface Revision {
  revision: number;
  cause: string;
  template: PodTemplateSpec;
  /** The stored object of this revision. */
  object: AnyObject;
}

/** All revisions, oldest first; a kind without any is refused. */
export function revisionsOf(env: Env, o: AnyObject): Revision[] {
  if (o.kind === 'Deployment')
    return replicaSetsOf(env, o as unknown as Deployment)
      .map((r) => ({
        revision: Number(r.metadata.annotations?.[REVISION] ?? 0),
        cause: r.metadata.annotations?.[CHANGE_CAUSE] ?? '',
        template: r.spec.template,
        object: r as unknown as AnyObject,
      }))
      .filter((r) => r.revision > 0)
      .sort((a, b) => a.revision - b.revision);
  if (o.kind !== 'DaemonSet' && o.kind !== 'StatefulSet')
    throw failure(`no history viewer has been implemented for ${JSON.stringify(o.kind)}`);
  const all = listAll<ControllerRevision>(env, {
    resource: 'controllerrevisions',
    apiVersion: 'apps/v1',
    namespace: o.metadata.namespace ?? 'default',
  });
  return all
    .filter((r) => controllerOf(r)?.uid === o.metadata.uid)
    .map((r) => ({
      revision: r.revision,
      cause: r.metadata.annotations?.[CHANGE_CAUSE] ?? '',
      template: (r.data as { spec: { template: PodTemplateSpec } }).spec.template,
      object: r as unknown as AnyObject,
    }))
    .sort((a, b) => a.revision - b.revision);
}

export const history: Command = {
  name: 'history',
  use: 'kubectl rollout history (TYPE NAME | TYPE/NAME) [flags]',
  short: 'View rollout history',
  flags: flags(PRINT, FILES, SELECT, 'revision:int=0'),
  run,
};

function detail(env: Env, info: Info, found: Revision): void {
  const w = new Writer();
  const cause: Record<string, string> = found.cause ? { [CHANGE_CAUSE]: found.cause } : {};
  const template = {
    ...found.template,
    metadata: { ...found.template.metadata, annotations: { ...found.template.metadata?.annotations, ...cause } },
  };
  podTemplate(w, template);
  env.out(`${objectName(info.object!, info.mapping)} with revision #${found.revision}\n${w.raw()}`);
}

function* run(env: Env, p: Parsed): Running {
  const found = yield* find(env, queryOf(p, p.args, { latest: true }));
  const wanted = p.int('revision');
  if (wanted < 0) throw failure(`revision must be a positive integer: ${wanted}`);
  const format = formatOf(p);
  for (const info of flatten(found.infos)) {
    const revisions = revisionsOf(env, info.object!);
    const one = revisions.find((r) => r.revision === wanted);
    if (wanted > 0 && !one) throw failure('unable to find the specified revision');
    if (format.name) {
      const print = objectPrinter(env, p, format);
      for (const r of one ? [one] : revisions) print(r.object);
    } else if (one) detail(env, info, one);
    else {
      const lines = ['REVISION\tCHANGE-CAUSE', ...revisions.map((r) => `${r.revision}\t${r.cause || '<none>'}`)];
      env.out(
        `${objectName(info.object!, info.mapping)} \n${revisions.length ? elastic(lines) : 'No rollout history found.\n'}`,
      );
    }
  }
  throwIf(aggregate(found.errors));
  return 0;
}
