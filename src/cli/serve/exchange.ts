/** One HTTP request and how it is answered: bodies, Status objects, warnings. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { stringify } from 'yaml';
import type { ApiStatus } from '../../engine/api/meta.ts';
import { readJson } from '../../kubectl/read-json.ts';
import { readYaml } from '../../kubectl/read-yaml.ts';

export interface Exchange {
  req: IncomingMessage;
  res: ServerResponse;
  url: URL;
}

/** What the API server takes in one request. */
const BODY_MAX_BYTES = 3 * 1024 * 1024;

/** A refusal, thrown to the one place that answers it. */
export class Refused extends Error {
  readonly status: ApiStatus;
  constructor(status: ApiStatus) {
    super(status.message);
    this.status = status;
  }
}

/** A refusal on the way through HTTP, before the API server is asked. */
export const refused = (code: number, reason: string, message: string): Refused =>
  new Refused({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message });

/** A Status as it is sent, in the order of upstream's fields. */
export const statusObject = (s: ApiStatus): Record<string, unknown> => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: s.status,
  ...(s.message ? { message: s.message } : {}),
  ...(s.reason ? { reason: s.reason } : {}),
  ...(s.details ? { details: s.details } : {}),
  code: s.code,
});

/** A header value: one line, and bytes as HTTP takes them. */
const headerText = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters would end the header
  Buffer.from(text.replace(/[\u0000-\u001f\u007f]+/g, ' '), 'utf8').toString('latin1');

/** `Warning: 299 - "…"`, one a warning. Upstream: apimachinery/pkg/util/net.NewWarningHeader */
export function setWarnings(res: ServerResponse, warnings: readonly string[]): void {
  if (warnings.length)
    res.setHeader(
      'Warning',
      warnings.map((w) => `299 - "${headerText(w).replace(/[\\"]/g, '\\$&')}"`),
    );
}

/** Sends an object and ends the exchange. */
export function send(res: ServerResponse, code: number, object: unknown, media: string = 'application/json'): void {
  const text =
    media === 'application/yaml' ? stringify(object, { aliasDuplicateObjects: false }) : `${JSON.stringify(object)}\n`;
  res.writeHead(code, { 'Content-Type': media, 'Cache-Control': 'no-cache, private' });
  res.end(text);
}

export function sendStatus(res: ServerResponse, status: ApiStatus): void {
  const wait = status.details?.retryAfterSeconds;
  if (wait !== undefined) res.setHeader('Retry-After', String(wait));
  send(res, status.code, statusObject(status));
}

export function sendText(res: ServerResponse, code: number, text: string): void {
  res.writeHead(code, { 'Content-Type': 'text/plain; charset=utf-8' });
  res.end(text);
}

/** The whole body as text. */
export async function bodyText(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_MAX_BYTES)
      throw refused(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${BODY_MAX_BYTES}`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A body as a value: JSON, or YAML where that is what it is. An empty one is `undefined`. */
export function bodyValue(text: string, yaml: boolean): unknown {
  if (!text.trim()) return undefined;
  const json = readJson(text);
  if ('value' in json && !text.slice(json.end).trim()) return json.value;
  if (!yaml) {
    const why = 'problem' in json ? json.problem.message : 'invalid character after top-level value';
    throw refused(400, 'BadRequest', `couldn't get version/kind; json parse error: ${why}`);
  }
  const read = readYaml(text);
  if ('message' in read)
    throw refused(400, 'BadRequest', `error decoding YAML: error converting YAML to JSON: ${read.message}`);
  return read.value;
}
