/** Console output as runs of text and links: names of objects that exist are links that select them. */

export interface Run {
  text: string;
  /** What a click selects. */
  link?: { kind: 'Pod' | 'Node'; key: string };
}

/** What can be linked: names of nodes, and names of pods with the namespaces that have one of that name. */
export interface Names {
  nodes: ReadonlySet<string>;
  pods: ReadonlyMap<string, readonly string[]>;
}

/** A name as Kubernetes allows it; dots belong to it inside, not at its end. */
const NAME = /[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?/g;

/** The namespace that stands before a name: `kube-system/x`, `kube-system   x` (table of -A). */
function namespaceBefore(before: string, of: readonly string[]): string | undefined {
  const word = /([a-z0-9][-a-z0-9]*)(?:\/|\s+)$/.exec(before)?.[1];
  return of.find((ns) => ns === word);
}

export function runsOf(line: string, names: Names): Run[] {
  const out: Run[] = [];
  let done = 0;
  for (const m of line.matchAll(NAME)) {
    const [text, at] = [m[0], m.index];
    const spaces = names.pods.get(text);
    let link: Run['link'];
    if (spaces) {
      const ns = namespaceBefore(line.slice(0, at), spaces) ?? (spaces.includes('default') ? 'default' : spaces[0]!);
      link = { kind: 'Pod', key: `${ns}/${text}` };
    } else if (names.nodes.has(text)) link = { kind: 'Node', key: text };
    if (!link) continue;
    if (at > done) out.push({ text: line.slice(done, at) });
    out.push({ text, link });
    done = at + text.length;
  }
  if (done < line.length || !out.length) out.push({ text: line.slice(done) });
  return out;
}

/** Splits pasted text into commands: a here-document and a line ending in a backslash stay with their command. */
export function commandsOf(text: string): string[] {
  const out: string[] = [];
  let open = '';
  let until = '';
  for (const line of text.replaceAll('\r', '').split('\n')) {
    if (until) {
      open += `\n${line}`;
      if (line.trim() === until) {
        out.push(open);
        [open, until] = ['', ''];
      }
      continue;
    }
    const whole = open ? `${open}${line}` : line.replace(/^\s*\$\s+/, '');
    open = '';
    const here = /<<-?\s*['"]?(\w+)['"]?/.exec(whole)?.[1];
    if (here) [open, until] = [whole, here];
    else if (whole.endsWith('\\')) open = `${whole.slice(0, -1)} `;
    else if (whole.trim() && !whole.trim().startsWith('#')) out.push(whole.trim());
  }
  if (open.trim()) out.push(open.trim());
  return out;
}

/** True while a typed command is not finished: an open here-document or a trailing backslash. */
export function unfinished(text: string): boolean {
  const here = /<<-?\s*['"]?(\w+)['"]?/.exec(text)?.[1];
  if (here)
    return !text
      .split('\n')
      .slice(1)
      .some((l) => l.trim() === here);
  return text.endsWith('\\');
}

export type Tone = 'plain' | 'error' | 'warning';

export const toneOf = (line: string, stream: 'out' | 'err'): Tone =>
  stream === 'out'
    ? 'plain'
    : /^Warning:/.test(line)
      ? 'warning'
      : /^(error|Error|Unable|The )/.test(line)
        ? 'error'
        : 'plain';
