/** `kubectl events`: in the order of their time. Upstream: k8s.io/kubectl/pkg/cmd/events */
import { humanDuration } from '../../engine/api/duration.ts';
import type { AnyObject } from '../../engine/api/meta.ts';
import type { Command, Env, Parsed, Running } from '../command.ts';
import { mappingOfWord } from '../discovery.ts';
import { failure, noSuchResource } from '../failure.ts';
import { flags, PRINT } from '../flags.ts';
import { formatOf, objectPrinter } from '../print/output.ts';
import { TabWriter } from '../print/table.ts';
import { send } from '../resource.ts';

export const events: Command = {
  name: 'events',
  use: 'kubectl events [(-o|--output=)json|yaml|kyaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file] [--for TYPE/NAME] [--watch] [--types=Normal,Warning]',
  short: 'List events',
  flags: flags(PRINT, 'A,all-namespaces:bool chunk-size:int=500 for no-headers:bool types:list w,watch:bool'),
  run,
};

interface Event {
  metadata: { namespace: string; name: string };
  type?: string;
  reason?: string;
  message?: string;
  count?: number;
  eventTime?: string | null;
  firstTimestamp?: string | null;
  lastTimestamp?: string | null;
  series?: { count: number; lastObservedTime: string };
  involvedObject: { kind: string; name: string };
}

const timeOf = (e: Event): number =>
  Date.parse(e.series?.lastObservedTime ?? e.lastTimestamp ?? e.eventTime ?? '') || 0;

function interval(e: Event, now: number): string {
  const since = (t: string | null | undefined): string => (t ? humanDuration(now - Date.parse(t)) : '<unknown>');
  const first = since(e.eventTime ?? e.firstTimestamp);
  if (e.series) return `${since(e.series.lastObservedTime)} (x${e.series.count} over ${first})`;
  return (e.count ?? 0) > 1 ? `${since(e.lastTimestamp)} (x${e.count} over ${first})` : first;
}

function selectorOf(text: string): string {
  const parts = text.split('/');
  if (parts.length === 1) throw failure('--for must be in resource/name form');
  if (parts.length > 2) throw failure('arguments in resource/name form may not have more than one slash');
  const m = mappingOfWord(parts[0]!);
  if (!m) throw noSuchResource(parts[0]!);
  return `involvedObject.kind=${m.kind},involvedObject.apiVersion=${m.apiVersion},involvedObject.name=${parts[1]}`;
}

function* run(env: Env, p: Parsed): Running {
  const types = p.list('types').map((t) => t.toLowerCase());
  const fieldSelector = p.str('for') ? selectorOf(p.str('for')) : '';
  if (types.some((t) => t !== 'normal' && t !== 'warning')) throw failure('valid --types are Normal or Warning');
  const wanted = (e: Event): boolean => types.length === 0 || types.includes((e.type ?? '').toLowerCase());
  const list = (): Event[] => {
    const answer = send(env, {
      verb: 'list',
      apiVersion: 'v1',
      resource: 'events',
      ...(p.bool('all-namespaces') ? {} : { namespace: p.namespace }),
      ...(fieldSelector ? { fieldSelector } : {}),
    });
    const items = ((answer.items ?? []) as unknown as Event[]).filter(wanted);
    return items
      .map((e, i) => ({ e, i }))
      .sort((a, b) => timeOf(a.e) - timeOf(b.e) || a.i - b.i)
      .map(({ e }) => e);
  };
  const print = printerOf(env, p);
  if (p.bool('watch')) return yield* watch(env, list, print);
  const items = list();
  if (items.length === 0)
    env.err(p.bool('all-namespaces') ? 'No events found.\n' : `No events found in ${p.namespace} namespace.\n`);
  else print(items);
  return 0;
}

type Print = (items: readonly Event[]) => void;

function printerOf(env: Env, p: Parsed): Print {
  const format = formatOf(p);
  if (format.name) {
    const print = objectPrinter(env, p, format);
    return (items) =>
      print({ apiVersion: 'v1', kind: 'EventList', metadata: {}, items: items as unknown as AnyObject[] });
  }
  const writer = new TabWriter((t) => env.out(t));
  const everywhere = p.bool('all-namespaces');
  let headers = !p.bool('no-headers');
  return (items) => {
    if (headers) writer.row([...(everywhere ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']);
    headers = false;
    for (const e of items)
      writer.row([
        ...(everywhere ? [e.metadata.namespace] : []),
        interval(e, env.now()),
        e.type ?? '',
        e.reason ?? '',
        `${e.involvedObject.kind}/${e.involvedObject.name}`,
        (e.message ?? '').trim(),
      ]);
    writer.flush();
  };
}

function* watch(env: Env, list: () => Event[], print: Print): Running {
  const seen = new Map<string, string>();
  for (;;) {
    const fresh = list().filter((e) => {
      const key = `${e.metadata.namespace}/${e.metadata.name}`;
      const state = JSON.stringify([e.count, e.series, e.lastTimestamp]);
      const isNew = seen.get(key) !== state;
      seen.set(key, state);
      return isNew;
    });
    if (fresh.length) print(fresh);
    if (env.interrupted()) return 0;
    yield { kinds: ['Event'] };
  }
}
