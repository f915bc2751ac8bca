import './styles/what-if.css';
import { report } from './actions.ts';
import { run } from './connection.ts';
import { useT } from './i18n/index.ts';
import { useStore } from './store.ts';

/** Says which what-ifs of the playground are on: what the page shows then is not Kubernetes. */
export function WhatIf() {
  const t = useT();
  const gates = useStore((s) => s.time.gates);
  const readonly = useStore((s) => s.readonly || s.embed);
  if (!gates?.length) return null;
  return (
    <div className="what-if" role="note" aria-label={t('gate.note')}>
      {gates.map((name) => (
        <span key={name}>
          <b>{t('gate.chip', { name })}</b>
          {!readonly && (
            <button type="button" onClick={() => void run(`berth gate ${name} off`).catch(report)}>
              {t('gate.off', { name })}
            </button>
          )}
        </span>
      ))}
    </div>
  );
}
