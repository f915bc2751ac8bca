/** Endpoints. Upstream: pkg/registry/core/endpoint/strategy.go, pkg/printers/internalversion/printers.go formatEndpoints */
import type { Endpoints } from '../../api/core.ts';
import type { FieldError, Kind } from '../kind.ts';
import { ageColumn, column, nameColumn } from './columns.ts';
import { validateEndpoints } from './validation/endpoints.ts';
import { validateObjectMetaUpdate } from './validation/object-meta.ts';

const SHOWN = 3;

/** `10.0.0.1:80,10.0.0.2:80,10.0.0.3:80 + 1 more...`; `<none>` without subsets. */
export function formatEndpoints(o: Endpoints): string {
  if (!o.subsets?.length) return '<none>';
  const all: string[] = [];
  for (const subset of o.subsets) {
    const addresses = subset.addresses ?? [];
    if (!subset.ports?.length) all.push(...addresses.map((a) => a.ip));
    for (const port of subset.ports ?? []) all.push(...addresses.map((a) => `${a.ip}:${port.port}`));
  }
  const shown = all.slice(0, SHOWN).join(',');
  return all.length > SHOWN ? `${shown} + ${all.length - SHOWN} more...` : shown;
}

export const endpoints: Kind<Endpoints> = {
  kind: 'Endpoints',
  default(o) {
    for (const subset of o.subsets ?? []) for (const port of subset.ports ?? []) port.protocol ||= 'TCP';
  },
  validate(o) {
    const errors: FieldError[] = [];
    validateEndpoints(errors, o);
    return errors;
  },
  validateUpdate(o, old) {
    const errors: FieldError[] = [];
    validateObjectMetaUpdate(errors, o, old);
    validateEndpoints(errors, o);
    return errors;
  },
  columns: [nameColumn, column('Endpoints', formatEndpoints), ageColumn],
};
