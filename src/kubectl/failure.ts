/**
 * Why a command ends: a refusal of the server, a sentence, or several of them, and how kubectl words each.
 * Upstream: k8s.io/kubectl/pkg/cmd/util/helpers.go (checkErr)
 */
import type { ApiStatus } from '../engine/api/meta.ts';

interface FailureOptions {
  status?: ApiStatus;
  all?: readonly Failure[];
  exitCode?: number;
  bare?: boolean;
}

export class Failure extends Error {
  readonly exitCode: number;
  readonly status: ApiStatus | undefined;
  /** Several failures in one (files, names); printed one a line. */
  readonly all: readonly Failure[] | undefined;
  /** Printed without `error: ` before it. */
  readonly bare: boolean;

  constructor(message: string, options: FailureOptions = {}) {
    super(message);
    this.status = options.status;
    this.all = options.all;
    this.bare = options.bare ?? false;
    this.exitCode = options.exitCode ?? 1;
  }
}

/** A word that names no resource, where the mapper alone is asked for it. */
export function noSuchResource(word: string): Failure {
  const dot = word.indexOf('.');
  const where = dot < 0 ? '' : ` in group ${quote(word.slice(dot + 1))}`;
  return new Failure(`the server doesn't have a resource type ${quote(dot < 0 ? word : word.slice(0, dot))}${where}`, {
    bare: true,
  });
}

export const failure = (message: string, exitCode = 1): Failure => new Failure(message, { exitCode });

/** A wrong call: the sentence and where to read more. `path` is the command without `kubectl`. */
export const usageFailure = (path: string, message: string): Failure =>
  new Failure(`${message}\nSee '${['kubectl', path].filter(Boolean).join(' ')} -h' for help and examples`);

export const statusFailure = (status: ApiStatus): Failure => new Failure(status.message, { status });

/** Nothing more to print; only the exit code. */
export const silentFailure = (exitCode = 1): Failure => new Failure('', { exitCode, all: [] });

/** One failure of several; none gives `undefined`. */
export function aggregate(failures: readonly Failure[]): Failure | undefined {
  const flat = failures.flatMap((f) => (f.all ? f.all : [f]));
  if (flat.length <= 1) return flat[0];
  return new Failure(aggregateText(flat), { all: flat });
}

/** How Go prints an aggregate inside a sentence: `[a, b]`, equal texts once. */
export function aggregateText(failures: readonly Failure[]): string {
  const texts = [...new Set(failures.map((f) => f.message))];
  return texts.length === 1 ? texts[0]! : `[${texts.join(', ')}]`;
}

/** Puts `error when creating "f.yaml": ` before the message. */
export function withSource(verb: string, source: string, f: Failure): Failure {
  if (!source) return f;
  const message = `error when ${verb} ${quote(source)}: ${f.message}`;
  return f.status ? new Failure(message, { status: { ...f.status, message } }) : new Failure(message);
}

/** The text for standard error, with its newline. */
export function failureText(f: Failure): string {
  if (f.all?.length === 0) return '';
  if (f.all) return f.all.map((one) => `${lineOf(one)}\n`).join('');
  if (f.status?.reason === 'Invalid') return `${invalidText(f.status)}\n`;
  const line = f.status ? statusLine(f.status) : f.message;
  return `${f.status || f.bare || line.startsWith('error: ') ? line : `error: ${line}`}\n`;
}

/** A failure as one item of a list: refusals in full, sentences bare. */
export const lineOf = (f: Failure): string => (f.status ? statusLine(f.status) : f.message);

/** `Error from server (NotFound): pods "x" not found`. */
export function statusLine(status: ApiStatus): string {
  if (status.reason === 'Unauthorized') return `error: You must be logged in to the server (${status.message})`;
  return status.reason
    ? `Error from server (${status.reason}): ${status.message}`
    : `Error from server: ${status.message}`;
}

function invalidText(status: ApiStatus): string {
  const details = status.details;
  if (!details) return status.message ? `The request is invalid: ${status.message}` : 'The request is invalid';
  const causes = [...new Set((details.causes ?? []).map((c) => `${c.field}: ${c.message}`))];
  let head = 'The request is invalid';
  if (details.kind || details.name) head = `The ${details.kind ?? ''} ${quote(details.name ?? '')} is invalid`;
  else if (status.message && causes.length === 0) head += `: ${status.message}`;
  if (causes.length === 0) return head;
  if (causes.length === 1) return `${head}: ${causes[0]}`;
  return `${head}: \n${causes.map((c) => `* ${c}`).join('\n')}`;
}

/** Go's `%q` for the texts kubectl quotes. */
export const quote = (text: string): string => JSON.stringify(text).replace(/\\u([0-9a-f]{4})/g, '\\u$1');

/** Throws a failure, if there is one. */
export function throwIf(f: Failure | undefined): void {
  if (f) throw f;
}
