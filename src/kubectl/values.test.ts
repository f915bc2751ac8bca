import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  base64,
  equal,
  formatGoDuration,
  fromBase64,
  goJson,
  goSyntax,
  goValue,
  parseGoDuration,
  prettyJson,
  typedJson,
} from './values.ts';

it.each([
  ['1m30s', 90_000],
  ['500ms', 500],
  ['1.5h', 5_400_000],
  ['-2s', -2000],
  ['0', 0],
  ['5', undefined],
  ['5x', undefined],
  ['', undefined],
])('parseGoDuration %s', (text, ms) => {
  expect(parseGoDuration(text)).toBe(ms);
});

it.each([
  [0, '0s'],
  [8000, '8s'],
  [90_000, '1m30s'],
  [3_600_000, '1h0m0s'],
  [250, '250ms'],
])('formatGoDuration %i', (ms, text) => {
  expect(formatGoDuration(ms)).toBe(text);
});

describe('as Go prints', () => {
  const value = { b: [1, { y: null }], a: { 10: 'x', 9: '<&>' }, c: true };
  it('%v', () => expect(goValue(value)).toBe('map[a:map[10:x 9:<&>] b:[1 map[y:<nil>]] c:true]'));
  it('%#v', () =>
    expect(goSyntax(value)).toBe(
      'map[string]interface {}{"a":map[string]interface {}{"10":"x", "9":"<&>"}, "b":[]interface {}{1, map[string]interface {}{"y":interface {}(nil)}}, "c":true}',
    ));
  it('JSON', () =>
    expect(goJson(value)).toBe('{"a":{"10":"x","9":"\\u003c\\u0026\\u003e"},"b":[1,{"y":null}],"c":true}'));
  it('indented JSON', () =>
    expect(prettyJson({ a: [], b: {}, c: [1] })).toBe(
      '{\n    "a": [],\n    "b": {},\n    "c": [\n        1\n    ]\n}',
    ));
  it('JSON of its own types', () =>
    expect(typedJson({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'b', labels: {} } })).toBe(
      '{"kind":"Pod","apiVersion":"v1","metadata":{"name":"b","labels":{}}}',
    ));
});

it('base64 goes there and back', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => fromBase64(base64(text)) === text));
  expect(fromBase64('not base64!')).toBeUndefined();
});

it.each([
  [{ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, true],
  [{ a: undefined }, {}, true],
  [{ a: 1 }, { a: '1' }, false],
  [[1, 2], [2, 1], false],
  [null, {}, false],
])('equal %j %j', (a, b, same) => {
  expect(equal(a, b)).toBe(same);
});
