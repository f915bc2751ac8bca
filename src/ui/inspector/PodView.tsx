import { useMemo } from 'react';
import type { ExplainedDecision } from '../../view/decision.ts';
import type { PodRow } from '../../view/rows.ts';
import { deletePod, showLogs } from '../actions.ts';
import { run } from '../connection.ts';
import { useT } from '../i18n/index.ts';
import { amount, asks, span } from '../parts/format.ts';
import { StateGlyph, toneOfForm } from '../parts/Icon.tsx';
import { Rich } from '../parts/Rich.tsx';
import { setState, useStore } from '../store.ts';
import { Attempts } from './Attempts.tsx';
import { Comparison } from './Comparison.tsx';
import { DecisionTable } from './DecisionTable.tsx';
import type { Deciding } from './decision.ts';
import { scoreModel } from './decision-rows.ts';
import { Preemption } from './Preemption.tsx';
import { Remedies } from './Remedies.tsx';
import { verdict } from './reasons.ts';
import { Scores } from './Scores.tsx';
import { Unserved } from './Unserved.tsx';
import { WhatIf } from './WhatIf.tsx';

/** Under the name: the state in glyph and word, how long, which attempt, what it asks for. */
export function PodState({ pod, attempts }: { pod: PodRow; attempts: number }) {
  const t = useT();
  // the clock, in steps that are read: rows alone do not change while nothing happens
  const nowMs = useStore((s) => Math.floor(s.time.nowMs / 100) * 100);
  const what = asks(pod, t);
  const parts = [
    ...(pod.node ? [t('ins.on', { node: pod.node })] : []),
    ...(pod.nominatedNode && !pod.node ? [t('ins.nominated', { node: pod.nominatedNode })] : []),
    t('ins.for', { t: span(nowMs - (pod.node ? pod.sinceMs : pod.createdMs), t) }),
    ...(attempts ? [t('ins.attempt', { n: attempts })] : []),
  ];
  return (
    <p className="ins-state">
      <span className={`state ${toneOfForm(pod.form)}`}>
        <StateGlyph name={pod.form} />
        {pod.word}
      </span>{' '}
      <span className="dim">
        {parts.join(', ')}. {what ? t('ins.asks', { what }) : t('ins.asksNothing')}
        {pod.priority !== 0 && ` ${t('ins.priority', { n: pod.priority })}`}
      </span>
    </p>
  );
}

/** Whether the pod came to its node without the scheduler. */
const neverAsked = (pod: PodRow, { decision, attempts }: Deciding): boolean =>
  pod.node !== '' && Boolean(decision) && !decision?.attempt && attempts.length === 0;

/** Which cluster the decision is about: the one of the attempt, or the one of now. */
function AsOf({ pod, deciding }: { pod: PodRow; deciding: Deciding }) {
  const t = useT();
  const { startMs } = useStore((s) => s.time);
  const { decision, latest, now, attempts } = deciding;
  if (decision && !decision.attempt && !attempts.length && decision.verdict !== 'Gated')
    return <p className="ins-asof">{<Rich text={t(neverAsked(pod, deciding) ? 'now.asked' : 'now.untried')} />}</p>;
  if (!now || !latest) return null;
  if (decision !== now) {
    const short = now.nearest?.short.map((s) => amount(s.resource, s.amount)).join(', ');
    const node = now.nearest?.node ?? '';
    return <p className="ins-asof">{t(short ? 'now.since' : 'now.sinceOther', { node, what: short ?? '' })}</p>;
  }
  const key = now.verdict === 'Unschedulable' ? 'now.changed' : 'now.changedFits';
  return (
    <p className="ins-asof">
      <Rich text={t(key, { t: span(latest.atMs - startMs, t) })} />{' '}
      <button type="button" className="p-link" onClick={() => deciding.go(-1)}>
        {t('now.attempt')}
      </button>
    </p>
  );
}

