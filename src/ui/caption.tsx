/** One sentence about what just happened, who did it, and a way to why. It is the page's polite live region: at most one in two seconds. */
import { useEffect, useState } from 'react';
import type { CaptionRow } from '../view/rows.ts';
import { seek, select } from './actions.ts';
import { type Key, type Translate, useT } from './i18n/index.ts';
import { Rich } from './parts/Rich.tsx';
import { rows } from './rows.ts';
import { type Selection, setState, useStore } from './store.ts';

const SPEAK_EVERY_MS = 2000;

interface Said {
  actor: Key;
  text: string;
  /** What "Show why" opens. */
  about: Selection;
}

const short = (key: string): string => key.split('/').at(-1)!;

function placed(c: Extract<CaptionRow, { kind: 'placed' }>, t: Translate): string {
  const pod = short(c.pod);
  const first = !c.next
    ? t('caption.placedAlone', { pod, node: c.node })
    : c.next.score === c.score
      ? t('caption.placedTie', { pod, node: c.node, a: c.score, next: c.next.node })
      : t('caption.placed', { pod, node: c.node, a: c.score, b: c.next.score, next: c.next.node });
  return c.refused > 0 ? `${first} ${t('caption.refusedNodes', { n: c.refused })}` : first;
}

function refused(c: Extract<CaptionRow, { kind: 'refused' }>, t: Translate): string {
  const pod = short(c.pod);
  if (!c.reasons.length) return t('caption.refused', { pod, n: c.nodes });
  const reasons = c.reasons.map((r) => `${r.count} ${r.reason}`).join(', ');
  return t('caption.refusedReasons', { pod, n: c.nodes, reasons });
}

const nodeOf = (c: CaptionRow): Selection => ('node' in c && c.node ? { kind: 'Node', key: c.node } : null);

/** What was done to a node. */
function aboutNode(c: Extract<CaptionRow, { kind: 'tainted' | 'cordoned' | 'node' }>, t: Translate): Said {
  const about = nodeOf(c);
  if (c.kind === 'node')
    return { actor: 'actor.cluster', text: t('caption.node', { node: c.node, status: c.status }), about };
  const text =
    c.kind === 'tainted'
      ? t(c.removed ? 'caption.untainted' : 'caption.tainted', { node: c.node, taint: c.taint })
      : t(c.on ? 'caption.cordoned' : 'caption.uncordoned', { node: c.node });
  return { actor: 'actor.kubectl', text, about };
}

/** The sentence of a caption row in the reader's language. */
export function sentence(c: CaptionRow, t: Translate): Said {
  const pod = 'pod' in c ? ({ kind: 'Pod', key: c.pod } as const) : null;
  const node = nodeOf(c);
  switch (c.kind) {
    case 'placed':
      return { actor: 'actor.scheduler', text: placed(c, t), about: pod };
    case 'refused':
      return { actor: 'actor.scheduler', text: refused(c, t), about: pod };
    case 'preempting':
      return {
        actor: 'actor.scheduler',
        text: t('caption.preempting', {
          pod: short(c.pod),
          node: c.node,
          victims: c.victims.map(short).join(', '),
          n: c.victims.length,
        }),
        about: pod,
      };
    case 'pulling':
      return { actor: 'actor.kubelet', text: t('caption.pulling', { ...c, pod: short(c.pod) }), about: pod };
    case 'running':
      return { actor: 'actor.kubelet', text: t('caption.running', { ...c, pod: short(c.pod) }), about: pod };
    case 'failed':
      return { actor: 'actor.kubelet', text: t('caption.failed', { ...c, pod: short(c.pod) }), about: pod };
    case 'evicted':
      return {
        actor: 'actor.controllers',
        text: t('caption.evicted', { pod: short(c.pod), node: c.node, by: c.by }),
        about: pod,
      };
    case 'deleted':
      return {
        actor: 'actor.kubelet',
        text: t(c.node ? 'caption.deleted' : 'caption.deletedPending', { pod: short(c.pod), node: c.node }),
        about: node,
      };
    case 'many':
      return {
        actor: 'actor.scheduler',
        text: t('caption.many', { k: c.count, workload: c.workload, m: c.nodes }),
        about: null,
      };
    case 'tainted':
    case 'cordoned':
    case 'node':
      return aboutNode(c, t);
    case 'created':
      return { actor: 'actor.kubectl', text: t('caption.created', { object: c.object }), about: null };
  }
}

/** Newest wins; what comes sooner than two seconds after the last waits. */
function usePaced<T>(value: T, everyMs: number): T {
  const [shown, setShown] = useState({ value, at: 0 });
  useEffect(() => {
    if (value === shown.value) return;
    const wait = Math.max(0, shown.at + everyMs - performance.now());
    const timer = setTimeout(() => setShown({ value, at: performance.now() }), wait);
    return () => clearTimeout(timer);
  }, [value, shown, everyMs]);
  return shown.value;
}

function useSaid(t: Translate): { said: Said; past: boolean; assertive: boolean } {
  const caption = useStore((s) => s.caption);
  const notice = useStore((s) => s.notice);
  const preview = useStore((s) => s.preview !== null);
  const time = useStore((s) => (s.time.past ? s.time : null));
  const connected = useStore((s) => s.connected);
  const empty = useStore((s) => s.connected && s.revision > 0 && rows.nodes.size === 0);
  if (preview)
    return { said: { actor: 'actor.preview', text: t('drain.dashed'), about: null }, past: false, assertive: false };
  if (notice)
    return {
      said: { actor: `actor.${notice.actor}`, text: notice.text, about: null },
      past: false,
      assertive: notice.assertive === true,
    };
  if (time) {
    const at = ((time.nowMs - time.startMs) / 1000).toFixed(1);
    const d = ((time.endMs - time.nowMs) / 1000).toFixed(1);
    return {
      said: {
        actor: 'actor.past',
        text: `${t('past.at', { t: at, d })}. ${t('past.branch')}.`.replace('..', '.'),
        about: null,
      },
      past: true,
      assertive: false,
    };
  }
  if (caption) return { said: sentence(caption, t), past: false, assertive: false };
  const key: Key = !connected ? 'caption.wait' : empty ? 'caption.empty' : 'caption.start';
  return { said: { actor: 'actor.start', text: t(key), about: null }, past: false, assertive: false };
}

export function Caption() {
  const t = useT();
  const { said, past, assertive } = useSaid(t);
  const spoken = usePaced(said.text, SPEAK_EVERY_MS);
  const endMs = useStore((s) => s.time.endMs);
  const { about } = said;
  const telling = useStore((s) => s.beat !== null);
  const why = about?.kind === 'Pod' && (rows.podKeys.has(about.key) || !rows.nodes.size);
  const status = (
    <span
      className="p-hidden"
      role="status"
      aria-live={assertive ? 'assertive' : 'polite'}
      aria-label={t('region.caption')}
    >
      {`${t(said.actor)}: ${spoken.replaceAll('**', '')}`}
    </span>
  );
  if (telling) return status;
  return (
    <div className="caption">
      <span className="who" aria-hidden="true">
        {t(said.actor)}
      </span>
      <span className="said" aria-hidden="true">
        <Rich text={said.text} />
      </span>
      {status}
      {past && (
        <button type="button" className="more-link" onClick={() => void seek(endMs)}>
          {t('past.back')}
        </button>
      )}
      {why && (
        <button
          type="button"
          className="more-link"
          onClick={() => {
            setState({ inspectorTab: 'why' });
            select(about);
          }}
        >
          {t('why.show')}
        </button>
      )}
    </div>
  );
}
