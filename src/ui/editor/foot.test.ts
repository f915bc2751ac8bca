import { describe, expect, it } from 'vitest';
import { t } from '../i18n/index.ts';
import { footText } from './foot.ts';

describe('footText', () => {
  const base = { text: 'image: nginx:1.27\n', applied: 'image: nginx:1.25\n', past: false, problems: 0 };
  it.each([
    [{}, '1 line changed: image 1.25 → 1.27'],
    [{ applied: base.text }, 'No changes since the last apply'],
    [{ applied: undefined }, 'Not applied yet'],
    [{ text: ' ' }, 'nothing to apply'],
    [{ text: 'a: 1\nb: 2\n', applied: 'a: 2\n' }, '1 line changed, 1 line added'],
    [{ problems: 2 }, 'Refused: 2 problems, the cluster is unchanged'],
    [{ past: true, applied: base.text }, 'You are in the past: starts a branch here'],
  ])('%j', (over, text) => expect(footText({ ...base, ...over }, t)).toBe(text));
});
