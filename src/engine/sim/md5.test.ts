import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { md5 } from './md5.ts';

it.each([
  ['', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['abc', '900150983cd24fb0d6963f7d28e17f72'],
  [
    '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
    '57edf4a22be3c955ac49da2e2107b67a',
  ],
])('%s', (text, expected) => {
  expect(md5(text)).toBe(expected);
});

it('agrees with another implementation at every length around a block', () => {
  for (let n = 50; n < 140; n++) {
    const text = `쿠버${'x'.repeat(n)}`;
    expect(md5(text)).toBe(createHash('md5').update(text).digest('hex'));
  }
});
