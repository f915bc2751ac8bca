/** The port through which the API server asks the machines: logs, exec and what a client inside the cluster would see. */
import type { Pod } from './core.ts';
import type { ApiStatus } from './meta.ts';

export interface LogOptions {
  container?: string;
  previous?: boolean;
  tailLines?: number;
  sinceSeconds?: number;
  /** RFC 3339; lines before it are left out. */
  sinceTime?: string;
  limitBytes?: number;
  /** Prefix each line with its time. */
  timestamps?: boolean;
  /** `follow` reads on from here: the `offset` of the answer before. */
  offset?: number;
}

export interface LogAnswer {
  text: string;
  /** Where the next read of a follower goes on. */
  offset: number;
  /** True once the container run has ended: nothing more will come. */
  ended: boolean;
}

export interface ExecOptions {
  container?: string;
  command: readonly string[];
  stdin?: string;
}

export interface ExecAnswer {
  stdout: string;
  stderr: string;
  exitCode: number;
}

/** Where a connection is made from: a pod, a machine, or outside of the cluster (`undefined`). */
export type CurlSource = { pod: string } | { node: string } | undefined;

/** What a client sees that opens `url` (`http://host:port/path`). */
export type CurlAnswer =
  | { ok: true; status: number; body: string; pod: string; node: string }
  | { ok: false; exitCode: number; message: string };

export type ProxyResult<T> = { ok: true; data: T } | { ok: false; status: ApiStatus };

/** A machine as `ssh NODE` and `crictl ps` show it. */
export interface CrictlRow {
  container: string;
  image: string;
  createdMs: number;
  state: 'Running' | 'Exited';
  name: string;
  attempt: number;
  podId: string;
  pod: string;
  namespace: string;
}

export interface NodeProxy {
  logs(pod: Pod, options: LogOptions): ProxyResult<LogAnswer>;
  exec(pod: Pod, options: ExecOptions): ProxyResult<ExecAnswer>;
  /** Whether the kubelet of the pod's node answers a port-forward, and what the port says. */
  connect(pod: Pod, port: number): ProxyResult<{ listening: boolean }>;
  curl(from: CurlSource, url: string): CurlAnswer;
  /** `crictl ps -a` on a machine; `undefined` when the machine has no power. */
  crictl(node: string): CrictlRow[] | undefined;
  /** Files under `/etc/kubernetes/manifests` by name. */
  staticPodFiles(node: string): Record<string, string>;
}
