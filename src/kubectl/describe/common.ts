/** Pieces that the descriptions of many kinds share. Upstream: k8s.io/kubectl/pkg/describe/describe.go */
import type { Event, Toleration } from '../../engine/api/core.ts';
import { humanDuration } from '../../engine/api/duration.ts';
import { type AnyObject, controllerOf, type KubeObject } from '../../engine/api/meta.ts';
import type { ApiRequest } from '../../engine/api/request.ts';
import type { Env } from '../command.ts';
import type { Writer } from './writer.ts';

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const ANNOTATION_MAX = 140;

/** What a description is made of: the object, who asks, and what else it may look up. */
export interface Subject<T = AnyObject> {
  object: T;
  env: Env;
  w: Writer;
  showEvents: boolean;
}

/** `k=v` lines under one key, sorted; `<none>` without any. */
export function mapField(w: Writer, key: string, map: Record<string, string> | undefined, level = 0): void {
  const pairs = Object.keys(map ?? {})
    .sort(byText)
    .map((k) => `${k}=${map![k]}`);
  w.line(level, `${key}:\t${pairs[0] ?? '<none>'}`);
  for (const p of pairs.slice(1)) w.line(0, `\t${p}`);
}

export const labelsField = (w: Writer, labels: Record<string, string> | undefined, level = 0): void =>
  mapField(w, 'Labels', labels, level);

const shortened = (line: string): string =>
  line.length > ANNOTATION_MAX ? `${line.slice(0, ANNOTATION_MAX)}...` : line;

/** Annotations but the last applied configuration; long values on lines of their own. */
export function annotationsField(
  w: Writer,
  annotations: Record<string, string> | undefined,
  level = 0,
  title = 'Annotations',
): void {
  const keys = Object.keys(annotations ?? {})
    .filter((k) => k !== LAST_APPLIED)
    .sort(byText);
  if (!keys.length) w.line(level, `${title}:\t<none>`);
  keys.forEach((key, i) => {
    const head = i === 0 ? `${title}:\t` : '\t';
    const value = annotations![key]!.replace(/\n$/, '');
    if (value.includes('\n') || value.length + key.length + 2 > ANNOTATION_MAX) {
      w.line(level, `${head}${key}:`);
      for (const line of value.split('\n')) w.line(level, `\t${shortened(`  ${line}`)}`);
    } else w.line(level, `${head}${key}: ${value}`);
  });
}

/** `Thu, 01 Jan 2026 00:00:00 +0000`, as Go's RFC 1123 with a numeric zone. */
export function rfc1123z(timestamp: string): string {
  const d = new Date(timestamp);
  const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${days[d.getUTCDay()]}, ${two(d.getUTCDate())} ${months[d.getUTCMonth()]} ${d.getUTCFullYear()} ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())} +0000`;
}

export const timeOr = (timestamp: string | null | undefined, none: string): string =>
  timestamp ? rfc1123z(timestamp) : none;

/** Objects of a resource; a refusal counts as none. */
export function listAll<T = AnyObject>(env: Env, r: Omit<ApiRequest, 'verb'>): T[] {
  const answer = env.request({ verb: 'list', ...r });
  return answer.ok ? ((answer.items ?? []) as T[]) : [];
}

export function getOne<T = AnyObject>(env: Env, r: Omit<ApiRequest, 'verb'>): T | undefined {
  const answer = env.request({ verb: 'get', ...r });
  return answer.ok ? (answer.object as T) : undefined;
}

export const controllerName = (o: KubeObject): string | undefined => {
  const ref = controllerOf(o);
  return ref && `${ref.kind}/${ref.name}`;
};

const eventTime = (e: Event): number => (e.lastTimestamp ? Date.parse(e.lastTimestamp) : 0);

/** `5s`, or `5s (x3 over 1m)` for what was repeated. */
function eventAge(e: Event, now: number): string {
  const age = (t: string | null | undefined): string => (t ? humanDuration(now - Date.parse(t)) : '<unknown>');
  if (e.series)
    return `${age(e.series.lastObservedTime)} (x${e.series.count} over ${age(e.eventTime ?? e.firstTimestamp)})`;
  if ((e.count ?? 1) > 1) return `${age(e.lastTimestamp)} (x${e.count} over ${age(e.firstTimestamp)})`;
  return age(e.firstTimestamp ?? e.eventTime);
}

/** The Events about an object, sorted by their last time only: those of events.k8s.io have none and come first. */
export function events(s: Subject<KubeObject>): void {
  if (!s.showEvents) return;
  const { object, env, w } = s;
  const uids = object.kind === 'Node' ? [object.metadata.name, object.metadata.uid] : [object.metadata.uid];
  const all = listAll<Event>(env, {
    resource: 'events',
    ...(object.metadata.namespace ? { namespace: object.metadata.namespace } : {}),
  });
  const own = all.filter(
    (e) =>
      e.involvedObject.kind === object.kind &&
      e.involvedObject.name === object.metadata.name &&
      uids.includes(e.involvedObject.uid ?? ''),
  );
  eventTable(w, own, env.now());
}

export function eventTable(w: Writer, list: readonly Event[], now: number): void {
  if (!list.length) {
    w.line(0, 'Events:\t<none>');
    return;
  }
  w.flush();
  w.line(0, 'Events:\n  Type\tReason\tAge\tFrom\tMessage');
  w.line(0, '  ----\t------\t----\t----\t-------');
  const order = [...list].map((e, i) => ({ e, i })).sort((a, b) => eventTime(a.e) - eventTime(b.e) || a.i - b.i);
  for (const { e } of order) {
    const from = e.source?.component || e.reportingComponent || '';
    const path = e.involvedObject.fieldPath ? `${e.involvedObject.fieldPath}: ` : '';
    w.line(1, `${e.type}\t${e.reason}\t${eventAge(e, now)}\t${from}\t${path}${(e.message ?? '').trim()}`);
  }
}

/** One toleration: `key=value:Effect op=Exists for 300s`. */
export function tolerationText(t: Toleration): string {
  let text = t.key ?? '';
  if (t.value) text += `=${t.value}`;
  if (t.effect) text += `:${t.effect}`;
  if (t.operator === 'Exists' && !t.value) text += text || t.key ? ' op=Exists' : 'op=Exists';
  if (t.tolerationSeconds !== undefined) text += ` for ${t.tolerationSeconds}s`;
  return text;
}

export function tolerationsField(w: Writer, tolerations: readonly Toleration[] | undefined, level = 0): void {
  const texts = [...(tolerations ?? [])].sort((a, b) => byText(a.key ?? '', b.key ?? '')).map(tolerationText);
  w.line(level, `Tolerations:\t${texts[0] ?? '<none>'}`);
  for (const t of texts.slice(1)) w.line(level, `\t${t}`);
}

/** `Type Status …` rows of conditions under a header line. */
export const quoteList = (list: readonly string[] | undefined): string => `[${(list ?? []).join(' ')}]`;
