/**
 * What Tab offers in the console: programs, kubectl's verbs, kinds, names, flags and their values, label keys. A pure
 * function over a small source of names. Upstream: k8s.io/kubectl/pkg/util/completion
 */
import type { Command, Flag } from './command.ts';
import { ROOT } from './commands/index.ts';
import { ALL_RESOURCES, CREATE_ONLY, mappingOfWord } from './discovery.ts';
import { GLOBAL_FLAGS } from './flags.ts';
import { byText } from './values.ts';

/** Where names come from. Kinds are Kubernetes' own (`Pod`); a namespace is given for namespaced ones. */
export interface NameSource {
  names(kind: string, namespace: string | undefined): readonly string[];
  labelKeys(kind: string): readonly string[];
  containers(namespace: string, pod: string): readonly string[];
  files(): readonly string[];
  contexts(): readonly string[];
  /** Other programs of the shell. */
  programs(): readonly string[];
  /** What may come after the words of such a program; `undefined`: file names. */
  wordsAfter?(before: readonly string[]): readonly string[] | undefined;
  /** The namespace of the current context. */
  namespace: string;
}

export interface Completion {
  /** Where in the line the word begins that an option replaces. */
  from: number;
  options: string[];
}

const NOTHING: readonly string[] = [];

/** The options for the word before `cursor`. */
export function complete(line: string, cursor: number, source: NameSource): Completion {
  const text = line.slice(0, cursor);
  const command = text.slice(Math.max(...['|', ';', '&', '(', '\n'].map((c) => text.lastIndexOf(c))) + 1);
  const words = command.trimStart().split(/\s+/);
  const word = words.at(-1) ?? '';
  const options = [...new Set(optionsFor(words.slice(0, -1), word, source))].filter(
    (o) => o.startsWith(word) && o !== word,
  );
  return { from: cursor - word.length, options: options.sort(byText) };
}

function optionsFor(before: readonly string[], word: string, source: NameSource): readonly string[] {
  if (before.length === 0) return source.programs();
  if (before[0] !== 'kubectl' && before[0] !== 'k') return source.wordsAfter?.(before) ?? source.files();
  const spot = findSpot(before.slice(1));
  if (spot.dashes) return NOTHING;
  if (spot.pending) return flagValues(spot.pending, spot, source);
  const equals = /^--([\w-]+)=/.exec(word);
  if (equals) {
    const flag = flagsOf(spot.command).find((f) => f.name === equals[1]);
    return flag ? flagValues(flag, spot, source).map((v) => `${equals[0]}${v}`) : NOTHING;
  }
  if (word.startsWith('-')) return flagNames(spot.command, word);
  if (
    spot.command.commands &&
    spot.args.length === 0 &&
    (spot.command === ROOT || !spot.command.run || spot.command.name === 'create')
  )
    return subCommands(spot.command);
  return argumentOptions(spot, word, source);
}

interface Spot {
  command: Command;
  args: string[];
  /** A flag that still needs its value. */
  pending: Flag | undefined;
  namespace: string | undefined;
  dashes: boolean;
}

const flagsOf = (c: Command): readonly Flag[] => [...c.flags, ...GLOBAL_FLAGS];

/** Which command the words before lead to, and what it has got so far. */
function findSpot(words: readonly string[]): Spot {
  const spot: Spot = { command: ROOT, args: [], pending: undefined, namespace: undefined, dashes: false };
  for (const w of words) {
    if (spot.dashes) continue;
    if (spot.pending) {
      if (spot.pending.name === 'namespace') spot.namespace = w;
      spot.pending = undefined;
    } else if (w === '--') spot.dashes = true;
    else if (w.startsWith('-') && w.length > 1) noteFlag(spot, w);
    else {
      const next =
        spot.args.length === 0 ? spot.command.commands?.find((c) => c.name === w || c.aliases?.includes(w)) : undefined;
      if (next) spot.command = next;
      else spot.args.push(w);
    }
  }
  return spot;
}

function noteFlag(spot: Spot, w: string): void {
  const eq = w.indexOf('=');
  const name = w.startsWith('--') ? w.slice(2, eq < 0 ? undefined : eq) : w[1]!;
  const flag = flagsOf(spot.command).find((f) => (w.startsWith('--') ? f.name === name : f.short === name));
  if (!flag) return;
  const value = eq >= 0 ? w.slice(eq + 1) : w.startsWith('--') ? '' : w.slice(2);
  if (flag.name === 'namespace' && value) spot.namespace = value;
  if (eq < 0 && flag.bare === undefined && value === '') spot.pending = flag;
}

const subCommands = (c: Command): string[] => (c.commands ?? []).filter((s) => !s.hidden).map((s) => s.name);

function flagNames(c: Command, word: string): string[] {
  const shorts = word === '-' ? flagsOf(c).flatMap((f) => (f.short ? [`-${f.short}`] : [])) : [];
  const own = c.flags.filter((f) => !f.deprecated);
  const all = [...own, ...GLOBAL_FLAGS.filter((f) => f.name === 'namespace' || word.length > 3)];
  return [...shorts, ...all.map((f) => `--${f.name}${f.bare === undefined || f.name === 'dry-run' ? '=' : ''}`)];
}

