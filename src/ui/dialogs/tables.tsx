/** The same facts as the picture, as rows: all nodes, or one lane of the queue. */
import { useState } from 'react';
import { select } from '../actions.ts';
import { useT } from '../i18n/index.ts';
import { useLiveRows } from '../parts/hooks.ts';
import { cores, cpuWord, factText, gib, memoryWord } from '../scene/names.ts';
import type { DialogName } from '../store.ts';
import { closeDialog, Dialog } from './dialog.tsx';

type TableName = Extract<DialogName, { name: 'table' | 'lane' }>;

export default function Tables({ dialog }: { dialog: TableName }) {
  return dialog.name === 'lane' ? <LaneTable lane={dialog.lane} /> : <NodeTable />;
}

const PAGE = 60;

function NodeTable() {
  const t = useT();
  const live = useLiveRows(500);
  const [shown, setShown] = useState(PAGE);
  const nodes = [...live.nodes.values()];
  return (
    <Dialog title={t('scale.tableTitle')} wide>
      <table className="rows-table">
        <caption className="p-hidden">{t('scale.nodes', { n: nodes.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('table.node')}</th>
            <th scope="col">{t('table.status')}</th>
            <th scope="col">{t('table.arch')}</th>
            <th scope="col">{t('table.zone')}</th>
            <th scope="col" className="num">
              {t('table.cpu')}
            </th>
            <th scope="col" className="num">
              {t('table.memory')}
            </th>
            <th scope="col" className="num">
              {t('table.pods')}
            </th>
          </tr>
        </thead>
        <tbody>
          {nodes.slice(0, shown).map((n) => (
            <tr key={n.uid}>
              <th scope="row">
                <button
                  type="button"
                  className="p-name"
                  onClick={() => {
                    closeDialog();
                    select({ kind: 'Node', key: n.name });
                  }}
                >
                  {n.name}
                </button>
              </th>
              <td>{n.status + (n.unschedulable ? `, ${t('name.cordoned')}` : '')}</td>
              <td>{n.arch}</td>
              <td>{n.zone}</td>
              <td className="num">{`${cores(n.cpuMilli.requested)} / ${cores(n.cpuMilli.allocatable)}`}</td>
              <td className="num">{`${gib(n.memoryBytes.requested)} / ${gib(n.memoryBytes.allocatable)} GiB`}</td>
              <td className="num">{`${n.pods.count} / ${n.pods.allocatable}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {nodes.length > shown && (
        <button type="button" className="tb line" onClick={() => setShown(shown + PAGE * 4)}>
          {`+${nodes.length - shown}`}
        </button>
      )}
    </Dialog>
  );
}

function LaneTable({ lane }: { lane: Extract<TableName, { name: 'lane' }>['lane'] }) {
  const t = useT();
  const live = useLiveRows(500);
  const uids = live.queue.find((q) => q.lane === lane)?.uids ?? [];
  const pods = uids.flatMap((uid) => live.pods.get(uid) ?? []);
  return (
    <Dialog title={t('pods.title', { lane: t(`lane.${lane}`), n: pods.length })}>
      <ul className="find-list">
        {pods.slice(0, 300).map((p) => (
          <li key={p.uid}>
            <button
              type="button"
              className="p-name"
              onClick={() => {
                closeDialog();
                select({ kind: 'Pod', key: `${p.namespace}/${p.name}` });
              }}
            >
              {p.name}
            </button>
            <small>
              {[
                t('desc.asks', { cpu: cpuWord(p.cpuMilli), memory: memoryWord(p.memoryBytes) }),
                ...(p.fact ? [factText(p.fact, live.nowMs, t).long] : []),
              ].join(', ')}
            </small>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
