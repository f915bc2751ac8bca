import type { Translate } from '../i18n/index.ts';
import { type Change, changesOf } from './changes.ts';

export interface FootFacts {
  text: string;
  applied: string | undefined;
  past: boolean;
  problems: number;
}

function parts(c: Change, t: Translate): string {
  if (c.single) return `${t('edit.one')} ${t('edit.oneValue', { ...c.single })}`;
  return [
    ...(c.changed ? [t('edit.changed', { n: c.changed })] : []),
    ...(c.added ? [t('edit.added', { n: c.added })] : []),
    ...(c.removed ? [t('edit.removed', { n: c.removed })] : []),
  ].join(', ');
}

/** What stands beside Apply: what it would change, in words. */
export function footText(f: FootFacts, t: Translate): string {
  if (f.problems) return t('edit.refused', { n: f.problems });
  if (!f.text.trim()) return t('apply.nothing');
  if (f.past) return t('edit.past');
  return f.applied === undefined
    ? t('edit.first')
    : f.applied === f.text
      ? t('apply.none')
      : parts(changesOf(f.applied, f.text), t);
}
