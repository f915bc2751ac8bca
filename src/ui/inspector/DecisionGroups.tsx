import { useId, useMemo, useState } from 'react';
import { select } from '../actions.ts';
import { useT } from '../i18n/index.ts';
import { Cell, type Facts, Row } from './DecisionRow.tsx';
import { type DecisionGroup, type DecisionModel, ROWS_MAX, rowsNamed } from './decision-rows.ts';
import { lacking, lackingWords } from './lacking.ts';
import { NodeWindow } from './NodeWindow.tsx';
import { shortReason } from './reasons.ts';

/** The nodes of a group, the one that lacks least first. */
function nearestFirst(group: DecisionGroup, facts: Facts): string[] {
  const names = group.rows.map((r) => r.node);
  if (!facts.ask || group.plugin !== 'NodeResourcesFit') return names;
  const size = new Map(
    names.map((name) => {
      const { cpuMilli, memoryBytes } = lacking(facts.nodes.get(name), facts.ask);
      return [name, cpuMilli / (facts.ask!.cpuMilli || 1) + memoryBytes / (facts.ask!.memoryBytes || 1)];
    }),
  );
  return names.sort((a, b) => size.get(a)! - size.get(b)!);
}

function Names({ group, facts }: { group: DecisionGroup; facts: Facts }) {
  const t = useT();
  const names = useMemo(() => nearestFirst(group, facts), [group, facts]);
  const line = (name: string) => {
    const short = group.plugin === 'NodeResourcesFit' ? lackingWords(facts.nodes.get(name), facts.ask, t) : '';
    return (
      <>
        <button type="button" className="p-name" onClick={() => select({ kind: 'Node', key: name })}>
          {name}
        </button>
        {short && <span>{short}</span>}
      </>
    );
  };
  return <NodeWindow names={names} label={t('dec.nodes', { n: names.length })} line={line} />;
}

/** Nodes that were refused for the same reason: one row that opens to them. */
function Group({ group, facts, columns }: { group: DecisionGroup; facts: Facts; columns: number }) {
  const [open, setOpen] = useState(false);
  const t = useT();
  const id = useId();
  const first = group.rows.find((r) => r.near) ?? group.rows[0]!;
  if (group.rows.length === 1) return <Row facts={facts} row={first} />;
  const n = group.rows.length;
  return (
    <>
      <tr className={first.near ? 'near' : undefined}>
        <th scope="row">
          <button
            type="button"
            className="p-name"
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            aria-label={t(open ? 'dec.close' : 'dec.open', { n })}
            onClick={() => setOpen(!open)}
          >
            {open ? '▾' : '▸'} {t('dec.nodes', { n })}
          </button>
        </th>
        {first.cells.map((state, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their place
          <Cell key={i} state={state} text={state === 'refused' ? group.reasons.join(', ') : ''} />
        ))}
        <td className="reason" title={group.reasons.join(', ')}>
          {shortReason({ ...first, near: false }, facts.decision, { arch: '' }, t)}
          {first.near && (
            <small>
              {first.node}: {shortReason(first, facts.decision, { arch: '' }, t)}
            </small>
          )}
        </td>
      </tr>
      {open && (
        <tr id={id}>
          <td colSpan={columns + 2} className="names">
            <Names group={group} facts={facts} />
          </td>
        </tr>
      )}
    </>
  );
}

/** The rows of many nodes: by reason, or those whose name is looked for. */
export function GroupRows({ model, facts, find }: { model: DecisionModel; facts: Facts; find: string }) {
  const t = useT();
  const columns = model.plugins.length;
  if (!find.trim()) return model.groups.map((g) => <Group key={g.key} group={g} facts={facts} columns={columns} />);
  const found = rowsNamed(model.rows, find);
  return (
    <>
      {found.slice(0, ROWS_MAX).map((r) => (
        <Row key={r.node} facts={facts} row={r} />
      ))}
      {found.length > ROWS_MAX && (
        <tr>
          <td colSpan={columns + 2} className="names">
            {t('dec.moreFound', { n: found.length - ROWS_MAX })}
          </td>
        </tr>
      )}
    </>
  );
}

/** Looks for a node by its name, and says how many there are. */
export function FindNode(props: { find: string; onFind: (text: string) => void; model: DecisionModel }) {
  const { find, model } = props;
  const t = useT();
  const found = find.trim() ? rowsNamed(model.rows, find).length : undefined;
  return (
    <p className="dec-find">
      <input
        type="search"
        aria-label={t('dec.find')}
        placeholder={t('dec.find')}
        value={find}
        onChange={(e) => props.onFind(e.target.value)}
      />
      <span role="status">
        {found === undefined
          ? t('dec.inGroups', { n: model.rows.length, k: model.groups.length })
          : t('dec.found', { n: found })}
      </span>
    </p>
  );
}
