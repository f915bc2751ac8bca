/** The table printer of `kubectl get`, with its flags. */
import type { Parsed } from '../command.ts';
import { kindName } from '../discovery.ts';
import type { Format } from '../print/output.ts';
import { TablePrinter } from '../print/table.ts';
import type { Info } from '../resource.ts';

/** The options of a table printer for one kind. */
export function tablePrinter(
  p: Parsed,
  info: Info,
  format: Format,
  withKind: boolean,
  allNamespaces: boolean,
): TablePrinter {
  return new TablePrinter({
    wide: format.name === 'wide',
    noHeaders: p.bool('no-headers'),
    withNamespace: allNamespaces && info.mapping.namespaced,
    labelColumns: p.list('label-columns'),
    showLabels: p.bool('show-labels'),
    ...(withKind || p.bool('show-kind') ? { withKind: kindName(info.mapping) } : {}),
  });
}
