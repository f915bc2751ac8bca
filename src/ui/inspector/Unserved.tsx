import { openScheduler } from '../editor/scheduler-file.ts';
import { useT } from '../i18n/index.ts';
import { Rich } from '../parts/Rich.tsx';
import { useStore } from '../store.ts';

/** Why nobody looks at a pod: no scheduler has the name that it asks for. */
export function Unserved({ name }: { name: string }) {
  const t = useT();
  const readonly = useStore((s) => s.readonly);
  return (
    <>
      <p className="say">
        <Rich text={t('uns.say', { name })} />
      </p>
      <p className="p-note">{t('uns.how')}</p>
      {!readonly && (
        <p>
          <button type="button" className="p-btn line" onClick={() => void openScheduler()}>
            {t('uns.open')}
          </button>
        </p>
      )}
    </>
  );
}
