import type { ExplainedDecision } from '../../view/decision.ts';
import type { PodRow } from '../../view/rows.ts';
import { select } from '../actions.ts';
import { type Key, useT } from '../i18n/index.ts';
import { useLiveRows } from '../parts/hooks.ts';
import { useStore } from '../store.ts';
import { CRITERIA, type Criterion, decidingCriterion, type Fate, fates, notHelpful } from './preemption.ts';

const TITLE: Record<Criterion, Key> = {
  pdbs: 'pre.pdbs',
  top: 'pre.top',
  sum: 'pre.sum',
  victims: 'pre.victims',
  start: 'pre.start',
};

function Candidates({ decision }: { decision: ExplainedDecision }) {
  const t = useT();
  const { startMs } = useStore((s) => s.time);
  const candidates = decision.candidates ?? [];
  if (!candidates.length) return null;
  const deciding = decidingCriterion(candidates);
  return (
    <>
      <h3>
        {t('pre.title')} <small>{t('pre.how')}</small>
      </h3>
      <div className="dec-scroll">
        <table className="sums" aria-label={t('pre.title')}>
          <thead>
            <tr>
              <th scope="col">{t('dec.node')}</th>
              {CRITERIA.map((c) => (
                <th scope="col" key={c.id}>
                  {t(TITLE[c.id])}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {candidates.map((c, i) => (
              <tr key={c.node} className={i === 0 ? 'differs' : undefined}>
                <th scope="row">{c.node}</th>
                {CRITERIA.map(({ id, of }) => (
                  <td key={id} className={i === 0 && id === deciding ? 'acc' : undefined}>
                    {id === 'start' ? t('tim.seconds', { n: Math.round((c.startMs - startMs) / 100) / 10 }) : of(c)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {candidates.length > 1 && !deciding && <p className="p-note">{t('pre.equal')}</p>}
    </>
  );
}

/** Who would have to go, who may stay, and that nominated is not placed. */
export function Preemption({ decision, pod }: { decision: ExplainedDecision; pod: PodRow | undefined }) {
  const t = useT();
  const pods = useLiveRows(1000).pods;
  const chosen = decision.preemption?.[0];
  if (!chosen) return null;
  const mine = pod?.priority ?? 0;
  const words = (f: Fate): string => {
    if (f.goes)
      return f.priority === undefined ? t('pre.went', { b: mine }) : t('pre.goes', { a: f.priority, b: mine });
    const why = f.why === 'room' ? t('pre.reprieved') : t('pre.highPriority', { a: f.priority ?? 0, b: mine });
    return t('pre.stays', { why });
  };
  const useless = notHelpful(decision);
  return (
    <>
      <Candidates decision={decision} />
      <h3>{chosen.node}</h3>
      <ul className="facts two">
        {fates(decision, pod, pods.values()).map((f) => (
          <li key={f.pod}>
            <button type="button" className="p-name" onClick={() => select({ kind: 'Pod', key: f.pod })}>
              {f.pod.slice(f.pod.indexOf('/') + 1)}
            </button>
            <span className={f.goes ? 'bad' : undefined}>{words(f)}</span>
          </li>
        ))}
      </ul>
      {useless.length > 0 && (
        <>
          <h3>{t('pre.notHelpful')}</h3>
          <ul className="facts two">
            {useless.slice(0, 12).map((n) => (
              <li key={n.node}>
                <b>{n.node}</b>
                <span>{t('pre.refusedBy', { plugin: n.plugin })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="p-note">{t('pre.nominated', { pod: pod?.workload ?? decision.pod })}</p>
    </>
  );
}
