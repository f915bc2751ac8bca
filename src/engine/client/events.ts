import type { Event } from '../api/core.ts';
import type { KubeObject } from '../api/meta.ts';
import { fnv64 } from '../sim/hash.ts';
import type { Random } from '../sim/random.ts';
import { type Ms, rfc3339, rfc3339Micro } from '../sim/time.ts';
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

/** The name under which a repeat finds its first Event: same object, words and source give the same name. */
function eventName(object: KubeObject, note: EventNote, component: string): string {
  const identity = [object.metadata.uid, note.type, note.reason, note.message, note.fieldPath ?? '', component].join('\0');
  return `${object.metadata.name}.${fnv64(identity)}`;
}

/**
 * Events through the API, repeats counted in one object.
 * Upstream: k8s.io/client-go/tools/record (EventCorrelator's exact-duplicate rule).
 */
export function makeRecorder(options: RecorderOptions): Recorder {
  const { api, list, now } = options;
  return {
    event(object, note) {
      const source = note.source ?? { component: options.component };
      const namespace = object.metadata.namespace ?? 'default';
      const name = eventName(object, note, source.component + (source.host ?? ''));
      const at = rfc3339(now());
      const known = list.get<Event>('Event', namespace, name);
      if (known) {
        const count = (known.count ?? known.series?.count ?? 1) + 1;
        api.update<Event>({ ...known, count, lastTimestamp: at });
        return;
      }
      api.create<Event>({
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name, namespace },
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
          ? { action: note.action, eventTime: rfc3339Micro(now()), firstTimestamp: null, lastTimestamp: null, count: 1 }
          : { eventTime: null, firstTimestamp: at, lastTimestamp: at, count: 1 }),
      });
    },
  };
}
