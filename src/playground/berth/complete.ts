import { GATES } from '../../engine/index.ts';
import { FAULTS } from './fault.ts';
import { NODE_FLAGS } from './node.ts';

/** Names that exist in a playground. */
export interface Names {
  nodes(): readonly string[];
  /** Pods of the current namespace. */
  pods(): readonly string[];
  files(): readonly string[];
}

type Options = (before: readonly string[], names: Names) => readonly string[];

/** After a `-f` come files, before it the flag itself. */
const fileOf: Options = (before, names) =>
  /^(-f|--filename)$/.test(before.at(-1) ?? '') ? names.files() : before.some((w) => w.startsWith('-f')) ? [] : ['-f'];

const WORDS: Readonly<Record<string, Options>> = {
  fault: (b, n) => [Object.keys(FAULTS), n.nodes()][b.length] ?? [],
  node: (b, n) => {
    if (b.length === 0) return ['add', 'set', 'remove'];
    if (b.length === 1) return b[0] === 'add' ? [] : n.nodes();
    return b[0] === 'remove' ? [] : NODE_FLAGS.map((f) => `--${f}`);
  },
  image: (b) => (b.length === 0 ? ['add'] : b.length > 1 ? ['--platform', '--size', '--exit', '--after'] : []),
  scheduler: (b, n) => {
    if (b.length === 0) return ['apply', 'show'];
    return b[0] === 'apply' ? fileOf(b.slice(1), n) : b.length === 1 ? ['--defaults'] : [];
  },
  gate: (b) => [GATES.map((g) => g.name), ['on', 'off']][b.length] ?? [],
  explain: (b, n) => (b.length === 0 ? n.pods() : /^(-o|--output)$/.test(b.at(-1)!) ? ['text', 'json'] : ['-o']),
  place: fileOf,
  'drain-preview': (b, n) => (b.length === 0 ? n.nodes() : []),
  time: () => [],
  advance: () => [],
};

/** What may come after the words that follow `berth`. */
export const berthOptions: Options = ([command, ...before], names) =>
  command === undefined ? Object.keys(WORDS) : (WORDS[command]?.(before, names) ?? []);
