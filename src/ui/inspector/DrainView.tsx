import type { NodeRow } from '../../view/rows.ts';
import { select } from '../actions.ts';
import { run } from '../connection.ts';
import { type Key, type Translate, useT } from '../i18n/index.ts';
import { useLiveRows } from '../parts/hooks.ts';
import { Rich } from '../parts/Rich.tsx';
import { type DrainPreview, setState, useStore } from '../store.ts';
import { drainCommand } from './node-facts.ts';

const OUTCOMES: Record<string, Key> = {
  moves: 'nod.out.moves',
  stays: 'nod.out.stays',
  gone: 'nod.out.gone',
  refused: 'nod.out.refused',
  pending: 'nod.out.pending',
};

const outcome = (word: string, t: Translate): string => {
  const key = OUTCOMES[word];
  return key ? t(key) : word;
};

/** What a drain of a copy did: where each pod goes, what waits, what refuses. Nothing has changed yet. */
export function DrainView({ preview, node }: { preview: DrainPreview; node: NodeRow }) {
  const t = useT();
  const pods = useLiveRows(1000).pods;
  const readonly = useStore((s) => s.readonly);
  const command = drainCommand(node.name, [...pods.values()]);
  const { moves } = preview;
  const elsewhere = moves.filter((m) => m.node && m.node !== node.name).length;
  const go = (line: string) => {
    setState({ preview: null });
    void run(line).catch(() => undefined);
  };
  return (
    <>
      {!moves.length && <p className="p-note">{t('nod.drainNothing')}</p>}
      {moves.length > 0 && (
        <p className="say">
          <Rich text={`**${t('drain.sum', { a: elsewhere, b: moves.length - elsewhere })}**`} />
        </p>
      )}
      <ul className="facts two">
        {moves.map((m) => (
          <li key={m.pod}>
            <button type="button" className="p-name" onClick={() => select({ kind: 'Pod', key: m.pod })}>
              {m.pod.slice(m.pod.indexOf('/') + 1)}
            </button>
            <span>
              {m.node && m.node !== node.name && <b className="acc">{t('nod.to', { node: m.node })}</b>}
              <span className="said">{outcome(m.outcome, t)}</span>
            </span>
          </li>
        ))}
      </ul>
      <p className="upstream">{command}</p>
      <div className="actions">
        {!readonly && (
          <>
            <button type="button" className="p-btn solid" onClick={() => go(command)}>
              {t('nod.drain')}
            </button>
            <button type="button" className="p-btn line" onClick={() => go(`kubectl cordon ${node.name}`)}>
              {t('nod.cordonOnly')}
            </button>
          </>
        )}
        <button type="button" className="p-btn" onClick={() => setState({ preview: null })}>
          {t('nod.back')}
        </button>
      </div>
    </>
  );
}
