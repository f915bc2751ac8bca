/** Kinds without a layout of their own: the object, field by field. Upstream: k8s.io/kubectl/pkg/describe genericDescriber */
import type { AnyObject } from '../../engine/api/meta.ts';
import { annotationsField, byText, events, labelsField, type Subject } from './common.ts';
import type { Writer } from './writer.ts';

/** `creationTimestamp` → `Creation Timestamp`. */
function title(key: string): string {
  const words = key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const SKIPPED: Readonly<Record<string, readonly string[]>> = {
  '': ['apiVersion', 'kind'],
  metadata: ['name', 'namespace', 'labels', 'annotations', 'managedFields'],
};

function contentLines(w: Writer, level: number, content: Record<string, unknown>, path: string): void {
  const skipped = SKIPPED[path] ?? [];
  for (const key of Object.keys(content)
    .filter((k) => !skipped.includes(k))
    .sort(byText)) {
    const value = content[key];
    const name = title(key);
    if (value === null || value === undefined) continue;
    if (Array.isArray(value)) {
      w.line(level, `${name}:`);
      for (const item of value) {
        if (item !== null && typeof item === 'object')
          contentLines(w, level + 1, item as Record<string, unknown>, `${path}.${key}`);
        else w.line(level + 1, String(item));
      }
    } else if (typeof value === 'object') {
      w.line(level, `${name}:`);
      contentLines(w, level + 1, value as Record<string, unknown>, path ? `${path}.${key}` : key);
    } else w.line(level, `${name}:\t${value}`);
  }
}

export function describeGeneric(s: Subject<AnyObject>): void {
  const { object: o, w } = s;
  w.field('Name', o.metadata.name);
  w.field('Namespace', o.metadata.namespace ?? '');
  labelsField(w, o.metadata.labels);
  annotationsField(w, o.metadata.annotations);
  w.field('API Version', o.apiVersion);
  w.field('Kind', o.kind);
  contentLines(w, 0, o, '');
  events(s);
}
