import type { ApiRequest, ApiResponse, WatchEvent } from '../engine/api/request.ts';
import type { FieldDocs } from './explain/field-docs.ts';

export type { FieldDocs };

/**
 * What a running command waits for; it is resumed at `atMs`, or once anything of `kinds` changed (any object when
 * `kinds` is absent and `change` is true), whichever comes first. Virtual time, so retries are the same at every speed.
 */
export interface Wait {
  atMs?: number;
  change?: boolean;
  kinds?: readonly string[];
  /** Waits for its pipe; only ever seen by the shell that runs both ends. */
  input?: boolean;
}

/** A command is a generator: it prints chunks, yields what it waits for, and returns its exit code. */
export type Running = Generator<Wait, number, void>;

/** Files that commands name: the playground's tabs, or a folder for the command line. */
export interface Files {
  /** The text of a file, or `undefined` when there is none. */
  read(path: string): string | undefined;
  write(path: string, text: string): void;
  /** Names under a folder (for `-f DIR`), or `undefined` when it is none. */
  list(dir: string): string[] | undefined;
  remove?(path: string): void;
}

/** Where a manifest is wrong, for the editor's marks: 1-based, in the server's or the parser's words. */
export interface FileProblem {
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  message: string;
}

/** The reading end of a pipe. A reader that finds nothing yields `{ input: true }` and looks again. */
export interface Input {
  /** What was written since the last call; `undefined` at the end. */
  read(): string | undefined;
}

/** All a command may touch. One a process; the kubeconfig and the files outlive it. */
export interface Env {
  readonly args: readonly string[];
  readonly stdin: string;
  /** Standard input that is still being written (a pipe); when present it comes in place of `stdin`. */
  readonly input?: Input | undefined;
  out(text: string): void;
  err(text: string): void;
  request(r: ApiRequest): ApiResponse;
  /** Changes after a revision (kubectl's watches), or `undefined` when the log was compacted. */
  since(revision: number, kinds: readonly string[]): WatchEvent[] | undefined;
  readonly revision: () => number;
  /** Virtual time in ms since the epoch. */
  now(): number;
  readonly files: Files;
  readonly config: KubeConfig;
  /** Replaces the kubeconfig (`kubectl config use-context`, `set-context`). */
  setConfig?(config: KubeConfig): void;
  /** Reports where a manifest is wrong, beside the message on standard error; absent outside the page. */
  problem?(p: FileProblem): void;
  /** How long one object of a file takes to be sent, as over a network; absent or 0: nothing. */
  readonly requestMs?: number;
  /** True after Ctrl+C: the command cleans up and returns 130. */
  interrupted(): boolean;
  /** Hands a text to the editor (`kubectl edit`); absent outside the page. */
  edit?(name: string, text: string): void;
  /** The descriptions of all fields (`kubectl explain`); absent or `undefined` while nobody has loaded them. */
  fieldDocs?(): FieldDocs | undefined;
  /** True when somebody reads along (console), so `-w` without end is fine. */
  readonly interactive: boolean;
}

/** The part of a kubeconfig that commands read and change; it is part of the playground's state. */
export interface KubeConfig {
  currentContext: string;
  contexts: Record<string, { cluster: string; user: string; namespace?: string }>;
}

export interface Flag {
  /** Long name without dashes. */
  name: string;
  short?: string;
  /** `list` values are split at commas, `array` values are taken whole. */
  type: 'string' | 'bool' | 'int' | 'duration' | 'list' | 'array';
  default?: string;
  /** Value when the flag stands without `=…` (NoOptDefVal): `--dry-run`, `--cascade`. */
  bare?: string;
  required?: boolean;
  /** Printed when the flag is given: `Flag --cpu-percent has been deprecated, …`. */
  deprecated?: string;
}

/** One kubectl command: one file under `commands/`, one line in `commands/index.ts`. */
export interface Command {
  name: string;
  aliases?: readonly string[];
  /** `get [(-o|--output=)json|yaml|…] (TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE/NAME ...)` for usage errors. */
  use: string;
  short: string;
  flags: readonly Flag[];
  /** Sentences under `--help`, before the flags. */
  long?: string;
  hidden?: boolean;
  /** A group called without a command shows its help on standard error; this one (`rollout`) on standard output. */
  helpOnStdout?: boolean;
  /** Sub-commands: `rollout status`, `set image`, `create deployment`. */
  commands?: readonly Command[];
  run?(env: Env, parsed: Parsed): Running;
}

/** A command line after parsing: positional arguments and flags as given. */
export interface Parsed {
  args: readonly string[];
  /** Arguments after `--`. */
  dashArgs?: readonly string[];
  str(flag: string): string;
  bool(flag: string): boolean;
  int(flag: string): number;
  /** Milliseconds. */
  duration(flag: string): number;
  list(flag: string): readonly string[];
  /** Whether the flag stood on the command line. */
  given(flag: string): boolean;
  /** Namespace after `-n`, the context and `default`. */
  namespace: string;
}
