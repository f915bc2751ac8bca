/** Server-side tables. Upstream: pkg/printers/internalversion, apiserver's tableconvertor */

import { ageOf } from '../api/duration.ts';
import type { AnyObject } from '../api/meta.ts';
import type { Table } from '../api/request.ts';
import type { Ms } from '../sim/time.ts';
import type { Column, Kind } from './kind.ts';

/** What a kind without columns of its own is shown with. */
export const DEFAULT_COLUMNS: readonly Column<AnyObject>[] = [
  { name: 'Name', type: 'string', priority: 0, cell: (o) => o.metadata.name },
  { name: 'Age', type: 'date', priority: 0, cell: (o, now) => ageOf(o.metadata.creationTimestamp, now) },
];

/** The rows of `kubectl get`, wide columns included. */
export function tableOf(kind: Kind | undefined, objects: readonly AnyObject[], now: Ms): Table {
  const columns = (kind?.columns.length ? kind.columns : DEFAULT_COLUMNS) as readonly Column<AnyObject>[];
  return {
    columns: columns.map(({ name, type, priority }) => ({ name, type, priority })),
    rows: objects.map((object) => ({ cells: columns.map((c) => c.cell(object, now)), object })),
  };
}
