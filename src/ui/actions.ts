/** What a person can do, as the commands they would type: every gesture is echoed in the console. */
import type { Recording } from '../worker/protocol.ts';
import { call, run } from './connection.ts';
import { t } from './i18n/index.ts';
import { rows } from './rows.ts';
import { zoomRange } from './scene/levels.ts';
import { getState, type Notice, type Selection, setState } from './store.ts';

/** Quotes a word for the shell when it needs it. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`;
}

const inNamespace = (namespace: string): string => (namespace === 'default' ? '' : ` -n ${shellWord(namespace)}`);

/** How long a sentence of the page stays before the cluster speaks again. */
const SAY_MS = 6000;

export function say(notice: Notice | null, forMs = SAY_MS): void {
  setState({ notice: notice && { untilMs: performance.now() + forMs, ...notice } });
}

/** Says what went wrong; a worker that stopped has its own page. */
export function report(error: unknown): void {
  if (getState().crash) return;
  say({ actor: 'error', text: error instanceof Error ? error.message : String(error), assertive: true });
}

/** Runs a command and says its complaint when it fails. */
async function perform(line: string): Promise<void> {
  if (getState().readonly) return;
  try {
    const result = await run(line);
    if (result.exitCode !== 0)
      say({ actor: 'kubectl', text: result.stderr.trim().split('\n')[0] ?? line, assertive: true });
  } catch (error) {
    report(error);
  }
}

export function select(selection: Selection, open = true): void {
  const s = getState();
  const same = selection?.kind === s.selection?.kind && selection?.key === s.selection?.key;
  // On a phone the first tap selects, the second opens.
  // In an embed there is no inspector: the nodes themselves say why.
  const opens = open && !s.embed && (s.width !== 'narrow' || same);
  setState({
    selection,
    menu: null,
    ...(same ? {} : { inspectorTab: 'why' as const, preview: null }),
    ...(selection && opens ? { inspectorOpen: true, side: 'inspector' as const, sheet: 'half' as const } : {}),
    ...(selection ? {} : { explained: null, preview: null, inspectorOpen: false }),
  });
}

export const cordon = (node: string, on: boolean): Promise<void> =>
  perform(`kubectl ${on ? 'cordon' : 'uncordon'} ${shellWord(node)}`);
export const taint = (node: string, spec: string): Promise<void> =>
  perform(`kubectl taint nodes ${shellWord(node)} ${shellWord(spec)}`);
export const fault = (kind: string, node: string): Promise<void> => perform(`berth fault ${kind} ${shellWord(node)}`);
export const setCapacity = (node: string, cpu: string): Promise<void> =>
  perform(`berth node set ${shellWord(node)} --cpu ${shellWord(cpu)}`);
export const removeNode = (node: string): Promise<void> => perform(`berth node remove ${shellWord(node)}`);
export const addNode = (args: string): Promise<void> => perform(`berth node add ${args}`);
export const scale = (kind: string, name: string, namespace: string, replicas: number): Promise<void> =>
  perform(`kubectl scale ${kind} ${shellWord(name)} --replicas=${replicas}${inNamespace(namespace)}`);

export function deletePod(key: string): Promise<void> {
  const [namespace = '', name = ''] = key.split('/');
  return perform(`kubectl delete pod ${shellWord(name)}${inNamespace(namespace)} --wait=false`);
}

export function showLogs(key: string): Promise<void> {
  const [namespace = '', name = ''] = key.split('/');
  setState({ consoleOpen: true });
  return perform(`kubectl logs ${shellWord(name)}${inNamespace(namespace)}`);
}

/** Writes `spec.nodeName` past the scheduler, as a Binding does. The kubelet may still refuse. */
export async function bindHere(key: string, node: string): Promise<void> {
  const [namespace = '', name = ''] = key.split('/');
  const binding = {
    apiVersion: 'v1',
    kind: 'Binding',
    metadata: { name, namespace },
    target: { apiVersion: 'v1', kind: 'Node', name: node },
  };
  try {
    const path = `/api/v1/namespaces/${namespace}/pods/${name}/binding`;
    const result = await run(`kubectl create --raw ${shellWord(path)} -f -`, { stdin: JSON.stringify(binding) });
    if (result.exitCode !== 0) say({ actor: 'kubectl', text: result.stderr.trim(), assertive: true });
  } catch (error) {
    report(error);
  }
}

