/** `kubectl get`. Upstream: k8s.io/kubectl/pkg/cmd/get/get.go */
import type { AnyObject } from '../../engine/api/meta.ts';
import type { Table } from '../../engine/api/request.ts';
import type { Command, Env, Parsed, Running } from '../command.ts';
import { kindName } from '../discovery.ts';
import { aggregate, type Failure, failure } from '../failure.ts';
import { FILES, flags, PRINT, SELECT } from '../flags.ts';
import { type Format, formatOf, objectPrinter } from '../print/output.ts';
import { notFoundField, sortBy } from '../print/sort.ts';
import { type TablePrinter, TabWriter } from '../print/table.ts';
import { type Found, find, flatten, type Info, type Query, queryOf } from '../resource.ts';
import { getRaw } from './get-raw.ts';
import { tablePrinter } from './get-table.ts';
import { follow } from './get-watch.ts';

const FORMATS =
  'json|yaml|kyaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file|custom-columns|custom-columns-file|wide';

export const get: Command = {
  name: 'get',
  use: `kubectl get [(-o|--output=)${FORMATS}] (TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags]`,
  short: 'Display one or many resources',
  flags: flags(
    PRINT,
    FILES,
    SELECT,
    'A,all-namespaces:bool chunk-size:int=500 field-selector ignore-not-found:bool L,label-columns:list no-headers:bool',
    'output-watch-events:bool raw server-print:bool=true show-kind:bool show-labels:bool sort-by subresource w,watch:bool watch-only:bool',
  ),
  run,
};

const MUST_NAME_TYPE =
  'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n';

function* run(env: Env, p: Parsed): Running {
  if (p.str('raw') && p.args.length) throw failure('arguments may not be passed when --raw is specified');
  if (p.str('raw')) return getRaw(env, p);
  if (p.args.length === 0 && p.list('filename').length === 0 && !p.str('kustomize')) {
    env.err(MUST_NAME_TYPE);
    throw failure(
      'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\nSee \'kubectl get -h\' for help and examples',
    );
  }
  if (p.bool('show-labels') && p.str('output') && p.str('output') !== 'wide')
    throw failure(`--show-labels option cannot be used with ${p.str('output')} printer`);
  const format = formatOf(p, true);
  const tables = format.name === '' || format.name === 'wide';
  if (!tables) objectPrinter(env, p, format); // a bad template is refused before anything is asked
  const q = queryOf(p, p.args, {
    emptySelects: true,
    latest: true,
    table: tables,
    managedFields: p.bool('show-managed-fields'),
    ...(p.str('subresource') ? { subresource: p.str('subresource') } : {}),
  });
  if (p.bool('watch') || p.bool('watch-only')) return yield* follow(env, p, { ...q, singleType: true }, format);
  const found = yield* find(env, q);
  if (p.bool('ignore-not-found')) found.errors = found.errors.filter((f) => f.status?.reason !== 'NotFound');
  if (tables) printTables(env, p, q, found, format);
  else printGeneric(env, p, found, format);
  const problem = aggregate(found.errors);
  if (problem) throw problem;
  return 0;
}

function printTables(env: Env, p: Parsed, q: Query, found: Found, format: Format): void {
  const withKind = new Set(found.infos.map((i) => kindName(i.mapping))).size > 1;
  let written = 0;
  let separate = false;
  const out = (text: string): void => {
    if (separate && text) env.out('\n');
    separate = false;
    written += text.length;
    env.out(text);
  };
  const writer = new TabWriter(out);
  let printer: TablePrinter | undefined;
  let last: Info | undefined;
  for (const info of found.infos) {
    if (!printer || last?.mapping.kind !== info.mapping.kind) {
      writer.flush();
      writer.forget();
      if (last && !p.bool('no-headers') && written > 0) separate = true;
      printer = tablePrinter(p, info, format, withKind, q.allNamespaces ?? false);
      last = info;
    }
    const table = sortedTable(info.table ?? { columns: [], rows: [] }, p.str('sort-by'));
    if (table) printer.print(table, writer);
  }
  writer.flush();
  if (written > 0 || p.bool('ignore-not-found') || found.errors.length > 0) return;
  const namespaced = !q.allNamespaces && found.infos.every((i) => i.mapping.namespaced);
  env.err(namespaced ? `No resources found in ${q.namespace} namespace.\n` : 'No resources found\n');
}

/** `undefined` when no row has the field: such a table prints nothing. */
function sortedTable(table: Table, field: string): Table | undefined {
  if (!field) return table;
  const rows = sortBy(table.rows, (r) => r.object, field);
  return rows && { ...table, rows };
}

function printGeneric(env: Env, p: Parsed, found: Found, format: Format): void {
  const items = flatten(found.infos);
  if (found.single && found.errors.length) throw aggregate(found.errors) as Failure;
  if (items.length === 0 && p.bool('ignore-not-found') && found.infos.length === 0) return;
  const print = objectPrinter(env, p, format);
  if (found.single && items.length === 1) {
    print(items[0]!.object!, items[0]!.mapping);
    return;
  }
  let objects = items.map((i) => i.object as AnyObject);
  if (p.str('sort-by') && objects.length) {
    const inOrder = sortBy(objects, (o) => o, p.str('sort-by'));
    if (!inOrder) throw notFoundField(p.str('sort-by'));
    objects = inOrder;
  }
  print({ apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items: objects });
}
