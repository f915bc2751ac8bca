import { expect, it } from 'vitest';
import { labelValueProblems, qualifiedNameProblems, subdomainProblems } from './names.ts';

it.each([
  ['app', 0],
  ['example.com/role', 0],
  ['a'.repeat(63), 0],
  ['a'.repeat(64), 1],
  ['', 2],
  ['-a', 1],
  ['Bad_Prefix/x', 1],
  ['/x', 1],
  ['a/b/c', 1],
  ['a b', 1],
])('key %j has %i problems', (key, count) => {
  expect(qualifiedNameProblems(key)).toHaveLength(count);
});

it.each([
  ['', 0],
  ['v1.2_x', 0],
  ['-x', 1],
  ['a b', 1],
  ['a'.repeat(64), 1],
])('value %j has %i problems', (value, count) => {
  expect(labelValueProblems(value)).toHaveLength(count);
});

it.each([
  ['a.b-c', 0],
  ['A', 1],
  ['a..b', 1],
])('subdomain %j has %i problems', (name, count) => {
  expect(subdomainProblems(name)).toHaveLength(count);
});
