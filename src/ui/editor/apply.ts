import type { MarkRow } from '../../view/rows.ts';
import type { CommandResult, Problem } from '../../worker/protocol.ts';
import { say, shellWord } from '../actions.ts';
import { run } from '../connection.ts';
import { getState, setState } from '../store.ts';
import { applyLine, isPolicy } from './fix.ts';

/** The file that a command applies, `undefined` for other commands. */
export function appliedFile(line: string): string | undefined {
  return /^\s*(?:(?:kubectl|k)\s+apply|berth\s+scheduler\s+apply)\b.*?\s(?:-f|--filename)[\s=]+(?:'([^']+)'|"([^"]+)"|([^\s'"|&;]+))/
    .exec(line)
    ?.slice(1)
    .find(Boolean);
}

/** After a typed command: what it refused is marked in the editor, what it applied counts as applied. */
export function noteResult(line: string, result: CommandResult & { problems: readonly Problem[] }): void {
  const name = appliedFile(line);
  const files = new Set(result.problems.map((p) => p.file));
  if (name) files.add(name);
  if (!files.size) return;
  setState((s) => {
    const text = name === undefined ? undefined : s.files[name];
    return {
      problems: [...s.problems.filter((p) => !files.has(p.file)), ...result.problems],
      ...(result.exitCode === 0 && name && text !== undefined ? { applied: { ...s.applied, [name]: text } } : {}),
    };
  });
}

/** Files that the story itself applied (a scenario's own inputs, a replayed link) count as applied, once. */
export function noteStory(marks: readonly MarkRow[]): void {
  const { applied, files, console } = getState();
  const failed = new Set(console.filter((e) => e.exitCode !== 0).map((e) => e.line));
  const found = marks.flatMap((m) => {
    const name = m.kind === 'input' && !failed.has(m.text) ? appliedFile(m.text) : undefined;
    return name && applied[name] === undefined && files[name] !== undefined ? [[name, files[name]] as const] : [];
  });
  if (found.length) setState({ applied: { ...applied, ...Object.fromEntries(found) } });
}

/** After an undo: files whose apply is no longer part of the story do not count as applied. */
export function forgetUndone(marks: readonly MarkRow[]): void {
  const told = new Set(marks.map((m) => (m.kind === 'input' ? appliedFile(m.text) : undefined)));
  const { applied } = getState();
  const kept = Object.entries(applied).filter(([name]) => told.has(name));
  if (kept.length < Object.keys(applied).length) setState({ applied: Object.fromEntries(kept) });
}

const EDIT_HEAD = '# Please edit the object below.';

/** The command that saves a text which `kubectl edit` opened, `undefined` for a manifest of the person's own. */
export function savedEdit(text: string): string | undefined {
  if (!text.startsWith(EDIT_HEAD)) return undefined;
  const kind = /^kind: (\w+)$/m.exec(text)?.[1];
  const rest = text.split(/^metadata:$/m)[1] ?? '';
  const metadata = rest.slice(1).split(/^\S/m)[0]!;
  const name = /^ {2}name: "?([^"\n]+)"?$/m.exec(metadata)?.[1];
  const namespace = /^ {2}namespace: "?([^"\n]+)"?$/m.exec(metadata)?.[1];
  if (!kind || !name) return undefined;
  const where = namespace && namespace !== 'default' ? ` -n ${shellWord(namespace)}` : '';
  return `kubectl edit ${kind.toLowerCase()} ${shellWord(name)}${where}`;
}

/**
 * `kubectl apply -f <file>` through the console, as Ctrl+Enter and the button do; the scheduler's configuration goes to the
 * scheduler, and a text that `kubectl edit` opened is saved to it. What is refused is marked at its lines and read out; only a
 * text that was taken counts as applied. `line`: the command, when it is another one.
 */
export async function applyFile(name = getState().activeFile, line?: string): Promise<void> {
  const text = getState().files[name];
  if (!text?.trim() || getState().readonly) return;
  try {
    await applyText(name, text, line);
  } catch {
    // the worker broke: the crash page says so
  }
}

async function applyText(name: string, text: string, given: string | undefined): Promise<void> {
  const line = given ?? applyLine(name, text);
  const edit = given === undefined ? savedEdit(text) : undefined;
  const result = await (edit ? run(edit, { stdin: text }) : run(line));
  noteResult(line, result);
  if (result.exitCode !== 0)
    say({
      actor: 'error',
      text: result.problems[0]?.message ?? result.stderr.trim().split('\n')[0] ?? '',
      assertive: true,
    });
  else {
    // an older complaint is settled
    if (getState().notice?.actor === 'error') say(null);
    // what a Policy of old means today is told there
    if (isPolicy(text)) setState({ consoleOpen: true });
  }
}
