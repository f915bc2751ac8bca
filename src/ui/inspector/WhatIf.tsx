import type { Counterfactual } from '../../view/decision.ts';
import type { PodRow } from '../../view/rows.ts';
import { call } from '../connection.ts';
import { type Key, useT } from '../i18n/index.ts';
import { useAnswer } from '../parts/hooks.ts';
import { remedyText } from './remedy-words.ts';

function keyOf(c: Counterfactual): Key {
  if (!c.node) return 'wif.nowhere';
  if (!c.next) return c.differs ? 'wif.otherOnly' : 'wif.stillOnly';
  return c.differs ? 'wif.other' : 'wif.still';
}

/** The decision that placed the pod, really made again with one thing changed. */
export function WhatIf({ pod }: { pod: PodRow }) {
  const t = useT();
  const key = `${pod.namespace}/${pod.name}`;
  const list = useAnswer(key, `${key} ${pod.uid}`, () => call('counterfactuals', key));
  if (!list?.length) return null;
  return (
    <>
      <h3>
        {t('whatif.title')} <small>{t('remedy.tried')}</small>
      </h3>
      <ul className="facts">
        {list.map((c) => (
          <li key={c.text}>
            <span>{remedyText(c, t)}</span>
            <span className={c.differs ? 'go' : 'go quiet'}>
              {t(keyOf(c), { node: c.node, a: c.total ?? 0, b: c.next?.total ?? 0 })}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
