import { useEffect } from 'react';
import { useT } from '../i18n/index.ts';
import { span } from '../parts/format.ts';
import { Icon } from '../parts/Icon.tsx';
import { useStore } from '../store.ts';
import type { Deciding } from './decision.ts';

/** The history of a pod's attempts: `[` and `]` go through it; two neighbours can be compared. */
export function Attempts({ deciding }: { deciding: Deciding }) {
  const t = useT();
  const { startMs } = useStore((s) => s.time);
  const { attempts, shown, go } = deciding;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const inField = (event.target as Element | null)?.closest?.(
        'input, textarea, select, [contenteditable], .monaco-editor',
      );
      if (inField || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.code === 'BracketLeft') go(-1);
      if (event.code === 'BracketRight') go(1);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [go]);
  const last = deciding.now ? attempts.length : attempts.length - 1;
  if (last < 1) return null;
  const one = attempts[shown];
  return (
    <div className="attempts">
      <button
        type="button"
        className="p-btn icon"
        aria-label={t('att.prev')}
        title={`${t('att.prev')} [`}
        disabled={shown === 0}
        onClick={() => go(-1)}
      >
        <Icon name="left" />
      </button>
      <span>
        {one ? (
          <>
            {t('att.n', { n: shown + 1, of: attempts.length })}{' '}
            <small>{t('ins.at', { t: span(one.atMs - startMs, t) })}</small>
          </>
        ) : (
          t('att.now')
        )}
      </span>
      <button
        type="button"
        className="p-btn icon"
        aria-label={t('att.next')}
        title={`${t('att.next')} ]`}
        disabled={shown === last}
        onClick={() => go(1)}
      >
        <Icon name="right" />
      </button>
      {shown > 0 && (
        <label className="p-check">
          <input type="checkbox" checked={deciding.compare} onChange={(e) => deciding.setCompare(e.target.checked)} />
          {t('att.compare')}
        </label>
      )}
    </div>
  );
}
