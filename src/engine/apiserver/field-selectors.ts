/** Field selectors from a query. Upstream: k8s.io/apimachinery/pkg/fields/selector.go */
import type { ResourceInfo } from '../api/discovery.ts';
import type { AnyObject } from '../api/meta.ts';
import type { Parsed } from './selectors.ts';

export interface FieldTerm {
  field: string;
  not: boolean;
  value: string;
}

/** Cuts at commas that no backslash hides. */
function splitTerms(text: string): string[] {
  const out: string[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === ',') {
      out.push(text.slice(start, i));
      start = i + 1;
    }
  }
  out.push(text.slice(start));
  return out;
}

function unescaped(value: string): Parsed<string> {
  let out = '';
  for (let i = 0; i < value.length; i++) {
    const c = value[i]!;
    if (c === '\\') {
      const next = value[++i];
      if (next !== '\\' && next !== ',' && next !== '=')
        return { error: `invalid field selector: invalid escape sequence: \\${next ?? ''}` };
      out += next;
    } else if (c === ',' || c === '=') return { error: `invalid field selector: unescaped character in value: ${c}` };
    else out += c;
  }
  return { selector: out };
}

/** Parses `spec.nodeName=a,status.phase!=Running`. */
export function parseFieldSelector(text: string): Parsed<FieldTerm[]> {
  const terms: FieldTerm[] = [];
  for (const part of splitTerms(text)) {
    if (part === '') continue;
    const at = part.search(/!=|==|=/);
    if (at < 0) return { error: `invalid selector: '${text}'; can't understand '${part}'` };
    const not = part[at] === '!';
    const width = not || part[at + 1] === '=' ? 2 : 1;
    const value = unescaped(part.slice(at + width));
    if ('error' in value) return value;
    terms.push({ field: part.slice(0, at), not, value: value.selector });
  }
  return { selector: terms };
}

const INVOLVED = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'];

/** Which fields a selector may name, by kind, beside `metadata.name` and `metadata.namespace`. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.podIPs',
    'status.nominatedNodeName',
  ],
  Node: ['spec.unschedulable'],
  Namespace: ['status.phase'],
  Secret: ['type'],
  ReplicaSet: ['status.replicas'],
  ReplicationController: ['status.replicas'],
  Job: ['status.successful'],
  Event: [...INVOLVED.map((f) => `involvedObject.${f}`), 'reason', 'reportingComponent', 'source', 'type'],
  Service: ['spec.clusterIP', 'spec.type'],
};

/** What an absent field counts as where that is not the empty text. */
const ABSENT: Readonly<Record<string, string>> = {
  'spec.unschedulable': 'false',
  'spec.hostNetwork': 'false',
  'status.replicas': '0',
  'status.successful': '0',
};

/** Where a field is kept when its name is not its path. */
const PATHS: Readonly<Record<string, string>> = { source: 'source.component', 'status.successful': 'status.succeeded' };

function fieldOf(o: AnyObject, field: string): string {
  let at: unknown = o;
  for (const step of (PATHS[field] ?? field).split('.')) at = (at as Record<string, unknown> | undefined)?.[step];
  if (Array.isArray(at)) return (at as { ip?: string }[]).map((e) => e.ip ?? '').join(',');
  return at === undefined || at === null ? (ABSENT[field] ?? '') : String(at);
}

/** The complaint about the first term whose field this kind does not offer. */
export function unsupportedField(terms: readonly FieldTerm[], info: ResourceInfo): string | undefined {
  const known = FIELDS[info.kind] ?? [];
  const bad = terms.find(
    (t) =>
      t.field !== 'metadata.name' && !(t.field === 'metadata.namespace' && info.namespaced) && !known.includes(t.field),
  );
  if (!bad) return undefined;
  return FIELDS[info.kind]
    ? `field label not supported: ${bad.field}`
    : `"${bad.field}" is not a known field selector: only "metadata.name", "metadata.namespace"`;
}

export const matchesFields = (terms: readonly FieldTerm[], o: AnyObject): boolean =>
  terms.every((t) => (fieldOf(o, t.field) === t.value) !== t.not);
