/**
 * Tables as kubectl prints them. Upstream: k8s.io/cli-runtime/pkg/printers/tableprinter.go, github.com/liggitt/tabwriter
 */
import type { Table, TableRow } from '../../engine/api/request.ts';
import { sortedKeys } from '../values.ts';

const MIN_WIDTH = 6;
const PADDING = 3;

/** Columns aligned over all rows written until the flush, and remembered for those after it. */
export class TabWriter {
  readonly #out: (text: string) => void;
  #rows: string[][] = [];
  #widths: number[] = [];
  readonly #minimum: number;
  readonly #padding: number;

  constructor(out: (text: string) => void, minimum = MIN_WIDTH, padding = PADDING) {
    this.#out = out;
    this.#minimum = minimum;
    this.#padding = padding;
  }

  row(cells: readonly string[]): void {
    this.#rows.push([...cells]);
  }

  flush(): void {
    for (const row of this.#rows)
      for (let c = 0; c < row.length - 1; c++) {
        const width = Math.max(textWidth(row[c]!) + this.#padding, this.#minimum);
        if (width > (this.#widths[c] ?? 0)) this.#widths[c] = width;
      }
    let text = '';
    for (const row of this.#rows) {
      for (let c = 0; c < row.length - 1; c++) text += pad(row[c]!, this.#widths[c]!);
      text += `${row.at(-1) ?? ''}\n`;
    }
    if (text) this.#out(text);
    this.#rows = [];
  }

  forget(): void {
    this.#widths = [];
  }
}

const ASCII = /^[\x20-\x7e]*$/;
const textWidth = (s: string): number => (ASCII.test(s) ? s.length : [...s].length);
const pad = (s: string, width: number): string => s + ' '.repeat(Math.max(0, width - textWidth(s)));

export interface TableOptions {
  wide?: boolean;
  noHeaders?: boolean;
  withNamespace?: boolean;
  /** `deployment.apps/` before each name. */
  withKind?: string;
  labelColumns?: readonly string[];
  showLabels?: boolean;
}

/** Prints tables of one kind one after another: headers once. */
export class TablePrinter {
  readonly #options: TableOptions;
  #headersWritten = false;

  constructor(options: TableOptions) {
    this.#options = options;
  }

  print(table: Table, writer: TabWriter): void {
    const o = this.#options;
    const shown = table.columns.map((c, i) => ({ c, i })).filter(({ c }) => c.priority === 0 || o.wide);
    if (!this.#headersWritten && !o.noHeaders && table.rows.length > 0) {
      this.#headersWritten = true;
      const heads = shown.map(({ c }) => c.name.toUpperCase());
      if (o.withNamespace) heads.unshift('NAMESPACE');
      writer.row([...heads, ...labelHeaders(o)]);
    }
    for (const row of table.rows) writer.row([...this.#cells(row, shown), ...labelCells(row, o)]);
  }

  #cells(row: TableRow, shown: readonly { c: { name: string }; i: number }[]): string[] {
    const o = this.#options;
    const cells = shown.map(({ i }) => cellText(row.cells[i]));
    if (o.withKind && cells.length) cells[0] = `${o.withKind}/${cells[0]}`;
    if (o.withNamespace) cells.unshift(row.object.metadata?.namespace ?? '');
    return cells;
  }
}

function cellText(value: TableRow['cells'][number] | undefined): string {
  if (value === null || value === undefined) return '';
  const text = String(value);
  const cut = text.search(/[\f\n\r]/);
  return cut < 0 ? text : `${text.slice(0, cut)}...`;
}

function labelHeaders(o: TableOptions): string[] {
  const heads = (o.labelColumns ?? []).map((l) => l.split('/').at(-1)!.toUpperCase());
  return o.showLabels ? [...heads, 'LABELS'] : heads;
}

function labelCells(row: TableRow, o: TableOptions): string[] {
  const labels = row.object.metadata?.labels ?? {};
  const cells = (o.labelColumns ?? []).map((l) => labels[l] ?? '');
  if (o.showLabels) cells.push(formatLabels(labels));
  return cells;
}

/** `a=b,c=d`, or `<none>`. */
export function formatLabels(labels: Record<string, string> | undefined): string {
  const keys = sortedKeys(labels ?? {});
  return keys.length ? keys.map((k) => `${k}=${labels![k]}`).join(',') : '<none>';
}
