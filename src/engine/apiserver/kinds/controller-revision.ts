/** ControllerRevisions. Upstream: pkg/registry/apps/controllerrevision, pkg/apis/apps/validation/validation.go */
import type { ControllerRevision } from '../../api/apps.ts';
import { resourceOfKind } from '../../api/discovery.ts';
import { controllerOf } from '../../api/meta.ts';
import type { FieldError, Kind } from '../kind.ts';
import { ageColumn, column, nameColumn } from './columns.ts';
import { sameValue } from './validation/equal.ts';
import { type Errors, IMMUTABLE, invalid, notNegative, required } from './validation/errors.ts';
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from './validation/object-meta.ts';

/** `daemonset.apps/agent`: the owner as `kubectl get` writes it. */
function controllerName(o: ControllerRevision): string {
  const owner = controllerOf(o);
  if (!owner) return '<none>';
  const info = resourceOfKind(owner.kind);
  const word = owner.kind.toLowerCase();
  return `${info?.group ? `${word}.${info.group}` : word}/${owner.name}`;
}

function validateRevision(errors: Errors, o: ControllerRevision): void {
  validateObjectMeta(errors, o, true, subdomainName);
  if (o.data === undefined || o.data === null) required(errors, 'data', 'data is mandatory');
  notNegative(errors, 'revision', o.revision);
}

export const controllerRevision: Kind<ControllerRevision> = {
  kind: 'ControllerRevision',
  default(o) {
    o.revision ??= 0;
  },
  validate(o) {
    const errors: FieldError[] = [];
    validateRevision(errors, o);
    return errors;
  },
  validateUpdate(o, old) {
    const errors: FieldError[] = [];
    validateObjectMetaUpdate(errors, o, old);
    notNegative(errors, 'revision', o.revision);
    if (!sameValue(o.data, old.data)) invalid(errors, 'data', o.data, IMMUTABLE);
    return errors;
  },
  columns: [
    nameColumn,
    column('Controller', controllerName),
    column('Revision', (o) => o.revision, 'integer'),
    ageColumn,
  ],
};
