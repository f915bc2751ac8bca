import { getState, setState } from '../store.ts';

/** Tabs of the editor: names are file names that kubectl can be given with `-f`. */

/** A name that is not taken: `web.yaml`, then `web-2.yaml`. */
export function freeName(wanted: string, taken: Readonly<Record<string, string>>): string {
  const [, stem = wanted, ext = ''] = /^(.*?)(\.[^.]*)?$/.exec(wanted) ?? [];
  let name = wanted;
  for (let n = 2; name in taken; n++) name = `${stem}-${n}${ext}`;
  return name;
}

/** What a person typed as a name, made usable: no folders, an ending that says YAML. */
export function fileName(typed: string): string {
  const bare = typed
    .trim()
    .replace(/[\\/\s]+/g, '-')
    .replace(/^[-.]+/, '');
  if (!bare) return '';
  return /\.(ya?ml|json|txt|conf|sh)$/i.test(bare) ? bare : `${bare}.yaml`;
}

/** Adds a file and shows it. */
export function addFile(name: string, text: string): void {
  const free = freeName(name, getState().files);
  setState((s) => ({ files: { ...s.files, [free]: text }, activeFile: free }));
}

export function setText(name: string, text: string): void {
  setState((s) => ({
    files: { ...s.files, [name]: text },
    edited: true,
    // a problem is about the text that was refused; another text has none yet
    problems: s.problems.filter((p) => p.file !== name),
  }));
}

export function closeFile(name: string): void {
  setState((s) => {
    const names = Object.keys(s.files);
    const at = names.indexOf(name);
    const { [name]: _, ...files } = s.files;
    const { [name]: __, ...applied } = s.applied;
    const next = names[at + 1] ?? names[at - 1] ?? '';
    return { files, applied, activeFile: s.activeFile === name ? next : s.activeFile };
  });
}

/** Renames in place, so that tabs keep their order. */
export function renameFile(from: string, typed: string): void {
  const wanted = fileName(typed);
  if (!wanted || wanted === from) return;
  setState((s) => {
    const { [from]: _, ...others } = s.files;
    const to = freeName(wanted, others);
    const rename = (all: Record<string, string>) =>
      Object.fromEntries(Object.entries(all).map(([name, text]) => [name === from ? to : name, text]));
    return {
      files: rename(s.files),
      applied: rename(s.applied),
      activeFile: s.activeFile === from ? to : s.activeFile,
    };
  });
}

/** More documents than this stay in one tab. */
const SPLIT_MAX = 8;

/** Documents of a pasted text with a name for each, or `undefined` when it should stay whole. */
export function splitDocuments(text: string): { name: string; text: string }[] | undefined {
  const parts = text.split(/^---.*$/m).filter((p) => p.replace(/^\s*#.*$/gm, '').trim());
  if (parts.length < 2 || parts.length > SPLIT_MAX) return undefined;
  return parts.map((part, i) => {
    const kind = /^kind:\s*["']?(\w+)/m.exec(part)?.[1]?.toLowerCase();
    const name = /^ {1,4}name:\s*["']?([\w.-]+)/m.exec(part)?.[1];
    return {
      name: `${[name, kind].filter(Boolean).join('-') || `document-${i + 1}`}.yaml`,
      text: part.replace(/^\s*\n/, ''),
    };
  });
}

/** Adds a pasted text as one tab a document; the empty tab it was pasted into goes. Returns whether it did. */
export function pasteDocuments(into: string, text: string): boolean {
  if (getState().files[into]?.trim()) return false;
  const documents = splitDocuments(text);
  if (!documents) return false;
  closeFile(into);
  for (const d of documents) addFile(d.name, d.text);
  setState((s) => ({
    activeFile: Object.keys(s.files)[Object.keys(s.files).length - documents.length] ?? s.activeFile,
  }));
  return true;
}
