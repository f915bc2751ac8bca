/** What a command sees of its container and of the cluster. */
import type { Ms } from '../../sim/time.ts';
import type { Result, ScriptState } from './shell-run.ts';

export interface World {
  now: Ms;
  hostname: string;
  podIP: string;
  arch: string;
  image: string;
  files: Record<string, string>;
  memoryLimit: number;
  /** Cluster DNS from the pod's namespace. */
  resolve(name: string): string | undefined;
  /** An HTTP request or a TCP connection from the pod. */
  open(host: string, port: number, path: string): OpenResult;
}

export type OpenResult =
  | { ok: true; status: number; body: string }
  | { ok: false; why: 'refused' | 'timeout' | 'unknown-host' };

/** One call of a command. */
export interface Io {
  args: readonly string[];
  input: string;
  out(text: string): void;
  state: ScriptState;
  world: World;
}

export type Run = (io: Io) => Result;
