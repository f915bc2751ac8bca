/** What leaves the page as text: embed code, a Markdown story, the manifests. */
import { rows } from '../rows.ts';
import { cores } from '../scene/names.ts';
import { getState } from '../store.ts';

const attribute = (s: string): string => s.replace(/&/g, '&amp;').replace(/"/g, '&quot;');

/** An `<iframe>` with the state in its address. */
export function embedCode(page: string, link: string, title: string): string {
  const src = `${page}?embed=1${link.slice(link.indexOf('#'))}`;
  return `<iframe src="${attribute(src)}" title="${attribute(title || 'Berth')}" width="100%" height="420" style="border:1px solid #74838e;border-radius:3px" loading="lazy"></iframe>`;
}

/** Nodes, where every pod is, and the commands that led there. */
export function markdownText(link: string): string {
  const { title, console: entries } = getState();
  const lines = [
    `## ${title || 'Berth'}`,
    '',
    '| Node | Arch | Status | CPU requested | Pods |',
    '|---|---|---|---|---|',
  ];
  for (const n of rows.nodes.values()) {
    const pods = [...rows.pods.values()]
      .filter((p) => p.node === n.name && !p.system)
      .map((p) => `${p.name} (${p.word})`);
    lines.push(
      `| ${n.name} | ${n.arch} | ${n.status}${n.unschedulable ? ', SchedulingDisabled' : ''} | ${cores(n.cpuMilli.requested)} of ${cores(n.cpuMilli.allocatable)} | ${pods.join(', ')} |`,
    );
  }
  const waiting = [...rows.pods.values()].filter((p) => !p.node).map((p) => p.name);
  if (waiting.length) lines.push('', `Pending: ${waiting.join(', ')}`);
  if (entries.length) lines.push('', '```console', ...entries.map((e) => `$ ${e.line}`), '```');
  if (link) lines.push('', `[Open in Berth](${link})`);
  return `${lines.join('\n')}\n`;
}

/** All manifests as one stream of documents. */
export function manifestsText(files: Record<string, string>): string {
  return Object.entries(files)
    .filter(([name]) => /\.ya?ml$/.test(name))
    .map(([name, text]) => `# ${name}\n${text.trimEnd()}\n`)
    .join('---\n');
}
