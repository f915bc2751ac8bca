/**
 * Each document keeps its recording in this browser. A tab has its own document; opening a link or an example starts a new one and never
 * overwrites another. "Recent" lists them.
 */
import { createStore, del, entries, set } from 'idb-keyval';
import type { Recording } from '../worker/protocol.ts';
import { currentRecording } from './link.ts';
import { getState, type UiState, useStore } from './store.ts';

export interface SavedDocument {
  id: string;
  savedAtMs: number;
  title: string;
  scenario: string;
  edited: boolean;
  paused: boolean;
  /** The address it was opened with: a reload goes on with it, another address opens another document. */
  hash: string;
  recording: Recording;
}

const MOST = 12;
const SAVE_AFTER_MS = 900;
const TAB_KEY = 'berth.document';

const store = () => createStore('berth', 'documents');

/** Newest first; empty where the browser has no storage. */
export async function documents(): Promise<SavedDocument[]> {
  try {
    const all = (await entries<string, SavedDocument>(store())).map(([, d]) => d);
    return all.filter((d) => d?.recording?.format === 1).sort((a, b) => b.savedAtMs - a.savedAtMs);
  } catch {
    return []; // a private window may forbid it
  }
}

const ofThisTab = (): string | null => {
  try {
    return sessionStorage.getItem(TAB_KEY);
  } catch {
    return null;
  }
};

/** What this tab had open before a reload. */
export async function latestDocument(): Promise<SavedDocument | undefined> {
  const id = ofThisTab();
  if (!id) return undefined;
  return (await documents()).find((d) => d.id === id);
}

let current = '';

function documentId(): string {
  current ||= ofThisTab() ?? '';
  if (!current) startDocument();
  return current;
}

/** What follows is a document of its own. */
export function startDocument(): void {
  current = crypto.randomUUID();
  try {
    sessionStorage.setItem(TAB_KEY, current);
  } catch {
    // without storage nothing is kept, and the page works all the same
  }
}

async function save(): Promise<void> {
  const s = getState();
  if (!s.connected || s.embed || s.crash) return;
  const recording = await currentRecording();
  const saved: SavedDocument = {
    id: documentId(),
    savedAtMs: Date.now(),
    title: s.title,
    scenario: s.scenario,
    edited: s.edited,
    paused: s.time.paused,
    hash: location.hash,
    recording,
  };
  await set(saved.id, saved, store());
  const all = await documents();
  await Promise.all(all.slice(MOST).map((d) => del(d.id, store())));
}

const changed = (s: UiState, before: UiState): boolean =>
  s.files !== before.files ||
  s.console !== before.console ||
  s.time.paused !== before.time.paused ||
  s.scenario !== before.scenario;

/** Saves a moment after each change, and when the tab is left. */
export function startAutosave(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = () => {
    clearTimeout(timer);
    timer = undefined;
    save().catch(() => undefined); // full or forbidden storage must not stop the page
  };
  useStore.subscribe((s, before) => {
    if (changed(s, before)) timer ??= setTimeout(now, SAVE_AFTER_MS);
  });
  addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && now());
  addEventListener('pagehide', now);
}
