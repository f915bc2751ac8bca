/** Answers that stay open: watches and followed logs. */
export interface Stream {
  /** Sends what is new; false once the stream has ended. `nowMs` is real time. */
  pump(nowMs: number): boolean;
  /** Ends the answer. */
  end(): void;
}

export class Streams {
  readonly #open = new Set<Stream>();

  add(stream: Stream): void {
    if (stream.pump(performance.now())) this.#open.add(stream);
  }

  remove(stream: Stream): void {
    this.#open.delete(stream);
  }

  pump(): void {
    const now = performance.now();
    for (const s of this.#open) if (!s.pump(now)) this.#open.delete(s);
  }

  end(): void {
    for (const s of this.#open) s.end();
    this.#open.clear();
  }
}
