/** A worker without an engine: answers with the mock's cluster, so that the page can be worked on alone. Never in a production build. */
import type { FromWorker, MethodName, TimeState, ToWorker } from '../../worker/protocol.ts';
import type { Port } from '../connection.ts';
import { clusterFrame, FIXTURE_NOW_MS, largeCluster, trainerDecision } from './fake-rows.ts';

const START = FIXTURE_NOW_MS - 42_300;

export class FakeWorker implements Port {
  onmessage: ((event: { data: FromWorker }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  private readonly size: number;
  private time: TimeState = {
    nowMs: FIXTURE_NOW_MS,
    startMs: START,
    endMs: FIXTURE_NOW_MS,
    speed: 1,
    paused: true,
    past: false,
  };

  constructor(size: number) {
    this.size = size;
  }

  postMessage(message: ToWorker): void {
    queueMicrotask(() => {
      const value = this.answer(message.method, message.args);
      this.onmessage?.({ data: { type: 'result', id: message.id, ok: true, value } });
    });
  }

  terminate(): void {
    this.onmessage = null;
  }

  private answer(method: MethodName, args: unknown[]): unknown {
    switch (method) {
      case 'load':
        this.sendAll();
        return this.time;
      case 'run':
        return { stdout: `${String(args[1])}: fixture\n`, stderr: '', exitCode: 0, problems: [] };
      case 'play':
      case 'pause':
        this.time = { ...this.time, paused: method === 'pause', speed: (args[0] as number) ?? this.time.speed };
        this.sendAll(false);
        return this.time;
      case 'seek':
        this.time = { ...this.time, nowMs: args[0] as number, past: (args[0] as number) < this.time.endMs };
        this.sendAll();
        return this.time;
      case 'explain':
        return String(args[0]).includes('trainer') ? trainerDecision() : null;
      case 'tabs':
        return FILES;
      case 'recording':
        return {
          format: 1,
          engine: '0',
          kubernetes: '1.36',
          seed: 1,
          startMs: START,
          files: FILES,
          inputs: [],
          endMs: FIXTURE_NOW_MS,
          digest: '',
        };
      case 'remedies':
      case 'objects':
      case 'drainPreview':
        return [];
      case 'inspect':
        return { yaml: 'kind: Pod\n', events: [], object: {} };
      case 'complete':
        return { from: 0, options: [] };
      case 'crash':
        queueMicrotask(() =>
          this.onerror?.({ message: 'invariant: wakes never lie in the past (scheduler, wake 18204)' }),
        );
        return undefined;
      default:
        return this.time;
    }
  }

  private sendAll(reset = true): void {
    const frame = { ...clusterFrame(), reset, nowMs: this.time.nowMs };
    if (!reset) frame.marks = [];
    if (this.size) Object.assign(frame, largeCluster(this.size));
    this.onmessage?.({ data: { type: 'frame', rows: frame, time: this.time } });
  }
}

const FILES = {
  'web.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 4\n',
  'trainer.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: trainer\n',
};
