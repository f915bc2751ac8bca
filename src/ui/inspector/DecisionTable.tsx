import { useId, useState } from 'react';
import type { ExplainedDecision } from '../../view/decision.ts';
import { select } from '../actions.ts';
import { type Key, useT } from '../i18n/index.ts';
import { useLiveRows } from '../parts/hooks.ts';
import { StateGlyph } from '../parts/Icon.tsx';
import { type CellState, type DecisionGroup, type DecisionRow, decisionModel, ROWS_MAX } from './decision-rows.ts';
import { shortReason } from './reasons.ts';

const WORD: Record<CellState, Key> = {
  passed: 'cell.passed',
  refused: 'cell.refused',
  'not reached': 'cell.notReached',
  'nothing to check': 'cell.skipped',
};
const CLASS: Record<CellState, string> = { passed: 'ok', refused: 'no', 'not reached': 'un', 'nothing to check': 'sk' };

interface Facts {
  decision: ExplainedDecision;
  /** The architecture the pod asks for, '' when it does not. */
  arch: string;
  /** The attempt before, to mark what changed. */
  before?: ExplainedDecision;
}

function Cell({ state, text, before }: { state: CellState; text: string; before?: CellState }) {
  const t = useT();
  const changed = before !== undefined && before !== state;
  return (
    <td className={`${CLASS[state]}${changed ? ' changed' : ''}`}>
      {state === 'passed' && <StateGlyph name="check" />}
      {state === 'refused' && (
        <span className="box">
          <StateGlyph name="cross" />
        </span>
      )}
      <span className="p-hidden">
        {text ? `${t(WORD[state])}: ${text}` : t(WORD[state])}
        {changed && `, ${t('dec.was', { state: t(WORD[before]) })}`}
      </span>
    </td>
  );
}

function Row(props: Facts & { row: DecisionRow; was?: DecisionRow; name?: string }) {
  const { row, was, decision, arch } = props;
  const t = useT();
  const nodes = useLiveRows(1000).nodes;
  const reason = shortReason(row, decision, { node: nodes.get(row.node), arch }, t);
  return (
    <tr className={row.near ? 'near' : row.chosen ? 'chosen' : undefined}>
      <th scope="row">
        {props.name ?? (
          <button type="button" className="p-name" onClick={() => select({ kind: 'Node', key: row.node })}>
            {row.node}
          </button>
        )}
      </th>
      {row.cells.map((state, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their place
        <Cell key={i} state={state} text={state === 'refused' ? row.reasons.join(', ') : ''} before={was?.cells[i]} />
      ))}
      <td className="reason" title={row.reasons.join(', ')}>
        {reason}
      </td>
    </tr>
  );
}

function Group(props: Facts & { group: DecisionGroup; columns: number }) {
  const { group } = props;
  const [open, setOpen] = useState(false);
  const t = useT();
  const id = useId();
  const first = group.rows.find((r) => r.near) ?? group.rows[0]!;
  if (group.rows.length === 1) return <Row {...props} row={first} />;
  return (
    <>
      <tr className={first.near ? 'near' : undefined}>
        <th scope="row">
          <button
            type="button"
            className="p-name"
            aria-expanded={open}
            aria-controls={id}
            aria-label={t('dec.open', { n: group.rows.length })}
            onClick={() => setOpen(!open)}
          >
            {open ? '▾' : '▸'} {t('dec.nodes', { n: group.rows.length })}
          </button>
        </th>
        {first.cells.map((state, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their place
          <Cell key={i} state={state} text={state === 'refused' ? group.reasons.join(', ') : ''} />
        ))}
        <td className="reason">{shortReason({ ...first, near: false }, props.decision, { arch: '' }, t)}</td>
      </tr>
      {open && (
        <tr id={id}>
          <td colSpan={props.columns + 2} className="names">
            {group.rows.map((r) => (
              <button
                key={r.node}
                type="button"
                className="p-name"
                onClick={() => select({ kind: 'Node', key: r.node })}
              >
                {r.node}
              </button>
            ))}
          </td>
        </tr>
      )}
    </>
  );
}

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

/** Nodes against Filter plugins: who refused whom, and where the search for a reason stopped. */
export function DecisionTable(facts: Facts) {
  const { decision } = facts;
  const [all, setAll] = useState(false);
  const t = useT();
  const model = decisionModel(decision, all);
  const before = facts.before && decisionModel(facts.before, all);
  const grouped = model.rows.length > ROWS_MAX;
  const skipped = decision.skippedPlugins.length;
  return (
    <>
      <div className="dec-scroll">
        <table className="dec" aria-label={t('table.decision')}>
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
          <tbody>
            {grouped
              ? model.groups.map((g) => <Group key={g.key} {...facts} group={g} columns={model.plugins.length} />)
              : model.rows.map((r) => (
                  <Row key={r.node} {...facts} row={r} was={before?.rows.find((x) => x.node === r.node)} />
                ))}
          </tbody>
        </table>
      </div>
      <Legend skipped={all} />
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
