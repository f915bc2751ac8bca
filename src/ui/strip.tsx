/** The control plane: six stations, one live word each, and which of them acts now. Opened, it shows who talks to whom: only ever to the API server. */
import { useEffect, useState } from 'react';
import type { StationRow } from '../view/rows.ts';
import { type Key, useT } from './i18n/index.ts';
import { rows } from './rows.ts';
import { setState, useStore } from './store.ts';

const STATIONS: readonly StationRow['station'][] = [
  'kubectl',
  'apiserver',
  'etcd',
  'controllers',
  'scheduler',
  'kubelets',
];
/** The active one stays lit this long at least, so that the eye can catch it. */
const LIT_MS = 600;

/** The station that acted last, held long enough to be seen. */
function useLit(): StationRow['station'] | undefined {
  const latest = useStore((s) => {
    void s.revision;
    let best: StationRow | undefined;
    for (const row of rows.stations.values()) if (!best || row.atMs >= best.atMs) best = row;
    return best?.station;
  });
  const [lit, setLit] = useState<{ station: StationRow['station'] | undefined; at: number }>({
    station: latest,
    at: 0,
  });
  useEffect(() => {
    if (latest === lit.station) return;
    const timer = setTimeout(
      () => setLit({ station: latest, at: performance.now() }),
      Math.max(0, lit.at + LIT_MS - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [latest, lit]);
  return lit.station;
}

function useWords(): Record<StationRow['station'], string> {
  const t = useT();
  const key = useStore((s) => {
    void s.revision;
    const ready = [...rows.nodes.values()].filter((n) => n.status === 'Ready').length;
    const word = (station: StationRow['station']) => rows.stations.get(station)?.word ?? '';
    return JSON.stringify([
      word('kubectl'),
      rows.revision,
      word('etcd'),
      word('controllers'),
      word('scheduler'),
      ready,
      rows.nodes.size,
    ]);
  });
  const [kubectl, revision, etcd, controllers, scheduler, ready, nodes] = JSON.parse(key) as [
    string,
    number,
    string,
    string,
    string,
    number,
    number,
  ];
  return {
    kubectl,
    apiserver: t('station.rev', { n: revision }),
    etcd,
    controllers,
    scheduler,
    kubelets: t('station.kubelets.word', { a: ready, n: nodes }),
  };
}

export function ControlPlaneStrip() {
  const t = useT();
  const open = useStore((s) => s.controlPlaneOpen);
  const lit = useLit();
  const words = useWords();
  return (
    <section className={open ? 'strip open' : 'strip'} aria-label={t('region.controlPlane')}>
      {open ? (
        <Flow lit={lit} words={words} />
      ) : (
        <button
          type="button"
          className="stations"
          aria-expanded={false}
          aria-label={t('region.controlPlane')}
          onClick={() => setState({ controlPlaneOpen: true })}
        >
          {STATIONS.map((s) => (
            <span key={s} className={s === lit ? 'station lit' : 'station'}>
              <i />
              <b>{t(`station.${s}`)}</b>
              <small>{words[s]}</small>
            </span>
          ))}
        </button>
      )}
    </section>
  );
}

const CLIENTS = ['kubectl', 'controllers', 'scheduler', 'kubelets'] as const;
const ABOUT: Record<(typeof CLIENTS)[number], Key> = {
  kubectl: 'flow.kubectl',
  controllers: 'flow.controllers',
  scheduler: 'flow.scheduler',
  kubelets: 'flow.kubelets',
};

/** The API server as one long quay; everyone is moored to it, nobody to another. */
function Flow({
  lit,
  words,
}: {
  lit: StationRow['station'] | undefined;
  words: Record<StationRow['station'], string>;
}) {
  const t = useT();
  return (
    <div className="flow">
      <button
        type="button"
        className="tb icon flow-close"
        aria-label={t('close')}
        onClick={() => setState({ controlPlaneOpen: false })}
      >
        <svg className="g ico" aria-hidden="true">
          <use href="#i-close" />
        </svg>
      </button>
      <div className="flow-clients">
        {CLIENTS.map((c) => (
          <div key={c} className={c === lit ? 'flow-client lit' : 'flow-client'}>
            <b>{t(`station.${c}`)}</b>
            <span>{words[c] || t(ABOUT[c])}</span>
            <svg className="flow-arrows" viewBox="0 0 60 56" aria-hidden="true">
              <path d="M15 56V2M11 8l4-6 4 6" />
              <path d="M45 0V54M41 48l4 6 4-6" />
            </svg>
            <em>{t('flow.watch')}</em>
          </div>
        ))}
      </div>
      <div className={lit === 'apiserver' ? 'flow-api lit' : 'flow-api'}>
        <b>{t('station.apiserver')}</b>
        <span>{t('flow.apiserver')}</span>
      </div>
      <div className={lit === 'etcd' ? 'flow-etcd lit' : 'flow-etcd'}>
        <code>{words.apiserver}</code>
        <span>{words.etcd}</span>
        <b>{t('station.etcd')}</b>
      </div>
    </div>
  );
}
