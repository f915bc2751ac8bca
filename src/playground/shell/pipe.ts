import type { Env, Input, Wait } from '../../kubectl/command.ts';

/** A pipe between two programs: what one prints, the other reads. */
export class Pipe implements Input {
  #text = '';
  #closed = false;

  write(text: string): void {
    this.#text += text;
  }
  close(): void {
    this.#closed = true;
  }
  /** Whether a reader would get something, or the end. */
  get readable(): boolean {
    return this.#text !== '' || this.#closed;
  }
  read(): string | undefined {
    if (this.#text === '') return this.#closed ? undefined : '';
    const text = this.#text;
    this.#text = '';
    return text;
  }
}

/** All of standard input, waiting for a pipe to end. */
export function* readAll(env: Env): Generator<Wait, string, void> {
  if (!env.input) return env.stdin;
  let all = '';
  for (;;) {
    const text = env.input.read();
    if (text === undefined) return all;
    if (text === '') yield { input: true };
    all += text;
  }
}

/** Hands each line of standard input to `take` as soon as it is whole; stops early when that answers false. */
export function* eachLine(env: Env, take: (line: string) => boolean | void): Generator<Wait, void, void> {
  let rest = '';
  const feed = (text: string): boolean => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    return lines.every((line) => take(line) !== false);
  };
  if (!env.input) {
    if (feed(env.stdin) && rest) take(rest);
    return;
  }
  for (;;) {
    const text = env.input.read();
    if (text === undefined) break;
    if (text === '') yield { input: true };
    else if (!feed(text)) return;
  }
  if (rest) take(rest);
}

export const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
