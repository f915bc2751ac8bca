/** The only place that knows the worker: typed calls out, frames of rows in, and what happens when it breaks. */
import type {
  CommandResult,
  FromWorker,
  MethodName,
  Methods,
  Problem,
  Recording,
  ToWorker,
} from '../worker/protocol.ts';
import { applyFrame, rows } from './rows.ts';
import { type ConsoleEntry, getState, setState } from './store.ts';

/** What of a `Worker` is used, so that a fixture can stand in. */
export interface Port {
  postMessage(message: ToWorker): void;
  terminate(): void;
  onmessage: ((event: { data: FromWorker }) => void) | null;
  onerror: ((event: { message: string }) => void) | null;
}

type Pending = { resolve: (value: never) => void; reject: (error: Error) => void };

let port: Port | undefined;
let makePort: () => Port | Promise<Port> = () =>
  new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module', name: 'cluster' }) as unknown as Port;
let nextId = 1;
const pending = new Map<number, Pending>();

/** Lets a fixture take the worker's place (before `connect`). */
export function replacePort(make: () => Port | Promise<Port>): void {
  makePort = make;
}

/** Starts the worker. */
export async function connect(): Promise<void> {
  port = await makePort();
  port.onmessage = (event) => receive(event.data);
  port.onerror = (event) => crashed(event.message || 'the worker could not be started', 0, null, getState().time.endMs);
  setState({ connected: true, crash: null });
}

/** Calls a method of the worker. Rejects with what it said, or when it broke before answering. */
export function call<M extends MethodName>(method: M, ...args: Methods[M][0]): Promise<Methods[M][1]> {
  if (!port) return Promise.reject(new Error('not connected'));
  const id = nextId++;
  return new Promise((resolve, reject) => {
    pending.set(id, { resolve, reject });
    port!.postMessage({ type: 'call', id, method, args });
  });
}

function receive(message: FromWorker): void {
  switch (message.type) {
    case 'result': {
      const waiting = pending.get(message.id);
      pending.delete(message.id);
      if (message.ok) waiting?.resolve(message.value as never);
      else waiting?.reject(new Error(message.error));
      return;
    }
    case 'frame': {
      applyFrame(rows, message.rows);
      if (message.rows.more) {
        if (message.rows.reset) setState({ caption: null });
        return;
      }
      const { caption } = message.rows;
      setState((s) => ({
        time: message.time,
        revision: s.revision + 1,
        ...(caption ? { caption } : message.rows.reset ? { caption: null } : {}),
        ...(caption && s.notice && performance.now() > (s.notice.untilMs ?? 0) ? { notice: null } : {}),
      }));
      return;
    }
    case 'output':
      addOutput(message.runId, message.stream, message.text);
      return;
    case 'edit':
      setState((s) => ({
        files: { ...s.files, [message.name]: message.text },
        activeFile: message.name,
        editorOpen: true,
      }));
      return;
    case 'crashed':
      crashed(message.message, message.seed, message.recording, message.lastGoodMs);
  }
}

function crashed(message: string, seed: number, recording: Recording | null, lastGoodMs: number): void {
  port?.terminate();
  port = undefined;
  for (const { reject } of pending.values()) reject(new Error('the simulation stopped'));
  pending.clear();
  setState({ connected: false, crash: { message, seed, recording, lastGoodMs } });
}

/** After a crash: a new worker, rebuilt from the recording to the last good moment. */
export async function rebuild(): Promise<void> {
  const { crash } = getState();
  await connect();
  const time = crash?.recording
    ? await call('load', { recording: crash.recording }, crash.lastGoodMs)
    : await call('load', { scenario: getState().scenario || 'opening' });
  setState({ time });
}

let runs = 0;
const MAX_ENTRIES = 500;

function changeEntry(id: string, change: (entry: ConsoleEntry) => ConsoleEntry): void {
  setState((s) => ({ console: s.console.map((e) => (e.id === id ? change(e) : e)) }));
}

function addOutput(id: string, stream: 'out' | 'err', text: string): void {
  changeEntry(id, (e) => {
    const last = e.chunks.at(-1);
    const chunks =
      last?.stream === stream
        ? [...e.chunks.slice(0, -1), { stream, text: last.text + text }]
        : [...e.chunks, { stream, text }];
    return { ...e, chunks };
  });
}

export interface RunOptions {
  stdin?: string;
  /** True: not echoed in the console (scripts that ask for objects). */
  quiet?: boolean;
  timeoutMs?: number;
}

/** Runs a shell line, echoed in the console with its output as it comes. */
export async function run(line: string, options: RunOptions = {}): Promise<CommandResult & { problems: Problem[] }> {
  const id = `run-${++runs}`;
  if (!options.quiet) {
    setState((s) => ({ console: [...s.console, { id, line, chunks: [] }].slice(-MAX_ENTRIES) }));
  }
  try {
    const result = await call('run', id, line, options.stdin, getState().files, options.timeoutMs);
    finish(id, result);
    return result;
  } catch (error) {
    changeEntry(id, (e) => ({ ...e, exitCode: 1 }));
    throw error;
  }
}

/** Commands that only look leave a document as it was. */
const LOOKS =
  /^\s*(kubectl|k)\s+(get|describe|logs|explain|version|api-resources|api-versions|events|top|diff|auth|cluster-info|config)\b|^\s*berth\s+((explain|place|time|drain-preview|scheduler\s+show)\b|gate\s*$)/;

const exitChanges = (result: CommandResult, id: string): boolean =>
  result.exitCode === 0 && !LOOKS.test(getState().console.find((e) => e.id === id)?.line ?? '');

function finish(id: string, result: CommandResult): void {
  changeEntry(id, (e) => {
    // Output that was streamed is already there; what a fast command only returned is added now.
    const chunks = e.chunks.length
      ? e.chunks
      : [
          ...(result.stdout ? [{ stream: 'out' as const, text: result.stdout }] : []),
          ...(result.stderr ? [{ stream: 'err' as const, text: result.stderr }] : []),
        ];
    return { ...e, chunks, exitCode: result.exitCode };
  });
  if (exitChanges(result, id)) setState({ edited: true });
}
