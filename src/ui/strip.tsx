/** The control plane: six stations, one live word each, and which of them acts now. Opened, it shows who talks to whom: only ever to the API server. */
import { useEffect } from 'react';
import type { HopRow } from '../view/rows.ts';
import { Flow } from './flow.tsx';
import { keyWords, LIT_MS, nextHop, shortName, shownHop } from './hops.ts';
import { type Translate, useT } from './i18n/index.ts';
import { rows } from './rows.ts';
import { setState, useStore } from './store.ts';

const STATIONS = ['kubectl', 'apiserver', 'etcd', 'controllers', 'scheduler', 'kubelets'] as const;
export type Station = (typeof STATIONS)[number];

/** The write that is shown, held long enough to be seen while time runs. */
function useHop(): { hop: HopRow | undefined; waiting: number } {
  const paused = useStore((s) => s.time.paused);
  const open = useStore((s) => s.controlPlaneOpen);
  const shown = useStore((s) => s.hop);
  // Whether something newer is there, not what: writes that keep coming must not put off the next picture.
  const behind = useStore((s) => {
    void s.revision;
    return Math.sign((rows.hops.at(-1)?.revision ?? 0) - shown);
  });
  useEffect(() => {
    const newest = () => setState({ hop: rows.hops.at(-1)?.revision ?? 0 });
    // After a jump back in time nothing that was shown is true any more.
    if (behind < 0) newest();
    // Opened and paused, the reader turns the pages.
    if (behind <= 0 || (open && paused && shown > 0)) return;
    const timer = setTimeout(() => (open ? nextHop() : newest()), shown ? LIT_MS : 0);
    return () => clearTimeout(timer);
  }, [behind, shown, open, paused]);
  return shownHop(rows.hops, shown);
}

function wordsOf(hop: HopRow | undefined, t: Translate): Record<Station, string> {
  const last = (by: HopRow['by']) => rows.hops.findLast((h) => h.by === by && h.revision <= (hop?.revision ?? 0));
  const [mine, made, bound] = [last('kubectl'), last('controllers'), last('scheduler')];
  const nodes = [...rows.nodes.values()];
  return {
    kubectl: mine ? `${mine.verb} ${mine.name}` : '',
    apiserver: hop ? `${hop.verb} ${hop.resource}` : t('station.rev', { n: rows.revision }),
    etcd: hop ? `${hop.revision} ${keyWords(hop)}` : '',
    controllers: made ? `${made.actor} ${made.verb}` : '',
    scheduler: bound
      ? bound.node
        ? `${shortName(bound.name)} → ${bound.node}`
        : t('station.nofit', { pod: shortName(bound.name) })
      : '',
    kubelets: t('station.kubelets.word', { a: nodes.filter((n) => n.status === 'Ready').length, n: nodes.length }),
  };
}

export function ControlPlaneStrip() {
  const t = useT();
  const open = useStore((s) => s.controlPlaneOpen);
  const { hop, waiting } = useHop();
  useStore((s) => {
    void s.revision;
    return [...rows.nodes.values()].filter((n) => n.status === 'Ready').length * 10_000 + rows.nodes.size;
  });
  if (open)
    return (
      <section className="strip open" aria-label={t('region.controlPlane')}>
        <Flow hop={hop} waiting={waiting} />
      </section>
    );
  const words = wordsOf(hop, t);
  return (
    <section className="strip" aria-label={t('region.controlPlane')}>
      <button
        type="button"
        className="stations"
        aria-expanded={false}
        aria-label={t('region.controlPlane')}
        onClick={() => setState({ controlPlaneOpen: true })}
      >
        {STATIONS.map((s) => (
          <span key={s} className={s === hop?.by ? 'station lit' : 'station'}>
            <i />
            <b>{t(`station.${s}`)}</b>
            <small>{words[s]}</small>
          </span>
        ))}
      </button>
    </section>
  );
}
