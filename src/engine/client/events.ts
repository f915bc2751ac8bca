import type { Event } from '../api/core.ts';
import { type KubeObject, keyOf } from '../api/meta.ts';
import type { Random } from '../sim/random.ts';
import { type Ms, parseTime, rfc3339, rfc3339Micro } from '../sim/time.ts';
import type { Client } from './client.ts';
import type { Lister } from './lister.ts';
import type { EventNote, Recorder } from './recorder.ts';

interface RecorderOptions {
  api: Client;
  list: Lister;
  component: string;
  random: Random;
  now: () => Ms;
}

/** From this many different messages of one kind on, further ones share a single Event. */
const MAX_SIMILAR = 10;
/** Messages that lie further apart than this are not similar. */
const SIMILAR_MS = 600_000;
const COMBINED = '(combined from similar events): ';

interface Source {
  component: string;
  host?: string;
}

/** What similar events share: everything but the message. */
const similarKey = (uid: string, type: string, reason: string, source: Source): string =>
  [uid, type, reason, source.component, source.host ?? ''].join('\0');

const isCombined = (e: Event): boolean => e.message?.startsWith(COMBINED) ?? false;

/** Reporters of the events.k8s.io group name themselves only in the newer fields. */
const sourceOf = (e: Event): Source => ({
  component: e.reportingComponent ?? '',
  ...(e.action || !e.reportingInstance ? {} : { host: e.reportingInstance }),
});

/** The host on which the control plane runs. */
const CONTROL_PLANE_HOST = 'k8s-master';
/** A series of equal events ends when it pauses for so long; while it goes on it is written this seldom. */
const SERIES_PAUSE_MS = 360_000;
const SERIES_REFRESH_MS = 1_800_000;

const lastSeen = (e: Event): Ms =>
  parseTime(e.lastTimestamp ?? e.series?.lastObservedTime ?? e.eventTime ?? e.metadata.creationTimestamp) ?? 0;

/**
 * Which stored Events are similar. What becomes of a piece of news depends on the stored Events alone; this only finds
 * them quickly, and is built anew after a restore.
 */
class SimilarEvents {
  readonly #keys = new Map<string, string[]>();

  constructor(list: Lister) {
    for (const e of list.list<Event>('Event')) {
      const uid = e.involvedObject?.uid;
      if (uid) this.add(similarKey(uid, e.type ?? '', e.reason ?? '', sourceOf(e)), keyOf(e));
    }
  }

  add(similar: string, key: string): void {
    const keys = this.#keys.get(similar);
    if (keys) keys.push(key);
    else this.#keys.set(similar, [key]);
  }

  /** Those that are still there, oldest first. */
  find(list: Lister, similar: string): Event[] {
    const keys = this.#keys.get(similar);
    if (!keys) return [];
    const events = keys.map((k) => list.byKey<Event>('Event', k)).filter((e) => e !== undefined);
    if (events.length < keys.length) this.#keys.set(similar, events.map(keyOf));
    return events;
  }
}

/** Whether so many different messages came without a pause that a further one goes to the combined Event. */
function tooMany(similar: readonly Event[], now: Ms): boolean {
  if (similar.length < MAX_SIMILAR - 1) return false;
  let at = now;
  let count = 0;
  for (const seen of similar.map(lastSeen).sort((a, b) => b - a)) {
    if (at - seen > SIMILAR_MS) break;
    at = seen;
    count++;
  }
  return count >= MAX_SIMILAR - 1;
}

/** The last instant whose nanoseconds were asked for: many Events share one. */
let instant = { ms: -1, nanos: 0n };

/** `<object>.<nanoseconds in hex>`: names of one object's Events sort by time. */
function freshName(list: Lister, namespace: string, object: string, now: Ms): string {
  if (instant.ms !== now) instant = { ms: now, nanos: BigInt(Math.floor(now)) * 1_000_000n };
  for (let { nanos } = instant; ; nanos++) {
    const name = `${object}.${nanos.toString(16)}`;
    if (!list.get('Event', namespace, name)) return name;
  }
}

/**
 * Events through the API: repeats are counted in one object, and many different messages of one kind end up in one.
 * Upstream: k8s.io/client-go/tools/record/events_cache.go
 */
export function makeRecorder(options: RecorderOptions): Recorder {
  const { api, list, now } = options;
  let index: SimilarEvents | undefined;
  return {
    event(object, note) {
      index ??= new SimilarEvents(list);
      const source = note.source ?? { component: options.component };
      const similarTo = similarKey(object.metadata.uid, note.type, note.reason, source);
      const similar = index.find(list, similarTo);
      const same = (e: Event): boolean =>
        e.message === note.message && (e.involvedObject.fieldPath ?? '') === (note.fieldPath ?? '');
      const combine =
        !note.action &&
        !similar.some(same) &&
        tooMany(
          similar.filter((e) => !isCombined(e)),
          now(),
        );
      const message = combine ? COMBINED + note.message : note.message;
      const known = similar.findLast(combine ? isCombined : same);
      if (known && note.action) {
        if (continueSeries(known, api, now())) return;
      } else if (known) {
        const count = (known.count ?? known.series?.count ?? 1) + 1;
        api.update<Event>({ ...known, message, count, lastTimestamp: rfc3339(now()) });
        return;
      }
      const namespace = object.metadata.namespace ?? 'default';
      const name = freshName(list, namespace, object.metadata.name, now());
      index.add(similarTo, `${namespace}/${name}`);
      api.create<Event>(newEvent(object, { ...note, message }, source, { name, namespace }, now()));
    },
  };
}

/** Whether a repeat belongs to the series of `known`; only its start and its refreshes are written. */
function continueSeries(known: Event, api: Client, now: Ms): boolean {
  const pause = now - lastSeen(known);
  if (!known.series && pause > SERIES_PAUSE_MS) return false;
  if (known.series && pause < SERIES_REFRESH_MS) return true;
  const series = { count: (known.series?.count ?? 1) + 1, lastObservedTime: rfc3339Micro(now) };
  api.update<Event>({ ...known, series });
  return true;
}

function newEvent(
  object: KubeObject,
  note: EventNote,
  source: Source,
  metadata: { name: string; namespace: string },
  now: Ms,
): Parameters<Client['create']>[0] & Event {
  const at = rfc3339(now);
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata,
    involvedObject: {
      kind: object.kind,
      apiVersion: object.apiVersion,
      name: object.metadata.name,
      uid: object.metadata.uid,
      ...(object.metadata.namespace ? { namespace: object.metadata.namespace } : {}),
      ...(note.fieldPath ? { fieldPath: note.fieldPath } : {}),
      resourceVersion: object.metadata.resourceVersion,
    },
    type: note.type,
    reason: note.reason,
    message: note.message,
    reportingComponent: source.component,
    ...(note.action
      ? {
          action: note.action,
          source: {},
          reportingInstance: `${source.component}-${CONTROL_PLANE_HOST}`,
          eventTime: rfc3339Micro(now),
          firstTimestamp: null,
          lastTimestamp: null,
        }
      : {
          source,
          reportingInstance: source.host ?? '',
          eventTime: null,
          firstTimestamp: at,
          lastTimestamp: at,
          count: 1,
        }),
  } as unknown as Event;
}
