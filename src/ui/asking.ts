/** "Would it fit here?": asked while a pod is dragged over a node, or with the key W node by node. A question changes nothing. */
import { say } from './actions.ts';
import { call } from './connection.ts';
import { t } from './i18n/index.ts';
import { podOf } from './parts/hooks.ts';
import { rows } from './rows.ts';
import { orderedNodes } from './scene/layout.ts';
import { getState, setState } from './store.ts';

/** Asks whether the pod `key` would fit on `node`; the answer is drawn there, if it is still wanted when it comes. */
export function ask(key: string, node: string, wanted: () => boolean = () => true): void {
  const bound = podOf(rows, key)?.node !== '';
  call('wouldFit', key, node)
    .then((decision) => {
      const cell = decision?.filters[node];
      if (!decision || cell === undefined || !wanted()) return;
      const text = cell
        ? `**${node}**: ${cell.plugin}, ${cell.reasons.join(', ')}`
        : bound
          ? t('drag.bound')
          : `**${node}**: ${t('verdict.fits')}`;
      setState({ notice: { actor: 'preview', text }, asking: { pod: key, node, decision } });
    })
    .catch(() => undefined); // the crash page says so
}

export function stopAsking(): void {
  if (getState().asking) setState({ asking: null });
  if (getState().notice?.actor === 'preview') say(null);
}

/** The next node that the pod is not on, round and round. */
export function askNext(key: string): void {
  const own = podOf(rows, key)?.node;
  const names = orderedNodes(rows.nodes.values())
    .map((n) => n.name)
    .filter((n) => n !== own);
  const { asking } = getState();
  const at = asking?.pod === key ? names.indexOf(asking.node) : -1;
  const node = names[(at + 1) % Math.max(1, names.length)];
  if (node) ask(key, node);
}
