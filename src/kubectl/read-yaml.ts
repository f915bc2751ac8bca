/**
 * YAML as kubectl reads it, with go-yaml's complaints and the places of all values.
 * Upstream: k8s.io/apimachinery/pkg/util/yaml, sigs.k8s.io/yaml, go-yaml v2
 */
import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type ScalarTag,
  type Tags,
} from 'yaml';
import { fromBase64 } from './values.ts';
import { type Complaint, checkYaml } from './yaml/check.ts';

export interface YamlDocument {
  /** 0-based line of the file at which the document's text begins. */
  line: number;
  text: string;
}

/** Cuts a file at its `---` lines, as kubectl does before it parses anything. */
export function splitDocuments(text: string): YamlDocument[] {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const out: YamlDocument[] = [];
  let from = 0;
  lines.forEach((l, i) => {
    if (i === 0 || !l.startsWith('---')) return;
    out.push({ line: from, text: lines.slice(from, i).join('\n') });
    from = i + 1;
  });
  out.push({ line: from, text: lines.slice(from).join('\n') });
  return out;
}

export type YamlResult = { value: unknown } | Complaint;

/** The value of one document, or what is wrong with it; `line` and `column` are 0-based within the document. */
export function readYaml(text: string): YamlResult {
  const complaint = checkYaml(text);
  if (complaint) return complaint;
  const doc = parse(text, new LineCounter())[0];
  if (!doc) return { value: null };
  if (doc.errors.some((e) => e.message === INVALID_BINARY))
    return { message: `yaml: ${INVALID_BINARY}`, line: 0, column: 0 };
  try {
    return { value: doc.toJS({ maxAliasCount: 100 }) as unknown };
  } catch {
    return { message: 'yaml: document contains excessive aliasing', line: 0, column: 0 };
  }
}

const TAG = 'tag:yaml.org,2002:';
const INVALID_BINARY = '!!binary value contains invalid base64 data';

/** Bytes are a text in JSON. */
const BINARY: ScalarTag = {
  tag: `${TAG}binary`,
  resolve(text, onError) {
    const decoded = fromBase64(text);
    if (decoded === undefined) onError(INVALID_BINARY);
    return decoded ?? '';
  },
};
/** Plain lists and maps in JSON; times are texts. */
const PLAIN = new Set(['timestamp', 'binary', 'set', 'omap', 'pairs'].map((name) => TAG + name));

/** Times and base-60 numbers are texts in a manifest. */
const KEPT = (tags: Tags): Tags => [
  ...tags.filter((t) => typeof t === 'string' || !(PLAIN.has(t.tag) || ('format' in t && t.format === 'TIME'))),
  BINARY,
];

function parse(text: string, lineCounter: LineCounter): Document.Parsed[] {
  const docs = parseAllDocuments(text, {
    lineCounter,
    version: '1.1',
    uniqueKeys: false,
    prettyErrors: false,
    merge: true,
    customTags: KEPT,
    logLevel: 'silent',
  });
  return Array.isArray(docs) ? (docs as Document.Parsed[]) : [];
}

/** A stretch of a file: 1-based lines and columns. */
export interface Range {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/**
 * Where a field stands: `spec.containers[0].image`. When the field is absent, the nearest one around it that is there.
 * `document` gives its first line in the file.
 */
export function locate(document: YamlDocument, path: string): Range {
  const counter = new LineCounter();
  const doc = parse(document.text, counter)[0];
  let node: Node | null | undefined = doc?.contents as Node | null | undefined;
  let span: readonly [number, number] = firstLine(document.text);
  for (const step of path.split(/[.[\]]+/).filter(Boolean)) {
    if (isMap(node)) {
      const pair = node.items.find((p) => isScalar(p.key) && String(p.key.value) === step);
      if (!isPair(pair)) break;
      const key = (pair.key as Node).range!;
      node = pair.value as Node | null;
      span = isScalar(node) && node.range ? [key[0], node.range[1]] : [key[0], key[1]];
    } else if (isSeq(node)) {
      node = node.items[Number(step)] as Node | undefined;
      if (!node?.range) break;
      span = [node.range[0], Math.min(node.range[1], endOfLine(document.text, node.range[0]))];
    } else break;
  }
  const from = counter.linePos(span[0]);
  const to = counter.linePos(Math.max(span[1], span[0] + 1));
  return { line: from.line + document.line, column: from.col, endLine: to.line + document.line, endColumn: to.col };
}

function firstLine(text: string): [number, number] {
  const at = Math.max(text.search(/\S/), 0);
  return [at, endOfLine(text, at)];
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
