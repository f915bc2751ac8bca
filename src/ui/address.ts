/** The page's address: which cluster to open, at which moment, with what selected. A bad one never gives a blank page: a sentence, and the opening cluster. */
import { decodeLink } from '../share/link.ts';
import { load, report, say, select } from './actions.ts';
import { latestDocument, type SavedDocument, startDocument } from './autosave.ts';
import { t } from './i18n/index.ts';
import { rows } from './rows.ts';
import { loadGallery } from './scenario-list.ts';
import { setState } from './store.ts';

export const OPENING = 'opening';
/** What was wrong with a link stays readable for a while. */
const BAD_LINK_MS = 30_000;

/** What an address asks for. */
export interface Address {
  kind: 'none' | 'recording' | 'example' | 'lesson' | 'unknown';
  /** The payload, or the slug. */
  value: string;
  /** Since the start of the recording. */
  atMs: number | undefined;
  /** `namespace/pod` or a node's name. */
  select: string;
  panel: string;
  play: boolean;
}

/** Reads the part after `#`. */
export function parseHash(hash: string): Address {
  const [head = '', ...rest] = hash.replace(/^#/, '').split('&');
  const params = new URLSearchParams(rest.join('&'));
  const t0 = Number(params.get('t') ?? Number.NaN);
  const more = {
    atMs: Number.isFinite(t0) && t0 >= 0 ? t0 : undefined,
    select: params.get('select') ?? '',
    panel: params.get('panel') ?? '',
    play: params.get('play') === '1',
  };
  if (head === '' || head === 'cluster') return { kind: 'none', value: '', ...more };
  if (head.startsWith('s=')) return { kind: 'recording', value: head.slice(2), ...more };
  const named = /^(example|lesson)\/([\w-]+)$/.exec(decodeURIComponent(head));
  if (named) return { kind: named[1] as 'example' | 'lesson', value: named[2]!, ...more };
  return { kind: 'unknown', value: head, ...more };
}

async function titleOf(slug: string): Promise<string | undefined> {
  const list = await loadGallery();
  return list.find((s) => s.slug === slug)?.title;
}

/** Opens an example by its slug and puts it into the address. */
export async function openScenario(slug: string): Promise<void> {
  try {
    const title = await titleOf(slug);
    if (title === undefined) throw new Error(t('link.unknownScenario', { slug }));
    startDocument();
    await load({ scenario: slug }, { scenario: slug, title });
    history.replaceState(null, '', slug === OPENING ? location.pathname + location.search : `#example/${slug}`);
    setState({ dialog: null, lesson: '' });
  } catch (error) {
    report(error);
  }
}

async function openOpening(because?: string): Promise<void> {
  const title = (await titleOf(OPENING)) ?? '';
  await load({ scenario: OPENING }, { scenario: OPENING, title });
  if (because) say({ actor: 'link', text: because, assertive: true }, BAD_LINK_MS);
}

async function openRecording(address: Address): Promise<void> {
  const decoded = decodeLink(address.value);
  if (!decoded.ok) {
    await openOpening(t('link.bad', { why: decoded.message.replace(/\.$/, '') }));
    return;
  }
  const { recording } = decoded;
  const title = recording.scenario ? ((await titleOf(recording.scenario)) ?? '') : '';
  const atMs = address.atMs ?? recording.endMs;
  await load({ recording }, { scenario: recording.scenario ?? '', title, atMs, paused: !address.play });
  setState({ edited: true });
}

async function openLesson(address: Address): Promise<void> {
  const title = await titleOf(address.value);
  if (title === undefined) {
    await openOpening(t('link.unknownScenario', { slug: address.value }));
    return;
  }
  await load(
    { scenario: address.value },
    { scenario: address.value, title, ...(address.atMs === undefined ? {} : { atMs: address.atMs }) },
  );
  if (address.kind === 'lesson') setState({ lesson: address.value, side: 'lesson' });
}

/** Selects what the address names, once the rows are there. */
function selectNamed(address: Address): void {
  if (!address.select) return;
  const kind = address.select.includes('/') ? 'Pod' : 'Node';
  const known = kind === 'Pod' ? rows.podKeys.has(address.select) : rows.nodes.has(address.select);
  if (!known) return;
  select({ kind, key: address.select });
  if (address.panel === 'yaml' || address.panel === 'events' || address.panel === 'why')
    setState({ inspectorTab: address.panel });
}

/** Goes on with a document that was kept. */
export async function openSaved(saved: SavedDocument): Promise<void> {
  const { recording, scenario, title, paused } = saved;
  await load({ recording }, { scenario, title, atMs: recording.endMs, paused });
  setState({ edited: saved.edited });
}

/**
 * Opens what the address says; at the start of the page what this tab had open at that address, else the opening cluster. Tells whether
 * nothing was asked for and nothing was kept.
 */
export async function openFromAddress(starting = false): Promise<{ fresh: boolean }> {
  const address = parseHash(location.hash);
  const saved = starting ? await latestDocument() : undefined;
  if (saved && saved.hash === location.hash) {
    await openSaved(saved);
    selectNamed(address);
    return { fresh: false };
  }
  startDocument();
  switch (address.kind) {
    case 'recording':
      await openRecording(address);
      break;
    case 'example':
    case 'lesson':
      await openLesson(address);
      break;
    case 'unknown':
      await openOpening(t('link.bad', { why: `#${address.value.slice(0, 40)}` }));
      break;
    case 'none':
      await openOpening();
  }
  selectNamed(address);
  return { fresh: address.kind === 'none' };
}
