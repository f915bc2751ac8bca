/** `-o custom-columns`. Upstream: k8s.io/kubectl/pkg/cmd/get/customcolumn.go */
import type { AnyObject } from '../../engine/api/meta.ts';
import type { Env } from '../command.ts';
import { failure } from '../failure.ts';
import { goValue } from '../values.ts';
import { type Node, parseJsonPath, pathValues, relaxedPath } from './jsonpath.ts';
import { TabWriter } from './table.ts';

interface Column {
  header: string;
  path: Node[];
}

/** Prints one row an object. A file has the headers in its first line and the paths in its second. */
export function printColumns(
  env: Env,
  spec: string,
  items: readonly AnyObject[],
  noHeaders: boolean,
  fromFile: boolean,
): void {
  const columns = fromFile ? columnsOfFile(spec) : columnsOf(spec);
  const writer = new TabWriter((t) => env.out(t));
  if (!noHeaders) writer.row(columns.map((c) => c.header));
  for (const item of items) writer.row(columns.map((c) => cell(c.path, item)));
  writer.flush();
}

function columnsOf(spec: string): Column[] {
  if (spec === '') throw failure('custom-columns format specified but no custom columns given');
  return spec.split(',').map((part) => {
    const colon = part.indexOf(':');
    if (colon < 0) throw failure(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    return { header: part.slice(0, colon), path: parseJsonPath(relaxedPath(part.slice(colon + 1))) };
  });
}

function columnsOfFile(text: string): Column[] {
  const [heads, paths] = text.split('\n').map((l) => l.split(/\s+/).filter(Boolean));
  if (!heads?.length || !paths?.length)
    throw failure('invalid custom columns file: it needs a line of headers and a line of paths');
  if (heads.length !== paths.length)
    throw failure(`number of headers (${heads.length}) and field specifications (${paths.length}) don't match`);
  return heads.map((header, i) => ({ header, path: parseJsonPath(relaxedPath(paths[i]!)) }));
}

function cell(path: readonly Node[], item: AnyObject): string {
  const values = pathValues(path, item);
  return values.length ? values.map((v) => (v === null ? '<none>' : goValue(v))).join(',') : '<none>';
}
