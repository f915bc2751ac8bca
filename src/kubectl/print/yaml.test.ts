import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { printYaml } from './yaml.ts';

const data = (name: string): string => readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');

// styles.yaml is what a real kubectl printed for styles.json (`label --local -f styles.json zz=1 -o yaml`)
it('chooses quotes, blocks, folds and key order as kubectl does', () => {
  const object = JSON.parse(data('styles.json'));
  object.metadata.labels.zz = '1';
  expect(printYaml(object)).toBe(data('styles.yaml'));
});

it.each([
  [{ a: [] }, 'a: []\n'],
  [{ a: {}, b: null }, 'a: {}\nb: null\n'],
  [{ a: [{ b: 1, c: [1, 2] }, 'x'] }, 'a:\n- b: 1\n  c:\n  - 1\n  - 2\n- x\n'],
  [{ a: [[1, 2], [3]] }, 'a:\n- - 1\n  - 2\n- - 3\n'],
  [{ a: { b: { c: true } } }, 'a:\n  b:\n    c: true\n'],
  [['x', { z: 1 }], '- x\n- z: 1\n'],
])('nests %j', (value, text) => {
  expect(printYaml(value)).toBe(text);
});