const FORMATS = ['custom-columns=', 'go-template=', 'json', 'jsonpath=', 'name', 'wide', 'yaml'];
const FIXED: Record<string, readonly string[]> = {
  output: FORMATS,
  'dry-run': ['client', 'none', 'server'],
  cascade: ['background', 'foreground', 'orphan'],
  validate: ['ignore', 'strict', 'warn'],
  restart: ['Always', 'Never', 'OnFailure'],
  'image-pull-policy': ['Always', 'IfNotPresent', 'Never'],
  types: ['Normal', 'Warning'],
  for: ['condition=Ready', 'condition=Available', 'condition=Complete', 'create', 'delete', 'jsonpath='],
  'sort-by': ['.metadata.creationTimestamp', '.metadata.name', '.spec.nodeName', '.status.startTime'],
};

function flagValues(flag: Flag, spot: Spot, source: NameSource): readonly string[] {
  if (flag.name === 'type')
    return spot.command.name === 'patch'
      ? ['json', 'merge', 'strategic']
      : ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
  if (flag.name === 'output' && spot.command.name === 'explain') return ['plaintext', 'plaintext-openapiv2'];
  const fixed = FIXED[flag.name];
  if (fixed) return fixed;
  if (flag.name === 'namespace') return source.names('Namespace', undefined);
  if (flag.name === 'context') return source.contexts();
  if (flag.name === 'filename' || flag.name === 'from-file') return source.files();
  if (flag.name === 'selector' || flag.name === 'label-columns') return source.labelKeys(kindOf(spot) ?? 'Pod');
  if (flag.name === 'field-selector')
    return ['metadata.name=', 'metadata.namespace=', 'spec.nodeName=', 'status.phase='];
  if (flag.name === 'container') {
    const pod = spot.args[0]?.replace(/^pods?\//, '');
    return pod ? source.containers(spot.namespace ?? source.namespace, pod) : NOTHING;
  }
  return NOTHING;
}

const NODE_COMMANDS = new Set(['cordon', 'uncordon', 'drain']);
const POD_COMMANDS = new Set(['logs', 'exec', 'attach', 'port-forward']);
const NO_NAMES = new Set([
  'run',
  'apply',
  'create',
  'replace',
  'diff',
  'version',
  'api-resources',
  'api-versions',
  'cluster-info',
  'events',
  'options',
]);
const EFFECTS = ['NoExecute', 'NoSchedule', 'PreferNoSchedule'];

function kindOf(spot: Spot): string | undefined {
  if (NODE_COMMANDS.has(spot.command.name)) return 'Node';
  if (POD_COMMANDS.has(spot.command.name)) return 'Pod';
  const type = spot.args[0]?.split('/')[0]?.split(',')[0];
  return type ? mappingOfWord(type)?.kind : undefined;
}

const types = (): string[] =>
  ALL_RESOURCES.filter((r) => r.group !== 'berth.sim' && !CREATE_ONLY.has(r.kind)).map((r) => r.plural);

function namesOf(kind: string, spot: Spot, source: NameSource): readonly string[] {
  const namespaced = ALL_RESOURCES.find((r) => r.kind === kind)?.namespaced;
  return source.names(kind, namespaced ? (spot.namespace ?? source.namespace) : undefined);
}

function argumentOptions(spot: Spot, word: string, source: NameSource): readonly string[] {
  const name = spot.command.name;
  if (NO_NAMES.has(name)) return NOTHING;
  if (name === 'explain' && spot.args.length > 0) return NOTHING;
  if (spot.command.use.startsWith('kubectl top '))
    return spot.args.length === 0 ? namesOf(name === 'node' ? 'Node' : 'Pod', spot, source) : NOTHING;
  if (name === 'use-context' || name === 'set-context') return source.contexts();
  if (NODE_COMMANDS.has(name)) return namesOf('Node', spot, source);
  const slash = word.indexOf('/');
  const slashed = slash > 0 ? mappingOfWord(word.slice(0, slash))?.kind : undefined;
  if (slashed) return namesOf(slashed, spot, source).map((n) => `${word.slice(0, slash + 1)}${n}`);
  if (POD_COMMANDS.has(name)) return spot.args.length === 0 ? namesOf('Pod', spot, source) : NOTHING;
  if (spot.args.length === 0) return name === 'taint' ? ['nodes'] : name === 'get' ? [...types(), 'all'] : types();
  if (name === 'taint' && word.includes(':')) return EFFECTS.map((e) => `${word.slice(0, word.indexOf(':') + 1)}${e}`);
  const kind = kindOf(spot);
  if (!kind) return NOTHING;
  const taken = new Set(spot.args.slice(1));
  const names = spot.args[0]!.includes('/') ? [] : namesOf(kind, spot, source).filter((n) => !taken.has(n));
  if (name !== 'label' || (taken.size === 0 && !spot.args[0]!.includes('/'))) return names;
  return [...names, ...source.labelKeys(kind).flatMap((k) => [`${k}=`, `${k}-`])];
}
