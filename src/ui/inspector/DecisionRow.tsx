import type { ExplainedDecision } from '../../view/decision.ts';
import type { NodeRow } from '../../view/rows.ts';
import { select } from '../actions.ts';
import { type Key, useT } from '../i18n/index.ts';
import { StateGlyph } from '../parts/Icon.tsx';
import type { CellState, DecisionRow } from './decision-rows.ts';
import { type Ask, lackingWords } from './lacking.ts';
import { shortReason } from './reasons.ts';

const WORD: Record<CellState, Key> = {
  passed: 'cell.passed',
  refused: 'cell.refused',
  'not reached': 'cell.notReached',
  'nothing to check': 'cell.skipped',
};
const CLASS: Record<CellState, string> = { passed: 'ok', refused: 'no', 'not reached': 'un', 'nothing to check': 'sk' };

/** What all rows of one table are about. */
export interface Facts {
  decision: ExplainedDecision;
  /** The architecture the pod asks for, '' when it does not. */
  arch: string;
  nodes: ReadonlyMap<string, NodeRow>;
  /** What the pod asks for, when the decision is about the cluster as its rows show it. */
  ask?: Ask;
}

export function Cell({ state, text, before }: { state: CellState; text: string; before?: CellState }) {
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

/** One node: a cell a plugin, and the reason in a few words. */
export function Row({ facts, row, was }: { facts: Facts; row: DecisionRow; was?: DecisionRow }) {
  const { decision, arch, nodes } = facts;
  const t = useT();
  const node = nodes.get(row.node);
  const short = row.plugin === 'NodeResourcesFit' && !row.near ? lackingWords(node, facts.ask, t) : '';
  return (
    <tr className={row.near ? 'near' : row.chosen ? 'chosen' : undefined}>
      <th scope="row">
        <button type="button" className="p-name" onClick={() => select({ kind: 'Node', key: row.node })}>
          {row.node}
        </button>
      </th>
      {row.cells.map((state, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their place
        <Cell key={i} state={state} text={state === 'refused' ? row.reasons.join(', ') : ''} before={was?.cells[i]} />
      ))}
      <td className="reason" title={row.reasons.join(', ')}>
        {short || shortReason(row, decision, { node, arch }, t)}
      </td>
    </tr>
  );
}
