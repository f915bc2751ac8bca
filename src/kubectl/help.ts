/** `--help`: what a command is for, its flags and how it is called. */
import type { Command, Flag } from './command.ts';
import { DOCUMENTED } from './usage.ts';

export function helpText(command: Command, path: string): string {
  const parts = [`${command.long ?? command.short}\n`];
  if (command.aliases?.length) parts.push(`Aliases:\n${[command.name, ...command.aliases].join(', ')}\n`);
  const subs = (command.commands ?? []).filter((c) => !c.hidden);
  if (subs.length) {
    const lines = [...subs].sort((a, b) => (a.name < b.name ? -1 : 1)).map((c) => `  ${c.name.padEnd(13)} ${c.short}`);
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
