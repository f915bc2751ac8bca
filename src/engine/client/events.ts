import type { Event } from '../api/core.ts';
import type { KubeObject } from '../api/meta.ts';
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

/** What equal events share. */
const equalKey = (similar: string, message: string, fieldPath = ''): string => [similar, message, fieldPath].join('\0');

/** The last Event of each kind of news, found again from the stored Events after a restore. */
class Correlator {
  /** Equal key (or, for combined ones, similar key) → `namespace/name`. */
  readonly #names = new Map<string, string>();
  readonly #messages = new Map<string, { seen: Set<string>; last: Ms }>();

  constructor(list: Lister) {
    for (const e of list.list<Event>('Event')) {
      const uid = e.involvedObject?.uid;
      if (!uid || !e.source?.component) continue;
      const similar = similarKey(uid, e.type ?? '', e.reason ?? '', e.source as Source);
      const combined = e.message?.startsWith(COMBINED);
      const key = combined ? similar : equalKey(similar, e.message ?? '', e.involvedObject.fieldPath);
      this.#names.set(key, `${e.metadata.namespace}/${e.metadata.name}`);
      if (!combined)
        this.#note(similar, e.message ?? '', parseTime(e.lastTimestamp ?? e.metadata.creationTimestamp) ?? 0);
    }
  }

  /** The key under which news is counted; `combined` once there are too many different messages. */
  keyOf(similar: string, note: EventNote, now: Ms): { key: string; combined: boolean } {
    const seen = this.#note(similar, note.message, now);
    if (seen.size < MAX_SIMILAR) return { key: equalKey(similar, note.message, note.fieldPath), combined: false };
    const [first] = seen;
    seen.delete(first!);
    return { key: similar, combined: true };
  }

  #note(similar: string, message: string, at: Ms): Set<string> {
    let record = this.#messages.get(similar);
    if (!record || at - record.last > SIMILAR_MS) {
      record = { seen: new Set(), last: at };
      this.#messages.set(similar, record);
    }
    record.seen.add(message);
    record.last = at;
    return record.seen;
  }

  known(key: string): string | undefined {
    return this.#names.get(key);
  }

  remember(key: string, name: string): void {
    this.#names.set(key, name);
  }
}

/** `<object>.<nanoseconds in hex>`: names of one object's Events sort by time. */
function freshName(list: Lister, namespace: string, object: string, now: Ms): string {
  for (let nanos = BigInt(Math.floor(now)) * 1_000_000n; ; nanos++) {
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
  let correlator: Correlator | undefined;
  return {
    event(object, note) {
      correlator ??= new Correlator(list);
      const source = note.source ?? { component: options.component };
      const similar = similarKey(object.metadata.uid, note.type, note.reason, source);
      const { key, combined } = correlator.keyOf(similar, note, now());
      const message = combined ? COMBINED + note.message : note.message;
      const at = rfc3339(now());
      const name = correlator.known(key);
      const known = name === undefined ? undefined : list.byKey<Event>('Event', name);
      if (known) {
        const count = (known.count ?? known.series?.count ?? 1) + 1;
        api.update<Event>({ ...known, message, count, lastTimestamp: at });
        return;
      }
      const namespace = object.metadata.namespace ?? 'default';
      const fresh = freshName(list, namespace, object.metadata.name, now());
      correlator.remember(key, `${namespace}/${fresh}`);
      api.create<Event>(newEvent(object, { ...note, message }, source, { name: fresh, namespace }, now()));
    },
  };
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
    source,
    reportingComponent: source.component,
    reportingInstance: source.host ?? '',
    ...(note.action
      ? { action: note.action, eventTime: rfc3339Micro(now), firstTimestamp: null, lastTimestamp: null, count: 1 }
      : { eventTime: null, firstTimestamp: at, lastTimestamp: at, count: 1 }),
  } as unknown as Event;
}
