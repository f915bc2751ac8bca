/**
 * From words to a command, its flags and its arguments, by the rules and in the words of cobra and pflag.
 * Upstream: github.com/spf13/cobra/command.go, github.com/spf13/pflag/flag.go
 */
import type { Command, Flag, KubeConfig, Parsed } from './command.ts';
import { failure, quote } from './failure.ts';
import { GLOBAL_FLAGS, HELP_FLAG } from './flags.ts';
import { distance } from './suggest.ts';
import { parseGoDuration } from './values.ts';

export interface Found {
  command: Command;
  /** `create deployment`; empty for kubectl itself. */
  path: string;
  rest: readonly string[];
}

/** Whether the next word is this flag's value (it has none attached and needs one). Unknown flags count as needing one. */
function takesNext(word: string, known: readonly Flag[]): boolean {
  if (word.includes('=')) return false;
  if (word.startsWith('--')) {
    const flag = known.find((f) => f.name === word.slice(2));
    return flag?.bare === undefined;
  }
  if (word.length !== 2) return false;
  return known.find((f) => f.short === word[1])?.bare === undefined;
}

/** The index of the first word that is no flag (nor a flag's value), or -1; `--` ends the search. */
function firstArg(words: readonly string[], known: readonly Flag[]): number {
  for (let i = 0; i < words.length; i++) {
    const w = words[i]!;
    if (w === '--') return -1;
    if (w.startsWith('-') && w !== '-') {
      if (takesNext(w, known)) i++;
      continue;
    }
    if (w !== '') return i;
  }
  return -1;
}

/** Walks down the tree of commands. */
export function findCommand(root: Command, words: readonly string[]): Found {
  let command = root;
  let rest = [...words];
  const path: string[] = [];
  for (;;) {
    const at = firstArg(rest, [...command.flags, ...GLOBAL_FLAGS, HELP_FLAG]);
    const word = at < 0 ? undefined : rest[at]!;
    const next =
      word === undefined ? undefined : command.commands?.find((c) => c.name === word || c.aliases?.includes(word));
    if (!next) break;
    command = next;
    path.push(next.name);
    rest = [...rest.slice(0, at), ...rest.slice(at + 1)];
  }
  if (command === root) {
    const at = firstArg(rest, [...GLOBAL_FLAGS, HELP_FLAG]);
    if (at >= 0 && !rest.some((w) => w === '--help' || w === '-h')) throw unknownCommand(root, rest[at]!);
  }
  return { command, path: path.join(' '), rest };
}

/** The order in which kubectl lists its commands, and so its suggestions. */
const COMMAND_ORDER =
  'create expose run set explain get edit delete rollout scale autoscale certificate cluster-info top cordon uncordon drain taint describe logs attach exec port-forward proxy cp auth debug events diff apply patch replace wait kustomize label annotate completion'.split(
    ' ',
  );
const ALSO_MEANT: Record<string, readonly string[]> = {
  get: ['list', 'ps'],
  delete: ['rm', 'remove'],
  describe: ['inspect'],
  scale: ['resize'],
};

function unknownCommand(root: Command, word: string) {
  const near = (c: Command): boolean =>
    distance(word.toLowerCase(), c.name.toLowerCase()) <= 2 ||
    c.name.startsWith(word.toLowerCase()) ||
    (ALSO_MEANT[c.name] ?? []).includes(word);
  const like = [
    ...COMMAND_ORDER,
    'api-resources',
    'api-versions',
    'config',
    'plugin',
    'version',
    'options',
    'alpha',
  ].filter((n) => root.commands?.some((c) => c.name === n && !c.hidden && near(c)));
  const hint = like.length ? `\n\nDid you mean this?\n${like.map((n) => `\t${n}`).join('\n')}` : '';
  return failure(`unknown command ${quote(word)} for "kubectl"${hint}`);
}

class ParsedLine implements Parsed {
  readonly args: readonly string[];
  readonly dashArgs?: readonly string[];
  readonly namespace: string;
  readonly #values: ReadonlyMap<string, readonly string[]>;
  readonly #flags: ReadonlyMap<string, Flag>;

  constructor(
    args: readonly string[],
    dashArgs: readonly string[] | undefined,
    values: ReadonlyMap<string, readonly string[]>,
    known: ReadonlyMap<string, Flag>,
    config: KubeConfig,
  ) {
    this.args = args;
    if (dashArgs) this.dashArgs = dashArgs;
    this.#values = values;
    this.#flags = known;
    const context = config.contexts[this.str('context') || config.currentContext];
    this.namespace = this.str('namespace') || context?.namespace || 'default';
  }

  str(name: string): string {
    return this.#values.get(name)?.at(-1) ?? this.#flags.get(name)?.default ?? '';
  }
  bool(name: string): boolean {
    return GO_TRUE.has(this.str(name));
  }
  int(name: string): number {
    return Number(this.str(name) || 0);
  }
  duration(name: string): number {
    return parseGoDuration(this.str(name)) ?? 0;
  }
  list(name: string): readonly string[] {
    const all = this.#values.get(name) ?? [];
    return this.#flags.get(name)?.type === 'array' ? all : all.flatMap(splitList);
  }
  given(name: string): boolean {
    return this.#values.has(name);
  }
}

/** A comma list as `encoding/csv` reads one line: commas inside double quotes do not split. */
function splitList(text: string): string[] {
  if (text === '') return [];
  const out: string[] = [];
  let cell = '';
  let quoted = false;
  for (const c of text) {
    if (c === '"') quoted = !quoted;
    else if (c === ',' && !quoted) {
      out.push(cell);
      cell = '';
    } else cell += c;
  }
  return [...out, cell];
}

