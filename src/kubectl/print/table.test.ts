import { expect, it } from 'vitest';
import type { Table } from '../../engine/api/request.ts';
import { type TableOptions, TablePrinter, TabWriter } from './table.ts';

const table: Table = {
  columns: [
    { name: 'Name', type: 'string', priority: 0 },
    { name: 'Ready', type: 'string', priority: 0 },
    { name: 'IP', type: 'string', priority: 1 },
  ],
  rows: ['web', 'a-long-name'].map((name, i) => ({
    cells: [name, `${i}/1`, '10.0.0.1'],
    object: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default', labels: { app: name, 'x/tier': 'front' } },
    } as never,
  })),
};

function print(options: TableOptions, ...tables: Table[]): string {
  let text = '';
  const writer = new TabWriter((t) => (text += t));
  const printer = new TablePrinter(options);
  for (const t of tables) printer.print(t, writer);
  writer.flush();
  return text;
}

it.each<[string, TableOptions, string]>([
  ['plain', {}, 'NAME          READY\nweb           0/1\na-long-name   1/1\n'],
  [
    'wide',
    { wide: true },
    'NAME          READY   IP\nweb           0/1     10.0.0.1\na-long-name   1/1     10.0.0.1\n',
  ],
  ['no headers', { noHeaders: true }, 'web           0/1\na-long-name   1/1\n'],
  [
    'namespace and kind',
    { withNamespace: true, withKind: 'pod' },
    'NAMESPACE   NAME              READY\ndefault     pod/web           0/1\ndefault     pod/a-long-name   1/1\n',
  ],
  [
    'label columns',
    { labelColumns: ['x/tier', 'none'] },
    'NAME          READY   TIER    NONE\nweb           0/1     front   \na-long-name   1/1     front   \n',
  ],
  [
    'labels',
    { showLabels: true },
    'NAME          READY   LABELS\nweb           0/1     app=web,x/tier=front\na-long-name   1/1     app=a-long-name,x/tier=front\n',
  ],
])('%s', (_, options, text) => {
  expect(print(options, table)).toBe(text);
});

it('prints headers once for tables of one kind and keeps the widths of rows before', () => {
  let text = '';
  const writer = new TabWriter((t) => (text += t));
  const printer = new TablePrinter({});
  printer.print(table, writer);
  writer.flush();
  printer.print({ ...table, rows: table.rows.slice(0, 1) }, writer);
  writer.flush();
  expect(text.split('\n').slice(-2)).toEqual(['web           0/1', '']);
});

it('cuts cells at a line break and prints nothing for no rows', () => {
  expect(print({}, { columns: table.columns, rows: [{ ...table.rows[0]!, cells: ['a\nb', 1, null] }] })).toBe(
    'NAME   READY\na...   1\n',
  );
  expect(print({}, { columns: table.columns, rows: [] })).toBe('');
});
