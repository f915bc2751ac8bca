import type { AnyObject } from '../engine/api/meta.ts';
import { readYaml, splitDocuments } from '../kubectl/read-yaml.ts';

/** Objects of a text with several documents, Lists unfolded; what is no object is left out. */
export function clusterObjects(text: string): AnyObject[] {
  return splitDocuments(text).flatMap((d) => {
    const r = readYaml(d.text);
    if (!('value' in r) || !r.value) return [];
    const o = r.value as AnyObject;
    return Array.isArray(o.items) && String(o.kind).endsWith('List') ? (o.items as AnyObject[]) : [o];
  });
}
