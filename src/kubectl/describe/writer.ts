/**
 * Text in columns that are as wide as their neighbours need: Go's elastic tab stops, as describe uses them.
 * Upstream: text/tabwriter (padding 2, minimum width 0), k8s.io/kubectl/pkg/describe PrefixWriter
 */

const PADDING = 2;
const textWidth = (s: string): number => [...s].length;

/** Lines with tab-separated cells, laid out. A column reaches over consecutive lines that have the cell and a tab after it. */
export function elastic(lines: readonly string[], padding = PADDING): string {
  const rows = lines.map((l) => l.split('\t'));
  const out: string[] = [];
  const widths: number[] = [];
  const write = (from: number, to: number): void => {
    for (const row of rows.slice(from, to))
      out.push(
        row
          .map((cell, i) =>
            i < widths.length && i < row.length - 1
              ? cell + ' '.repeat(Math.max(0, widths[i]! - textWidth(cell)))
              : cell,
          )
          .join(''),
      );
  };
  const format = (start: number, end: number): number => {
    const column = widths.length;
    let from = start;
    for (let at = start; at < end; at++) {
      if (column >= rows[at]!.length - 1) continue;
      write(from, at);
      let last = at;
      let width = 0;
      while (last < end && column < rows[last]!.length - 1) {
        width = Math.max(width, textWidth(rows[last]![column]!) + padding);
        last++;
      }
      widths.push(width);
      from = format(at, last);
      widths.pop();
      at = last - 1;
    }
    write(from, end);
    return end;
  };
  format(0, rows.length);
  return out.map((l) => `${l}\n`).join('');
}

/** Collects lines; cells are separated by tabs, levels indent by two blanks. */
export class Writer {
  #lines: string[] = [];
  #text = '';

  /** One line at a level; `\t` separates cells. */
  line(level: number, text: string): void {
    for (const l of text.split('\n')) this.#lines.push('  '.repeat(level) + l);
  }

  /** `Key:` and its value. */
  field(key: string, value: string | number | boolean, level = 0): void {
    this.line(level, `${key}:\t${value}`);
  }

  /** Lays out what was written so far; what comes is aligned by itself. */
  flush(): void {
    this.#text += elastic(this.#lines);
    this.#lines = [];
  }

  /** The lines as they were written, tabs and all. */
  raw(): string {
    return this.#lines.map((l) => `${l}\n`).join('');
  }

  toString(): string {
    this.flush();
    return this.#text;
  }
}
