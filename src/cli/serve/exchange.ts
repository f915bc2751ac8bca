/** One HTTP request and how it is answered: objects, Status, warnings. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { stringify } from 'yaml';
import type { ApiStatus } from '../../engine/api/meta.ts';

export interface Exchange {
  req: IncomingMessage;
  res: ServerResponse;
  url: URL;
}

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
