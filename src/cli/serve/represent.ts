/** Objects as they leave over HTTP: lists, Tables, metadata alone. */
import type { ResourceInfo } from '../../engine/api/discovery.ts';
import type { AnyObject } from '../../engine/api/meta.ts';
import type { Table } from '../../engine/api/request.ts';
import type { As } from './negotiate.ts';

type Json = Record<string, unknown>;

/** What a Table's rows carry beside their cells. */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

export const includeObject = (asked: string | null): IncludeObject =>
  asked === 'None' || asked === 'Object' ? asked : 'Metadata';

export const metadataOnly = (o: AnyObject): Json => ({
  kind: 'PartialObjectMetadata',
  apiVersion: 'meta.k8s.io/v1',
  metadata: o.metadata,
});

const rowObject = (o: AnyObject, include: IncludeObject): unknown =>
  include === 'None' ? null : include === 'Object' ? o : metadataOnly(o);

/**
 * A `meta.k8s.io/v1` Table. `columns` is false for the later events of a watch, which upstream sends without definitions.
 */
export function tableObject(table: Table, revision: string, include: IncludeObject, columns = true): Json {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion: revision },
    columnDefinitions: columns
      ? table.columns.map((c) => ({
          name: c.name,
          // an age is a text by the time it leaves
          type: c.type === 'date' ? 'string' : c.type,
          format: c.name === 'Name' ? 'name' : '',
          description: '',
          priority: c.priority,
        }))
      : null,
    rows: table.rows.map((r) => ({ cells: r.cells, object: rowObject(r.object, include) })),
  };
}

export function listObject(
  info: ResourceInfo,
  apiVersion: string,
  items: readonly AnyObject[],
  revision: number,
  as?: As,
): Json {
  const metadata = { resourceVersion: String(revision) };
  if (as)
    return {
      kind: 'PartialObjectMetadataList',
      apiVersion: 'meta.k8s.io/v1',
      metadata,
      items: items.map(metadataOnly),
    };
  return { kind: `${info.kind}List`, apiVersion, metadata, items };
}
