/** Columns that many kinds share. Upstream: pkg/printers/internalversion/printers.go */
import type { Container, PodTemplateSpec } from '../../api/core.ts';
import { ageOf } from '../../api/duration.ts';
import type { KubeObject } from '../../api/meta.ts';
import type { Column } from '../kind.ts';

type Cell<T> = Column<T>['cell'];

export const column = <T>(name: string, cell: Cell<T>, type: Column<T>['type'] = 'string'): Column<T> => ({
  name,
  type,
  priority: 0,
  cell,
});

/** A column that only `-o wide` shows. */
export const wide = <T>(name: string, cell: Cell<T>, type: Column<T>['type'] = 'string'): Column<T> => ({
  name,
  type,
  priority: 1,
  cell,
});

export const nameColumn: Column<KubeObject> = column('Name', (o) => o.metadata.name);
export const ageColumn: Column<KubeObject> = column('Age', (o, now) => ageOf(o.metadata.creationTimestamp, now));
/** CREATED AT of kinds without a printer of their own. */
export const createdAtColumn: Column<KubeObject> = column(
  'Created At',
  (o) => o.metadata.creationTimestamp ?? '<unknown>',
);

/** The columns of a kind that has no printer: NAME and AGE. */
export const plainColumns: readonly Column<KubeObject>[] = [nameColumn, ageColumn];
/** NAME and CREATED AT, as the server prints kinds it has no printer for. */
export const createdAtColumns: readonly Column<KubeObject>[] = [nameColumn, createdAtColumn];

const joined = (containers: readonly Container[] | undefined, of: (c: Container) => string): string =>
  (containers ?? []).map(of).join(',');

/** CONTAINERS and IMAGES of a pod template. */
export const templateColumns = <T>(templateOf: (o: T) => PodTemplateSpec | undefined): readonly Column<T>[] => [
  wide('Containers', (o) => joined(templateOf(o)?.spec?.containers, (c) => c.name)),
  wide('Images', (o) => joined(templateOf(o)?.spec?.containers, (c) => c.image ?? '')),
];
