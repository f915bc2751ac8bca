import { useMemo, useState } from 'react';
import type { ExplainedDecision } from '../../view/decision.ts';
import { useT } from '../i18n/index.ts';
import { useLiveRows } from '../parts/hooks.ts';
import { StateGlyph } from '../parts/Icon.tsx';
import { FindNode, GroupRows } from './DecisionGroups.tsx';
import { type Facts, Row } from './DecisionRow.tsx';
import { type DecisionModel, decisionModel, ROWS_MAX, withSeveralReasons } from './decision-rows.ts';

function Legend({ skipped }: { skipped: boolean }) {
  const t = useT();
  return (
    <p className="dec-key" aria-hidden="true">
      <span className="ok">
        <StateGlyph name="check" /> {t('cell.passed')}
      </span>
      <span className="no">
        <StateGlyph name="cross" /> {t('cell.refused')}
      </span>
      <span className="un">
        <i /> {t('cell.notReached')}
      </span>
      {skipped && (
        <span className="sk">
          <i /> {t('cell.skipped')}
        </span>
      )}
    </p>
  );
}

function Head({ model }: { model: DecisionModel }) {
  const t = useT();
  return (
    <thead>
      <tr>
        <td />
        {model.plugins.map((p) => (
          <th key={p} scope="col" className={model.hot.has(p) ? 'hot' : undefined}>
            <span>{p}</span>
          </th>
        ))}
        <th scope="col" className="reason">
          <span className="p-hidden">{t('dec.reason')}</span>
        </th>
      </tr>
    </thead>
  );
}

interface Props {
  decision: ExplainedDecision;
  /** The architecture the pod asks for, '' when it does not. */
  arch: string;
  /** What the pod asks for, when the decision is about the cluster as it is now. */
  ask?: Facts['ask'];
  /** The attempt before, to mark what changed. */
  before?: ExplainedDecision;
}

/** Nodes against Filter plugins: who refused whom, and where the search for a reason stopped. */
export function DecisionTable({ decision, arch, ask, before }: Props) {
  const [all, setAll] = useState(false);
  const [find, setFind] = useState('');
  const t = useT();
  const { nodes } = useLiveRows(1000);
  const model = useMemo(() => decisionModel(decision, all), [decision, all]);
  const was = useMemo(() => before && new Map(decisionModel(before, all).rows.map((r) => [r.node, r])), [before, all]);
  const facts: Facts = { decision, arch, nodes, ...(ask ? { ask } : {}) };
  const grouped = model.rows.length > ROWS_MAX;
  const skipped = decision.skippedPlugins.length;
  const several = grouped ? withSeveralReasons(model.groups) : 0;
  return (
    <>
      {grouped && <FindNode find={find} onFind={setFind} model={model} />}
      <div className="dec-scroll">
        <table className="dec" aria-label={t('table.decision')}>
          <Head model={model} />
          <tbody>
            {grouped ? (
              <GroupRows model={model} facts={facts} find={find} />
            ) : (
              model.rows.map((r) => <Row key={r.node} facts={facts} row={r} was={was?.get(r.node)} />)
            )}
          </tbody>
        </table>
      </div>
      <Legend skipped={all} />
      {several > 0 && <p className="p-note">{t('dec.several', { n: several })}</p>}
      {decision.notLooked.length > 0 && (
        <p className="p-note">{t('dec.notLooked', { n: decision.notLooked.length })}</p>
      )}
      {skipped > 0 && (
        <p className="p-note">
          {!all && t('cell.more', { n: skipped })}{' '}
          <button type="button" className="p-link" aria-pressed={all} onClick={() => setAll(!all)}>
            {t(all ? 'dec.showLess' : 'dec.showAll')}
          </button>
        </p>
      )}
    </>
  );
}
