import { isMap, isScalar, isSeq, type Pair, type Node as YamlNode } from 'yaml';
import type { PodRow } from '../../view/rows.ts';
import { documents, makes } from './lens.ts';

/** Makes a remedy's change in a manifest by touching only the text it is about, so that everything else stays as it was written. */

export type Edit =
  | { kind: 'request'; container: string; resource: string; to: string }
  | { kind: 'selector'; key: string }
  | { kind: 'toleration'; taint: string }
  | { kind: 'priority'; name: string };

interface Place {
  text: string;
  /** The pod template's spec. */
  spec: YamlNode;
}

function placeOf(text: string, pod: PodRow): Place | undefined {
  const found = documents(text).find((d) => makes(d, pod));
  const spec = found?.spec;
  if (!isMap(spec)) return undefined;
  return { text, spec };
}

const pairOf = (map: YamlNode, key: string): Pair<YamlNode> | undefined =>
  isMap(map) ? (map.items as Pair<YamlNode>[]).find((p) => isScalar(p.key) && p.key.value === key) : undefined;

const splice = (text: string, from: number, to: number, by: string): string =>
  text.slice(0, from) + by + text.slice(to);

/** Where the line of an offset begins. */
const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

function lowerRequest({ text, spec }: Place, edit: Extract<Edit, { kind: 'request' }>): string | undefined {
  const containers = pairOf(spec, 'containers')?.value;
  if (!isSeq(containers)) return undefined;
  for (const c of containers.items) {
    if (!isMap(c) || c.get('name') !== edit.container) continue;
    const value = c.getIn(['resources', 'requests', edit.resource], true);
    if (!isScalar(value) || !value.range) return undefined;
    return splice(text, value.range[0], value.range[1], edit.to);
  }
  return undefined;
}

/** Takes a pair out; the key above it goes too when nothing else is left under it. */
function dropSelector({ text, spec }: Place, key: string): string | undefined {
  const outer = pairOf(spec, 'nodeSelector');
  const selector = outer?.value;
  if (!outer || !isMap(selector)) return undefined;
  const inner = pairOf(selector, key);
  const from = (selector.items.length === 1 ? outer : inner)?.key.range?.[0];
  // a block map ends where the next line begins, its last value where that ends
  const to = (inner?.value as YamlNode | null | undefined)?.range?.[1];
  if (from === undefined || to === undefined) return undefined;
  const end = text.indexOf('\n', to);
  return splice(text, lineStart(text, from), end < 0 ? text.length : end + 1, '');
}

/** Puts lines before `containers`, at its depth. */
function insert({ text, spec }: Place, lines: readonly string[]): string | undefined {
  const at = pairOf(spec, 'containers')?.key.range?.[0];
  if (at === undefined) return undefined;
  const start = lineStart(text, at);
  const indent = text.slice(start, at);
  if (indent.trim()) return undefined;
  return splice(text, start, start, lines.map((l) => `${indent}${l}\n`).join(''));
}

/** `key=value:Effect` as the lines of a toleration. */
function tolerationLines(taint: string): string[] {
  const m = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(taint);
  if (!m) return [];
  const value = m[2] ? ['  operator: Equal', `  value: "${m[2]}"`] : ['  operator: Exists'];
  return [`- key: ${m[1]}`, ...value, `  effect: ${m[3]}`];
}

function addToleration(place: Place, taint: string): string | undefined {
  const lines = tolerationLines(taint);
  const list = pairOf(place.spec, 'tolerations')?.value;
  if (!lines.length) return undefined;
  if (!list) return insert(place, ['tolerations:', ...lines]);
  const first = isSeq(list) && !list.flow ? (list.items[0] as YamlNode | undefined)?.range?.[0] : undefined;
  if (first === undefined) return undefined;
  const start = lineStart(place.text, first);
  const indent = /^\s*/.exec(place.text.slice(start))![0];
  return splice(place.text, start, start, lines.map((l) => `${indent}${l}\n`).join(''));
}

/** The text with the change made, or `undefined` when the manifest has no such place. */
export function editedText(text: string, pod: PodRow, edit: Edit): string | undefined {
  const place = placeOf(text, pod);
  if (!place) return undefined;
  switch (edit.kind) {
    case 'request':
      return lowerRequest(place, edit);
    case 'selector':
      return dropSelector(place, edit.key);
    case 'toleration':
      return addToleration(place, edit.taint);
    case 'priority':
      return pairOf(place.spec, 'priorityClassName') ? undefined : insert(place, [`priorityClassName: ${edit.name}`]);
  }
}
