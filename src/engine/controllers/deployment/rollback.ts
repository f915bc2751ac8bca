/** The server-side rollback of extensions/v1beta1, kept as an annotation. Upstream: pkg/controller/deployment/rollback.go */
import type { Deployment } from '../../api/apps.ts';
import type { Context } from '../../client/component.ts';
import { HASH_LABEL, ROLLBACK_TO, revisionOf } from './annotations.ts';
import { allOf, loadFamily } from './replica-sets.ts';

/** Rolls back to the revision that the annotation names (0: the last but one). Out: whether there was such an annotation. */
export function rollBack(d: Deployment, ctx: Context): boolean {
  const text = d.metadata.annotations?.[ROLLBACK_TO];
  if (text === undefined) return false;
  const { [ROLLBACK_TO]: _, ...annotations } = d.metadata.annotations ?? {};
  const sets = allOf(loadFamily(d, ctx));
  const revisions = sets.map(revisionOf).sort((a, b) => b - a);
  const wanted = Number(text) || revisions[1];
  const target = sets.find((rs) => revisionOf(rs) === wanted);
  if (!target) {
    const [reason, message] = wanted
      ? ['DeploymentRollbackRevisionNotFound', 'Unable to find the revision to rollback to.']
      : ['DeploymentRollbackRevisionNotFound', 'Unable to find last revision.'];
    ctx.events.event(d, { type: 'Warning', reason: reason!, message: message! });
    ctx.api.update<Deployment>({ ...d, metadata: { ...d.metadata, annotations } });
    return true;
  }
  const { [HASH_LABEL]: __, ...labels } = target.spec.template.metadata?.labels ?? {};
  const template = { ...target.spec.template, metadata: { ...target.spec.template.metadata, labels } };
  ctx.api.update<Deployment>({ ...d, metadata: { ...d.metadata, annotations }, spec: { ...d.spec, template } });
  const message = `Rolled back deployment "${d.metadata.name}" to revision ${wanted}`;
  ctx.events.event(d, { type: 'Normal', reason: 'DeploymentRollback', message });
  return true;
}