const GO_TRUE = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const GO_FALSE = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

export interface Line {
  parsed: Parsed;
  help: boolean;
  /** Notes on deprecated flags, for standard error. */
  notes: string[];
}

/** Reads flags and arguments of a found command. Throws a `Failure` in pflag's words. */
export function parseLine(found: Found, config: KubeConfig): Line {
  const known = [...found.command.flags, ...GLOBAL_FLAGS, HELP_FLAG];
  const scan = new Scan(known, found.path);
  const { args, dashArgs } = scan.run(found.rest);
  const help = scan.values.has('help') && GO_TRUE.has(scan.values.get('help')!.at(-1)!);
  if (!help) {
    const missing = found.command.flags.filter((f) => f.required && !scan.values.has(f.name)).map((f) => `"${f.name}"`);
    if (missing.length) throw failure(`required flag(s) ${missing.sort().join(', ')} not set`);
  }
  const byName = new Map(known.map((f) => [f.name, f]));
  return { parsed: new ParsedLine(args, dashArgs, scan.values, byName, config), help, notes: scan.notes };
}

class Scan {
  readonly values = new Map<string, string[]>();
  readonly notes: string[] = [];
  readonly #known: readonly Flag[];
  readonly #path: string;

  constructor(known: readonly Flag[], path: string) {
    this.#known = known;
    this.#path = path;
  }

  run(words: readonly string[]): { args: string[]; dashArgs?: string[] } {
    const args: string[] = [];
    for (let i = 0; i < words.length; i++) {
      const w = words[i]!;
      if (w === '--') return { args, dashArgs: words.slice(i + 1) };
      if (w.startsWith('--')) i += this.#long(w, words[i + 1]);
      else if (w.startsWith('-') && w !== '-') i += this.#shorts(w, words[i + 1]);
      else args.push(w);
    }
    return { args };
  }

  /** Returns how many further words were taken. */
  #long(word: string, next: string | undefined): number {
    const body = word.slice(2);
    if (body === '' || body.startsWith('-') || body.startsWith('=')) throw this.#wrong(`bad flag syntax: ${word}`);
    const eq = body.indexOf('=');
    const name = eq < 0 ? body : body.slice(0, eq);
    const flag = this.#known.find((f) => f.name === name);
    if (!flag) throw this.#wrong(`unknown flag: --${name}`);
    if (eq >= 0) return this.#set(flag, body.slice(eq + 1), 0);
    if (flag.bare !== undefined) return this.#set(flag, flag.bare, 0);
    if (next === undefined) throw this.#wrong(`flag needs an argument: --${name}`);
    return this.#set(flag, next, 1);
  }

  #shorts(word: string, next: string | undefined): number {
    for (let i = 1; i < word.length; i++) {
      const c = word[i]!;
      const flag = this.#known.find((f) => f.short === c);
      if (!flag) throw this.#wrong(`unknown shorthand flag: '${c}' in ${word}`.replace(word, `-${word.slice(i)}`));
      const rest = word.slice(i + 1);
      if (rest.startsWith('=')) return this.#set(flag, rest.slice(1), 0);
      if (flag.bare !== undefined) {
        this.#set(flag, flag.bare, 0);
        continue;
      }
      if (rest) return this.#set(flag, rest, 0);
      if (next === undefined) throw this.#wrong(`flag needs an argument: '${c}' in -${word.slice(i)}`);
      return this.#set(flag, next, 1);
    }
    return 0;
  }

  #set(flag: Flag, value: string, taken: number): number {
    const why = complaint(flag, value);
    if (why) {
      const shown = flag.short ? `-${flag.short}, --${flag.name}` : `--${flag.name}`;
      throw this.#wrong(`invalid argument ${quote(value)} for "${shown}" flag: ${why}`);
    }
    if (flag.deprecated) this.notes.push(`Flag --${flag.name} has been deprecated, ${flag.deprecated}\n`);
    this.values.set(flag.name, [...(this.values.get(flag.name) ?? []), value]);
    return taken;
  }

  #wrong(message: string) {
    if (this.#path === 'options') return failure(`${message}\nRun 'kubectl options' without flags.`);
    return failure(`${message}\nSee '${['kubectl', this.#path].filter(Boolean).join(' ')} --help' for usage.`);
  }
}

function complaint(flag: Flag, value: string): string | undefined {
  if (flag.type === 'bool' && !GO_TRUE.has(value) && !GO_FALSE.has(value))
    return `strconv.ParseBool: parsing ${quote(value)}: invalid syntax`;
  if (flag.type === 'int' && !/^[+-]?\d+$/.test(value))
    return `strconv.ParseInt: parsing ${quote(value)}: invalid syntax`;
  if (flag.type === 'int' && !Number.isSafeInteger(Number(value)))
    return `strconv.ParseInt: parsing ${quote(value)}: value out of range`;
  if (flag.type === 'duration' && parseGoDuration(value) === undefined) return durationComplaint(value);
  return undefined;
}

function durationComplaint(value: string): string {
  if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(value)) return `time: missing unit in duration ${quote(value)}`;
  const unit = /^[+-]?(?:\d+\.?\d*|\.\d+)([^\d.]+)/.exec(value)?.[1];
  if (unit) return `time: unknown unit ${quote(unit)} in duration ${quote(value)}`;
  return `time: invalid duration ${quote(value)}`;
}
