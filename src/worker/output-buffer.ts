import type { FromWorker } from './protocol.ts';

type Output = Extract<FromWorker, { type: 'output' }>;

/** Gathers what commands print, so that a thousand lines of one moment cross as one message. */
export class OutputBuffer {
  readonly #post: (message: Output) => void;
  #waiting: Output[] = [];

  constructor(post: (message: Output) => void) {
    this.#post = post;
  }

  add(runId: string, stream: 'out' | 'err', text: string): void {
    const last = this.#waiting.at(-1);
    if (last?.runId === runId && last.stream === stream) last.text += text;
    else this.#waiting.push({ type: 'output', runId, stream, text });
  }

  /** Sends what waits, in the order in which it was printed. */
  flush(): void {
    const waiting = this.#waiting;
    if (!waiting.length) return;
    this.#waiting = [];
    for (const message of waiting) this.#post(message);
  }
}