/** Shows what a drain would do, before doing it. */
export async function previewDrain(node: string): Promise<void> {
  select({ kind: 'Node', key: node });
  try {
    setState({ preview: { node, moves: await call('drainPreview', node) } });
  } catch (error) {
    report(error);
  }
}

/** Larger or smaller by `factor`; 0: as at first. */
export function zoomBy(factor: number): void {
  const { min, max } = zoomRange(rows.nodes.size);
  setState((s) => ({ zoom: factor ? Math.min(max, Math.max(min, Math.round(s.zoom * factor * 1000) / 1000)) : 1 }));
}

/** Time. */
export async function togglePlay(): Promise<void> {
  const { time } = getState();
  try {
    setState({ time: time.paused ? await call('play', time.speed) : await call('pause') });
    if (getState().notice?.actor === 'paused') say(null);
  } catch (error) {
    report(error);
  }
}

export async function setSpeed(speed: number): Promise<void> {
  const { time } = getState();
  try {
    const next = await call('play', speed);
    setState({ time: time.paused ? await call('pause') : next });
  } catch (error) {
    report(error);
  }
}

export async function step(): Promise<void> {
  try {
    if (!getState().time.paused) setState({ time: await call('pause') });
    setState({ time: await call('step') });
  } catch (error) {
    report(error);
  }
}

/** To the mark before the present moment. */
export function stepBack(): Promise<void> {
  const now = rows.nowMs;
  const before = rows.marks.findLast((m) => m.atMs < now - 1);
  return seek(before?.atMs ?? getState().time.startMs);
}

/** `atMs` as the clock counts, since the epoch. */
export async function seek(atMs: number): Promise<void> {
  try {
    if (!getState().time.paused) await call('pause');
    setState({ time: await call('seek', Math.max(0, atMs - getState().time.startMs)) });
  } catch (error) {
    report(error);
  }
}

export async function undo(redo = false): Promise<void> {
  if (getState().readonly) return;
  try {
    setState({ time: await call(redo ? 'redo' : 'undo') });
    await takeFiles();
  } catch (error) {
    report(error);
  }
}

/** Reads the manifests of what was loaded into the editor. */
async function takeFiles(replace = false): Promise<Recording> {
  const [recording, tabs] = await Promise.all([call('recording'), call('tabs')]);
  setState((s) => {
    const files = replace ? tabs : { ...s.files, ...tabs };
    const names = Object.keys(files);
    const activeFile = names.includes(s.activeFile) ? s.activeFile : (names[0] ?? '');
    return replace ? { files, applied: {}, activeFile } : { files, activeFile };
  });
  return recording;
}

export interface LoadOptions {
  title: string;
  scenario: string;
  /** Since the recording's start. */
  atMs?: number;
  paused?: boolean;
}

/** Opens an example or a recording and starts its time. */
export async function load(
  source: { recording: Recording } | { scenario: string },
  options: LoadOptions,
): Promise<void> {
  const time = await call('load', source, options.atMs);
  setState({
    time,
    scenario: options.scenario,
    title: options.title,
    edited: false,
    selection: null,
    explained: null,
    preview: null,
    inspectorOpen: false,
    zoom: 1,
    notice: null,
    console: [],
    problems: [],
    crash: null,
  });
  await takeFiles(true);
  setState({ time: options.paused ? await call('pause') : await call('play', getState().time.speed || 1) });
}

/** Puts text on the clipboard; says so. Resolves to whether it worked. */
export async function copyText(text: string, said?: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without permission (an embed, an old browser) the old way still works.
    const area = document.createElement('textarea');
    area.value = text;
    area.style.cssText = 'position:fixed;opacity:0';
    (document.querySelector('dialog[open]') ?? document.body).append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    if (!done) return false;
  }
  if (said) say({ actor: 'link', text: said });
  return true;
}

export const linkSaid = (length: number): string => {
  const n = length.toLocaleString();
  if (length <= 2000) return t('share.copied', { n });
  return length <= 8000 ? t('share.copiedLong', { n }) : t('share.tooLong');
};
