import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { format, t } from './index.ts';
import { ko } from './ko.ts';

describe('catalogues', () => {
  const names = (message: string) => [...new Set([...message.matchAll(/\{(\w+)/g)].map((m) => m[1]))].sort();

  it.each(Object.keys(en) as (keyof typeof en)[])('%s: Korean uses no value that English does not give', (key) => {
    expect(ko[key]).toBeTruthy();
    const given = names(en[key]);
    expect(names(ko[key]).filter((n) => !given.includes(n))).toEqual([]);
  });

  it('has no key in Korean that English lacks', () => {
    expect(Object.keys(ko).sort()).toEqual(Object.keys(en).sort());
  });
});

describe('format', () => {
  it.each([
    ['{n} {n#line|lines} changed', { n: 1 }, '1 line changed'],
    ['{n} {n#line|lines} changed', { n: 2 }, '2 lines changed'],
    ['{node:이/가} 이겼습니다', { node: 'worker-x86' }, 'worker-x86이 이겼습니다'],
    ['{missing} stays', {}, '{missing} stays'],
  ])('%s', (message, params, expected) => {
    expect(format(message, params as Record<string, string | number>)).toBe(expected);
  });

  it('translates by key', () => {
    expect(t('score.won', { node: 'worker-x86', n: 192 })).toBe('worker-x86 won by 192 points');
  });
});
