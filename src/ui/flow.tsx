/** The control plane opened: the API server as one long quay. Everyone is moored to it, nobody to another; beneath it lies what etcd keeps. */
import type { HopRow } from '../view/rows.ts';
import { step } from './actions.ts';
import { hopWords, keyWords, nextHop, shortName } from './hops.ts';
import { type Key, useT } from './i18n/index.ts';
import { SpriteIcon } from './icon.tsx';
import { rows } from './rows.ts';
import { setState } from './store.ts';

/** Who stands on the quay, and the numbers of its two arrows: what it watches, what it writes. */
const CLIENTS = [
  { id: 'kubectl', watch: 0, write: 1, about: 'flow.kubectl' },
  { id: 'Deployment', watch: 2, write: 3, about: 'flow.deployment' },
  { id: 'ReplicaSet', watch: 4, write: 5, about: 'flow.replicaset' },
  { id: 'scheduler', watch: 6, write: 7, about: 'flow.scheduler' },
  { id: 'kubelets', watch: 8, write: 9, about: 'flow.kubelets' },
] as const satisfies readonly { id: string; watch: number; write: number; about: Key }[];

type Client = (typeof CLIENTS)[number]['id'];

/** Which of the five a write came from; controllers of other workloads make pods as the ReplicaSet's does. */
function clientOf(hop: HopRow | undefined): Client | undefined {
  if (hop?.by !== 'controllers') return hop?.by;
  return hop.actor === 'Deployment' ? 'Deployment' : 'ReplicaSet';
}

const KEPT = 4;

function Clients({ hop }: { hop: HopRow | undefined }) {
  const t = useT();
  const lit = clientOf(hop);
  const title = (id: Client) => {
    const mine = id === lit ? hop?.actor : '';
    if (id === 'kubectl' || id === 'scheduler') return t(`station.${id}`);
    if (id === 'kubelets') return mine ? `kubelet, ${mine}` : t('station.kubelets');
    return t('flow.controller', { kind: mine || id });
  };
  return (
    <div className="flow-clients">
      {CLIENTS.map(({ id, watch, write, about }) => (
        <div key={id} className={id === lit ? 'flow-client lit' : 'flow-client'}>
          <b>{title(id)}</b>
          <span>{t(about)}</span>
          {watch > 0 && (
            <i className="flow-arrow up">
              <em>{t('flow.watch')}</em>
              <b aria-hidden="true">{watch}</b>
            </i>
          )}
          <i className="flow-arrow down">
            <b aria-hidden="true">{write}</b>
            {id === lit && hop && (
              <span className="flow-card" key={hop.revision}>
                {hop.node ? t('flow.binding', { pod: shortName(hop.name) }) : `${hop.kind} ${shortName(hop.name)}`}
              </span>
            )}
          </i>
        </div>
      ))}
    </div>
  );
}

export function Flow({ hop, waiting }: { hop: HopRow | undefined; waiting: number }) {
  const t = useT();
  return (
    <div className="flow">
      <button
        type="button"
        className="tb icon flow-close"
        aria-label={t('close')}
        onClick={() => setState({ controlPlaneOpen: false })}
      >
        <SpriteIcon name="close" />
      </button>
      <Clients hop={hop} />
      <div className="flow-api">
        <b>{t('station.apiserver')}</b>
        <span>{hop ? hopWords(hop) : t('flow.apiserver')}</span>
        {hop?.node && <code>{`spec.nodeName: ${hop.node}`}</code>}
      </div>
      <EtcdLog hop={hop} waiting={waiting} />
    </div>
  );
}

/** The last writes as etcd keeps them, and the way to the next one. */
function EtcdLog({ hop, waiting }: { hop: HopRow | undefined; waiting: number }) {
  const t = useT();
  const log = rows.hops.filter((h) => h.revision <= (hop?.revision ?? 0)).slice(-KEPT);
  return (
    <div className="flow-etcd">
      {log.map((h) => (
        <span key={h.revision} className={h === hop ? 'now' : ''}>
          <code>{h.revision}</code> {keyWords(h)}
        </span>
      ))}
      <b>{t('station.etcd')}</b>
      <button type="button" className="more-link" onClick={() => nextHop() || void step()}>
        {waiting > 0 ? t('flow.next.n', { n: waiting }) : t('flow.next')} <kbd>.</kbd>
      </button>
    </div>
  );
}
