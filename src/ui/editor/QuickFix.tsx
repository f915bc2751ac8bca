import './quick-fix.css';
import { useEffect, useState } from 'react';
import { report } from '../actions.ts';
import { useT } from '../i18n/index.ts';
import { useStore } from '../store.ts';
import { applyFile } from './apply.ts';
import { setText } from './files.ts';
import { applyLine, isPolicy, remedyOf, schedulerLine } from './fix.ts';
import { openTranslation } from './scheduler-file.ts';
import type { Upgrade } from './upgrade.ts';

/** The newer text of a refused file, once it is worked out. */
function useUpgrade(text: string | undefined): Upgrade | undefined {
  const [found, setFound] = useState<{ text: string; upgrade: Upgrade | undefined }>();
  useEffect(() => {
    if (text === undefined) return;
    let wanted = true;
    import('./upgrade.ts').then((m) => wanted && setFound({ text, upgrade: m.upgradeText(text) })).catch(report);
    return () => {
      wanted = false;
    };
  }, [text]);
  return found && found.text === text ? found.upgrade : undefined;
}

/** In a log that is as long as it likes, the offer is the last thing: it has to be seen. */
const reveal = (el: HTMLElement | null): void => el?.scrollIntoView?.({ block: 'nearest' });

/** What would put a refused file right, as one button: the right command, or the text in a newer API version. */
export function QuickFix({ file }: { file: string }) {
  const t = useT();
  const remedy = useStore((s) => remedyOf(file, s.problems));
  const text = useStore((s) => s.files[file]);
  const readonly = useStore((s) => s.readonly);
  const policy = useStore((s) => s.applied[file] === s.files[file] && isPolicy(s.files[file] ?? ''));
  const upgrade = useUpgrade(remedy === 'upgrade' ? text : undefined);
  if (readonly || text === undefined) return null;
  if (remedy === 'command')
    return (
      <p className="ed-fix" ref={reveal}>
        <span>{t('sch.why')}</span>{' '}
        <button type="button" className="p-btn line" onClick={() => void applyFile(file, schedulerLine(file))}>
          {t('sch.run', { line: schedulerLine(file) })}
        </button>
      </p>
    );
  if (policy)
    return (
      <p className="ed-fix" ref={reveal}>
        <span>{t('pol.why')}</span>{' '}
        <button type="button" className="p-btn line" onClick={() => void openTranslation()}>
          {t('pol.open')}
        </button>
      </p>
    );
  if (!upgrade) return null;
  const take = () => {
    setText(file, upgrade.text);
    void applyFile(file);
  };
  return (
    <p className="ed-fix" ref={reveal}>
      <span>{t('up.why')}</span>{' '}
      <button type="button" className="p-btn line" title={applyLine(file, upgrade.text)} onClick={take}>
        {t('up.run', { versions: upgrade.versions.join(', ') })}
      </button>
    </p>
  );
}
