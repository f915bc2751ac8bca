import type { ExplainedDecision } from '../../view/decision.ts';
import type { PodRow } from '../../view/rows.ts';
import { deletePod, showLogs } from '../actions.ts';
import { run } from '../connection.ts';
import { useT } from '../i18n/index.ts';
import { asks, span } from '../parts/format.ts';
import { useLiveRows } from '../parts/hooks.ts';
import { StateGlyph, toneOfForm } from '../parts/Icon.tsx';
import { Rich } from '../parts/Rich.tsx';
import { setState, useStore } from '../store.ts';
import { Attempts } from './Attempts.tsx';
import { DecisionTable } from './DecisionTable.tsx';
import type { Deciding } from './decision.ts';
import { scoreModel } from './decision-rows.ts';
import { Preemption } from './Preemption.tsx';
import { Remedies } from './Remedies.tsx';
import { verdict } from './reasons.ts';
import { Scores } from './Scores.tsx';

/** Under the name: the state in glyph and word, how long, which attempt, what it asks for. */
export function PodState({ pod }: { pod: PodRow }) {
  const t = useT();
  const { nowMs } = useLiveRows(200);
  const attempt = useStore((s) => s.explained?.attempts?.length ?? s.explained?.attempt);
  const what = asks(pod, t);
  const parts = [
    ...(pod.node ? [t('ins.on', { node: pod.node })] : []),
    ...(pod.nominatedNode && !pod.node ? [t('ins.nominated', { node: pod.nominatedNode })] : []),
    t('ins.for', { t: span(nowMs - pod.sinceMs, t) }),
    ...(attempt ? [t('ins.attempt', { n: attempt })] : []),
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

function Refused({ decision }: { decision: ExplainedDecision }) {
  const t = useT();
  const refused = Object.entries(decision.filters).filter(([, cell]) => cell);
  if (!refused.length) return null;
  return (
    <>
      <h3>{t('score.before')}</h3>
      <DecisionTable decision={decision} arch="" />
    </>
  );
}

/** Why the scheduler did what it did with this pod. */
export function PodWhy({ pod, arch, deciding }: { pod: PodRow; arch: string; deciding: Deciding }) {
  const t = useT();
  const { decision, before } = deciding;
  if (decision === undefined) return <p className="p-note">{t('ins.looking')}</p>;
  if (decision === null) {
    const key = pod.owner === 'static' ? 'ins.noDecisionStatic' : pod.node ? 'ins.noDecisionBound' : 'ins.noDecision';
    return <p className="say">{t(key)}</p>;
  }
  const placed = decision.verdict === 'Schedulable';
  const compared = placed && scoreModel(decision) !== null;
  return (
    <>
      <Attempts deciding={deciding} />
      <p className="say">
        <Rich text={verdict(decision, scoreModel(decision)?.deciding ?? '', t)} />
      </p>
      {compared && <Scores decision={decision} />}
      {compared ? (
        <Refused decision={decision} />
      ) : (
        Object.keys(decision.filters).length > 0 && <DecisionTable decision={decision} arch={arch} before={before} />
      )}
      {decision.preemption && <Preemption decision={decision} pod={pod} />}
      {!placed && !pod.node && decision.verdict !== 'Gated' && <Remedies decision={decision} pod={pod} />}
      {decision.message && (
        <>
          <h3>{t('message.title')}</h3>
          <p className="upstream">{decision.message}</p>
        </>
      )}
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
