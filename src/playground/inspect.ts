import type { Event } from '../engine/api/core.ts';
import { type AnyObject, splitKey } from '../engine/api/meta.ts';
import { parseTime } from '../engine/index.ts';
import { printYaml } from '../kubectl/print/yaml.ts';
import type { Playground } from './playground.ts';

export interface Inspection {
  yaml: string;
  events: { type: string; reason: string; message: string; from: string; count: number; lastMs: number }[];
  object: unknown;
}

/** One object as kubectl prints it, with its Events, oldest first; `null` when there is none. */
export function inspect(playground: Playground, kind: string, key: string): Inspection | null {
  const { list } = playground.cluster;
  const object = list.byKey<AnyObject>(kind, key);
  if (!object) return null;
  const { namespace } = splitKey(key);
  const events: Inspection['events'] = [];
  for (const e of list.list<Event>('Event', namespace ?? 'default')) {
    const about = e.involvedObject;
    if (about.kind !== kind || (about.uid !== object.metadata.uid && about.uid !== object.metadata.name)) continue;
    events.push({
      type: e.type ?? '',
      reason: e.reason ?? '',
      message: e.message ?? '',
      from: e.source?.component ?? e.reportingComponent ?? '',
      count: e.series?.count ?? e.count ?? 1,
      lastMs:
        parseTime(e.series?.lastObservedTime ?? e.lastTimestamp ?? e.eventTime ?? e.metadata.creationTimestamp) ?? 0,
    });
  }
  events.sort((a, b) => a.lastMs - b.lastMs);
  const { managedFields: _, ...metadata } = object.metadata;
  return { yaml: printYaml({ ...object, metadata }), events, object };
}
