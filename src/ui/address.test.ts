import { expect, it } from 'vitest';
import { parseHash } from './address.ts';

it.each([
  ['', 'none', '', undefined],
  ['#s=1.abc_-D', 'recording', '1.abc_-D', undefined],
  ['#s=1.abc&t=31200', 'recording', '1.abc', 31_200],
  ['#example/mixed-architecture', 'example', 'mixed-architecture', undefined],
  ['#lesson/two-architectures&t=500', 'lesson', 'two-architectures', 500],
  ['#what is this', 'unknown', 'what is this', undefined],
  ['#s=1.a&t=-4', 'recording', '1.a', undefined],
])('%s', (hash, kind, value, atMs) => {
  expect(parseHash(hash)).toMatchObject({ kind, value, atMs });
});

it('reads what to select and which panel', () => {
  expect(parseHash('#s=1.a&t=5&select=default/web-0&panel=why')).toMatchObject({
    select: 'default/web-0',
    panel: 'why',
    atMs: 5,
  });
});
