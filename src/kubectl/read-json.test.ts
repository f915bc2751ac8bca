import { expect, it } from 'vitest';
import { readJson } from './read-json.ts';

it.each([
  ['{"a": [1, 2.5e3, -0], "b": "x\\u0041\\n", "c": null, "d": true}'],
  ['[]'],
  ['"text"'],
  ['{"__proto__": {"x": 1}}'],
])('reads %s as JSON.parse does', (text) => {
  expect(readJson(text)).toEqual({ value: JSON.parse(text), end: text.length });
});

// the words are those of Go's encoding/json
it.each([
  ['{"a":1,}', 8, "invalid character '}' looking for beginning of object key string"],
  ['{"a" 1}', 6, "invalid character '1' after object key"],
  ['{"a":1 "b":2}', 8, "invalid character '\"' after object key:value pair"],
  ['[1 2]', 4, "invalid character '2' after array element"],
  ['{a:1}', 2, "invalid character 'a' looking for beginning of object key string"],
  ['{"a": // x\n1}', 7, "invalid character '/' looking for beginning of value"],
  ['{"a": tru}', 10, "invalid character '}' in literal true (expecting 'e')"],
  ['{"a": 01}', 8, "invalid character '1' after object key:value pair"],
  ['{"a": "x\ny"}', 9, "invalid character '\\n' in string literal"],
  ['{"a": "\\q"}', 9, "invalid character 'q' in string escape code"],
  ['{"a": 1', 7, 'unexpected end of JSON input'],
  ['', 0, 'unexpected end of JSON input'],
])('refuses %s', (text, offset, message) => {
  expect(readJson(text)).toEqual({ problem: { offset, message } });
});

it('reads one value after another', () => {
  const first = readJson('{"a":1} {"b":2}');
  expect(first).toEqual({ value: { a: 1 }, end: 7 });
  expect(readJson('{"a":1} {"b":2}', 7)).toEqual({ value: { b: 2 }, end: 15 });
});
