import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** A mistake of the caller: one sentence, exit code 1, or 2 for wrong usage. */
export class CliError extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The outside world of the command line; relative paths count from the caller's folder. */
export interface Io {
  readonly cwd: string;
  out(text: string): void;
  err(text: string): void;
  read(file: string): string;
  exists(file: string): boolean;
  isDir(file: string): boolean;
  list(dir: string): string[];
  write(file: string, text: string): void;
  /** Lines of standard input, one at a time. */
  lines(): AsyncIterable<string>;
  /** CPU time of this process, ms. */
  cpuMs(): number;
  /** Bytes of the heap after a collection (when one can be asked for). */
  heapBytes(): number;
}

/** Writes all of `text`, also into a pipe that is full for a moment. */
function writeAll(fd: number, text: string): void {
  let rest = Buffer.from(text, 'utf8');
  while (rest.length > 0)
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (e) {
      const code = (e as NodeJS.ErrnoException).code;
      if (code === 'EPIPE') process.exit(0); // the reader has seen enough
      if (code !== 'EAGAIN') throw e;
    }
}

/** Asks for a full garbage collection. */
function collect(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

export function nodeIo(cwd: string): Io {
  const at = (file: string): string => path.resolve(cwd, file);
  return {
    cwd,
    out: (text) => writeAll(1, text),
    err: (text) => writeAll(2, text),
    read(file) {
      if (file === '-') return readFileSync(0, 'utf8');
      try {
        return readFileSync(at(file), 'utf8');
      } catch {
        throw new CliError(`the file "${file}" cannot be read`);
      }
    },
    exists: (file) => existsSync(at(file)),
    isDir: (file) => existsSync(at(file)) && statSync(at(file)).isDirectory(),
    list: (dir) => (existsSync(at(dir)) && statSync(at(dir)).isDirectory() ? readdirSync(at(dir)).sort() : []),
    write(file, text) {
      mkdirSync(path.dirname(at(file)), { recursive: true });
      writeFileSync(at(file), text);
    },
    lines: () => createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }),
    cpuMs: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    },
    heapBytes: () => {
      collect();
      return process.memoryUsage().heapUsed;
    },
  };
}

export interface Options {
  args: string[];
  /** Last value of an option. */
  get(name: string): string | undefined;
  /** All values of an option. */
  all(name: string): string[];
  has(name: string): boolean;
}

/**
 * Splits arguments into options and the rest. `spec` names the options and whether they take a value; `-f` is `f`.
 * An option that is not in it, or lacks its value, is wrong usage.
 */
export function options(argv: readonly string[], spec: Readonly<Record<string, 'value' | 'switch'>>): Options {
  const values = new Map<string, string[]>();
  const args: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i]!;
    const m = /^--?([^=]+)(?:=([\s\S]*))?$/.exec(arg);
    if (!m || arg === '-') {
      args.push(arg);
      continue;
    }
    const name = m[1]!;
    const kind = spec[name];
    if (!kind) throw new CliError(`unknown option ${arg}; \`berth help\` lists them`, 2);
    let value = m[2] ?? '';
    if (kind === 'value' && m[2] === undefined) {
      const next = argv[++i];
      if (next === undefined) throw new CliError(`the option ${arg} needs a value`, 2);
      value = next;
    }
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return {
    args,
    get: (name) => values.get(name)?.at(-1),
    all: (name) => values.get(name) ?? [],
    has: (name) => values.has(name),
  };
}

/** One line of a batch: the value below `wrapper` (as recorded) or the bare one, and its name; or what is wrong with the line. */
export function batchLine<T extends { name?: unknown }>(
  line: string,
  wrapper: string,
): { value: T; name: { name?: string } } | { error: string } {
  try {
    const read = JSON.parse(line) as Record<string, T>;
    const value = read?.[wrapper] ?? (read as unknown as T);
    return { value, name: typeof value?.name === 'string' ? { name: value.name } : {} };
  } catch (e) {
    return { error: `this line is no JSON: ${(e as Error).message}` };
  }
}

export const sentenceOf = (e: unknown): string => (e instanceof Error ? e.message : String(e));
