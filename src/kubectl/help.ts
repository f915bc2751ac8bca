/** `--help`: what a command is for, its flags and how it is called. */
import type { Command, Flag } from './command.ts';
import { DOCUMENTED } from './usage.ts';

export function helpText(command: Command, path: string): string {
  const parts = [`${command.long ?? command.short}\n`];
  if (command.aliases?.length) parts.push(`Aliases:\n${[command.name, ...command.aliases].join(', ')}\n`);
  const subs = (command.commands ?? []).filter((c) => !c.hidden);
  if (subs.length) {
    const width = Math.max(11, ...subs.map((c) => c.name.length)) + 3;
    const lines = [...subs]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((c) => `  ${c.name.padEnd(width)}${c.short}`);
    parts.push(`Available Commands:\n${lines.join('\n')}\n`);
  }
  if (command.flags.length) parts.push(`Options:\n${optionsText(command.flags)}`);
  const use = command.use || `kubectl ${path}`;
  parts.push(`Usage:\n  ${use} [options]\n`);
  if (subs.length)
    parts.push(
      `Use "${['kubectl', path].filter(Boolean).join(' ')} <command> --help" for more information about a given command.`,
    );
  parts.push('Use "kubectl options" for a list of global command-line options (applies to all commands).\n');
  return parts.join('\n').replace('command.\n\nUse', 'command.\nUse');
}

/** kubectl's own overview: the commands by what they are for. */
const GROUPS: readonly [title: string, names: string][] = [
  ['Basic Commands (Beginner)', 'create expose run set'],
  ['Basic Commands (Intermediate)', 'explain get edit delete'],
  ['Deploy Commands', 'rollout scale autoscale'],
  ['Cluster Management Commands', 'certificate cluster-info top cordon uncordon drain taint'],
  ['Troubleshooting and Debugging Commands', 'describe logs attach exec port-forward proxy cp auth debug events'],
  ['Advanced Commands', 'diff apply patch replace wait kustomize'],
  ['Settings Commands', 'label annotate completion'],
  ['Other Commands', 'alpha api-resources api-versions config plugin version'],
];

export function overview(root: Command): string {
  const line = (name: string): string => {
    const c = root.commands?.find((x) => x.name === name);
    return c ? `  ${c.name.padEnd(16)}${c.short}\n` : '';
  };
  const groups = GROUPS.map(([title, names]) => `${title}:\n${names.split(' ').map(line).join('')}`);
  const end =
    'Usage:\n  kubectl [flags] [options]\n\nUse "kubectl <command> --help" for more information about a given command.\nUse "kubectl options" for a list of global command-line options (applies to all commands).\n';
  return `${root.long}\n\n${groups.join('\n')}\n${end}`;
}

/** `-n, --namespace='':` and what it is for, one flag a paragraph. */
export function optionsText(flags: readonly Flag[]): string {
  return flags
    .filter((f) => !f.deprecated)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((f) => `    ${f.short ? `-${f.short}, ` : ''}--${f.name}=${defaultText(f)}:\n\t${DOCUMENTED[f.name] ?? ''}\n`)
    .join('\n');
}

function defaultText(f: Flag): string {
  if (f.type === 'list' || f.type === 'array') return '[]';
  if (f.type === 'string') return `'${f.default ?? ''}'`;
  return f.default ?? '';
}
