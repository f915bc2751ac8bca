/** `kubectl get -w`: the list, then a row at every change until Ctrl+C. */
import type { AnyObject } from '../../engine/api/meta.ts';
import type { Table } from '../../engine/api/request.ts';
import type { Env, Parsed, Running } from '../command.ts';
import { aggregate, failure } from '../failure.ts';
import { type Format, objectPrinter } from '../print/output.ts';
import { TabWriter } from '../print/table.ts';
import { find, type Info, type Query, send } from '../resource.ts';
import { prettyJson } from '../values.ts';
import { tablePrinter } from './get-table.ts';

export function* follow(env: Env, p: Parsed, q: Query, format: Format): Running {
  const found = yield* find(env, q);
  const problem = aggregate(found.errors);
  if (problem) {
    if (p.bool('ignore-not-found') && problem.status?.reason === 'NotFound') return 0;
    throw problem;
  }
  if (found.infos.length > 1)
    throw failure(
      'watch is only supported on individual resources and resource collections - more than 1 resource was found',
    );
  const info = found.infos[0]!;
  const show = shower(env, p, q, format, info);
  if (!p.bool('watch-only')) show.first(info);
  let revision = info.revision ?? env.revision();
  for (;;) {
    if (env.interrupted()) return 0;
    const events = env.since(revision, [info.mapping.kind]);
    if (events === undefined) throw failure('too old resource version');
    for (const e of events) {
      revision = Math.max(revision, e.revision);
      if (concerns(e.object, q, info)) show.change(e.type, e.object);
    }
    revision = Math.max(revision, env.revision());
    yield { kinds: [info.mapping.kind] };
  }
}

function concerns(o: AnyObject, q: Query, info: Info): boolean {
  if (info.name) return o.metadata.name === info.name && o.metadata.namespace === info.namespace;
  return info.namespace === undefined || o.metadata.namespace === info.namespace || q.allNamespaces === true;
}

interface Show {
  first(info: Info): void;
  change(type: string, object: AnyObject): void;
}

function shower(env: Env, p: Parsed, q: Query, format: Format, info: Info): Show {
  if (format.name && format.name !== 'wide') {
    const print = objectPrinter(env, p, format);
    return {
      first: () => {
        for (const o of info.items ?? (info.object ? [info.object] : [])) print(o, info.mapping);
      },
      change: (type, o) =>
        p.bool('output-watch-events') && format.name === 'json'
          ? env.out(`${prettyJson({ type, object: o })}\n`)
          : print(o, info.mapping),
    };
  }
  const writer = new TabWriter((t) => env.out(t));
  const printer = tablePrinter(p, info, format, false, q.allNamespaces ?? false);
  const print = (table: Table | undefined, type: string): void => {
    if (!table) return;
    printer.print(p.bool('output-watch-events') ? withEvent(table, type) : table, writer);
    writer.flush();
  };
  return {
    first: (i) => print(i.table, 'ADDED'),
    change: (type, o) => print(rowOf(env, q, info, o), type),
  };
}

const withEvent = (t: Table, type: string): Table => ({
  columns: [{ name: 'Event', type: 'string', priority: 0 }, ...t.columns],
  rows: t.rows.map((r) => ({ ...r, cells: [type, ...r.cells] })),
});

/** The row of an object as it was at a change: the server prints it, also when the object is gone. */
function rowOf(env: Env, q: Query, info: Info, object: AnyObject): Table | undefined {
  const answer = send(env, {
    verb: 'list',
    apiVersion: info.mapping.apiVersion,
    resource: info.mapping.plural,
    table: true,
    from: [object],
    ...(q.labelSelector ? { labelSelector: q.labelSelector } : {}),
    ...(q.fieldSelector ? { fieldSelector: q.fieldSelector } : {}),
  });
  return answer.table;
}
