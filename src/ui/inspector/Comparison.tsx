import { useMemo, useState } from 'react';
import type { PodRow } from '../../view/rows.ts';
import { select } from '../actions.ts';
import { call } from '../connection.ts';
import { useT } from '../i18n/index.ts';
import { useAnswer } from '../parts/hooks.ts';
import { podKey, rows } from '../rows.ts';
import { scoreModel } from './decision-rows.ts';
import { Bars } from './Scores.tsx';

/** A pod that the scheduler placed: of the same workload if there is one, else the youngest in the same namespace. */
function likePod(pod: PodRow, pods: Iterable<PodRow>): PodRow | undefined {
  const kind = (p: PodRow): number => Number(p.workload === pod.workload);
  const placed = [...pods].filter(
    (p) => p.node !== '' && p.namespace === pod.namespace && p.owner !== 'static' && p.owner !== 'daemonset',
  );
  return placed.sort((a, b) => kind(b) - kind(a) || b.createdMs - a.createdMs || (a.name < b.name ? -1 : 1))[0];
}

/** How it went for another pod, while this one waits; nothing when no nodes were compared for any. */
export function Comparison({ pod }: { pod: PodRow }) {
  const t = useT();
  // chosen once: the comparison does not jump while the cluster moves
  const [other] = useState(() => likePod(pod, rows.pods.values()));
  const key = other ? podKey(other) : '';
  const decision = useAnswer(key, key, () => call('explain', key));
  const model = useMemo(() => (decision ? scoreModel(decision) : null), [decision]);
  if (!other || !decision || !model) return null;
  const deciding = model.rows.find((r) => r.plugin === model.deciding);
  return (
    <>
      <h3>
        {t('cmp.title')}{' '}
        <small>
          <button type="button" className="p-link" onClick={() => select({ kind: 'Pod', key })}>
            {other.name}
          </button>
        </small>
      </h3>
      <Bars model={model} chosen={decision.chosen || model.nodes[0]!.name} max={4} />
      {deciding && (
        <p className="p-note">
          {t('cmp.difference', {
            plugin: deciding.plugin,
            n: deciding.cells[0]!.weighted - deciding.cells[1]!.weighted,
          })}
        </p>
      )}
    </>
  );
}
