import {
  CONFIGURE,
  configurationError,
  defaultedConfiguration,
  type KubeSchedulerConfiguration,
  loadConfiguration,
  looksLikePolicy,
  type PolicyNote,
  SCHEDULER,
  translatePolicy,
} from '../../engine/index.ts';
import type { Env } from '../../kubectl/command.ts';
import { printYaml } from '../../kubectl/print/yaml.ts';
import { locate, readYaml, splitDocuments } from '../../kubectl/read-yaml.ts';
import type { Playground } from '../playground.ts';
import { type BerthCommand, UsageError, words } from './program.ts';
import { placedErrors } from './scheduler-problems.ts';

const USAGE = 'scheduler apply -f FILE | show [--defaults]';

/** The running scheduler's configuration as YAML. */
export function schedulerText({ cluster }: Playground, defaults = true): string {
  const { config } = cluster.stateOf<{ config: KubeSchedulerConfiguration }>(SCHEDULER);
  return printYaml(defaults ? defaultedConfiguration(config) : config);
}

function noteLine(n: PolicyNote): string {
  const where = n.line ? `line ${n.line}: ` : '';
  return `  ${n.kind.padEnd(7)}  ${where}${n.text}${n.suggestion ? `. Write ${n.suggestion}.` : ''}\n`;
}

/** The one document of a file that is the scheduler's. */
const CONFIGURATION = /^["']?kind["']?\s*:\s*["']?KubeSchedulerConfiguration\b/m;

/** Hands the running scheduler another configuration; its queue and counts stay. */
function configure(playground: Playground, config: KubeSchedulerConfiguration): void {
  const { cluster } = playground;
  cluster.wake(SCHEDULER, `${CONFIGURE}${JSON.stringify(config)}`, cluster.now);
}

function applyPolicy(env: Env, file: string, text: string, playground: Playground): number {
  const translated = translatePolicy(text);
  if ('error' in translated) {
    env.err(`error: ${translated.error}\n`);
    const line = Number(/^line (\d+)/.exec(translated.error)?.[1] ?? 1);
    env.problem?.({ file, line, column: 1, endLine: line, endColumn: 2, message: translated.error });
    return 1;
  }
  env.out('A Policy: Kubernetes dropped it in 1.23. What it asks for, in today’s words:\n\n');
  env.out(printYaml(translated.config));
  env.out('\nName by name:\n');
  for (const n of translated.notes) env.out(noteLine(n));
  configure(playground, translated.config);
  env.out('\nscheduler configured\n');
  return 0;
}

function apply(env: Env, file: string, playground: Playground): number {
  const text = file === '-' ? env.stdin : env.files.read(file);
  if (text === undefined) {
    env.err(`error: the path "${file}" does not exist\n`);
    return 1;
  }
  const documents = splitDocuments(text).filter((d) => d.text.trim());
  const document = documents.find((d) => CONFIGURATION.test(d.text)) ?? documents[0] ?? { line: 0, text };
  if (looksLikePolicy(document.text)) return applyPolicy(env, file, text, playground);
  const read = readYaml(document.text);
  if ('message' in read) {
    env.err(`error: ${file}: ${read.message}\n`);
    const line = document.line + read.line + 1;
    const range = { line, column: read.column + 1, endLine: line, endColumn: read.column + 2 };
    env.problem?.({ file, ...range, message: read.message });
    return 1;
  }
  const loaded = loadConfiguration(read.value);
  if ('errors' in loaded) {
    env.err(`error: ${configurationError(loaded.errors)}\n`);
    for (const { path, message } of placedErrors(loaded.errors, read.value))
      env.problem?.({ file, ...locate(document, path), message });
    return 1;
  }
  configure(playground, loaded.config);
  env.out('scheduler configured\n');
  return 0;
}

/**
 * `berth scheduler apply -f FILE | show`: the scheduler's own configuration, which is no API object. `--defaults` writes out
 * what holds without being said.
 */
export const schedulerCommand: BerthCommand = {
  name: 'scheduler',
  usage: USAGE,
  *run(env, list, playground) {
    const defaults = list.includes('--defaults');
    const w = words(
      list.filter((word) => word !== '--defaults'),
      ['f', 'filename'],
    );
    const [verb] = w.args;
    const file = w.get('f') ?? w.get('filename');
    if (verb === 'apply' && file !== undefined && !defaults) return apply(env, file, playground);
    if (verb !== 'show' || w.args.length !== 1) throw new UsageError(`usage: berth ${USAGE}`);
    env.out(schedulerText(playground, defaults));
    return 0;
  },
};