function Said({
  decision,
  waits,
  n,
}: {
  decision: ExplainedDecision;
  waits: boolean /** Which attempt of this pod. */;
  n: number;
}) {
  const t = useT();
  const { startMs } = useStore((s) => s.time);
  if (!decision.message) return null;
  return (
    <>
      <h3>
        {t('message.title')}{' '}
        {waits && n > 0 && <small>{t('now.said', { n, t: span(decision.atMs - startMs, t) })}</small>}
      </h3>
      <p className="upstream">{decision.message}</p>
    </>
  );
}

/** Why the scheduler did what it did with this pod. */
export function PodWhy({ pod, arch, deciding }: { pod: PodRow; arch: string; deciding: Deciding }) {
  const t = useT();
  const { decision, before, latest, now, attempts, shown } = deciding;
  const model = useMemo(() => (decision ? scoreModel(decision) : null), [decision]);
  if (decision === undefined) return <p className="p-note">{t('ins.looking')}</p>;
  if (decision === null && pod.unserved !== undefined) return <Unserved name={pod.unserved} />;
  if (decision === null) {
    const key = pod.owner === 'static' ? 'ins.noDecisionStatic' : pod.node ? 'ins.noDecisionBound' : 'ins.noDecision';
    return <p className="say">{t(key)}</p>;
  }
  const placed = decision.verdict === 'Schedulable';
  const waits = pod.node === '';
  const chosen = decision.chosen || decision.best[0] || '';
  const asIs = waits && shown >= attempts.length - (now ? 0 : 1);
  const said = decision === now || !decision.attempt ? latest : decision;
  return (
    <>
      <Attempts deciding={deciding} />
      {neverAsked(pod, deciding) && (
        <p className="say">{t(pod.owner === 'static' ? 'ins.noDecisionStatic' : 'ins.noDecisionBound')}</p>
      )}
      <p className="say">
        <Rich text={placed && waits ? t('now.fits', { node: chosen }) : verdict(decision, model?.deciding ?? '', t)} />
      </p>
      <AsOf pod={pod} deciding={deciding} />
      {placed && model ? (
        <>
          <Scores decision={decision} model={model} />
          <DecisionTable decision={decision} arch={arch} />
          {!waits && <WhatIf pod={pod} />}
        </>
      ) : (
        Object.keys(decision.filters).length > 0 && (
          <DecisionTable decision={decision} arch={arch} before={before} {...(asIs ? { ask: pod } : {})} />
        )
      )}
      {placed && !waits && !model && <WhatIf pod={pod} />}
      {decision.preemption && <Preemption decision={decision} pod={pod} />}
      {!placed && waits && decision.verdict !== 'Gated' && <Remedies decision={decision} pod={pod} arch={arch} />}
      {!placed && waits && <Comparison pod={pod} />}
      {said && <Said decision={said} waits={waits} n={attempts.findIndex((a) => a.attempt === said.attempt) + 1} />}
    </>
  );
}

function describe(line: string): void {
  setState({ consoleOpen: true });
  void run(line).catch(() => undefined);
}

export function PodActions({ pod }: { pod: PodRow }) {
  const t = useT();
  const readonly = useStore((s) => s.readonly);
  const key = `${pod.namespace}/${pod.name}`;
  const ns = pod.namespace === 'default' ? '' : ` -n ${pod.namespace}`;
  return (
    <div className="actions">
      <button type="button" className="p-btn line" onClick={() => describe(`kubectl describe pod ${pod.name}${ns}`)}>
        {t('ins.describe')}
      </button>
      {pod.node && (
        <button type="button" className="p-btn line" onClick={() => void showLogs(key)}>
          {t('ins.logs')}
        </button>
      )}
      {!readonly && (
        <button type="button" className="p-btn line" onClick={() => void deletePod(key)}>
          {t('ins.delete')}
        </button>
      )}
    </div>
  );
}
