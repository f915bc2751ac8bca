import { expect, it } from 'vitest';
import { isTimeZone } from './time-zone-names.ts';

it.each([
  ['Asia/Seoul', true],
  ['America/Argentina/Buenos_Aires', true],
  ['UTC', true],
  ['Etc/GMT+9', true],
  ['Moon', false],
  ['asia/seoul', false],
  ['', false],
])('%s: %s', (name, known) => {
  expect(isTimeZone(name)).toBe(known);
});
