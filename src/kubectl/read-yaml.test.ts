import { describe, expect, it } from 'vitest';
import { locate, readYaml, splitDocuments } from './read-yaml.ts';

describe('readYaml', () => {
  it.each<[string, unknown]>([
    ['a: yes\nb: off\nc: "yes"', { a: true, b: false, c: 'yes' }],
    ['a: 0644\nb: 0x10\nc: 1e3', { a: 420, b: 16, c: 1000 }],
    ['a: 12:30\nb: 2026-01-01\nc: 2026-01-01T00:00:00Z', { a: '12:30', b: '2026-01-01', c: '2026-01-01T00:00:00Z' }],
    ['a: ~\nb:\nc: null', { a: null, b: null, c: null }],
    ['1: x\ntrue: z\ny: x', { 1: 'x', true: 'x' }],
    ['base: &b {x: 1}\nmore:\n  <<: *b\n  z: 2', { base: { x: 1 }, more: { x: 1, z: 2 } }],
    ['a: |\n  one\n  two\n', { a: 'one\ntwo\n' }],
    ['a: >-\n  one\n  two\n', { a: 'one two' }],
    ['a: 1\na: 2', { a: 2 }],
    ['# nothing', null],
    ['just text', 'just text'],
    ['- a\n- b', ['a', 'b']],
    ['a: !!binary aGVsbG8=', { a: 'hello' }],
    ['a: !!binary', { a: '' }],
    ['a: !!set {b, c}', { a: { b: null, c: null } }],
    ['a: !!omap [b: 1]', { a: [{ b: 1 }] }],
    ['a: !!pairs [b: 1]', { a: [{ b: 1 }] }],
    ['a: !!timestamp 2026-01-01', { a: '2026-01-01' }],
    ['a: !foo 5', { a: '5' }],
    ['a: !!str 5', { a: '5' }],
    ['a: !!int "5"', { a: 5 }],
    ['a: !!float "1.5"', { a: 1.5 }],
    ['a: !!bool yes', { a: true }],
    ['a: !!null ""', { a: null }],
    ['{"a": 1}', { a: 1 }],
  ])('%j', (text, value) => {
    expect(readYaml(text)).toEqual({ value });
  });

  it('refuses bytes that are none', () =>
    expect(readYaml('a: !!binary "x y"')).toEqual({
      message: 'yaml: !!binary value contains invalid base64 data',
      line: 0,
      column: 0,
    }));

  it('stops an alias bomb', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
    for (let i = 1; i < 9; i++) {
      const [was, is] = ['abcdefghij'[i - 1], 'abcdefghij'[i]];
      bomb.push(`${is}: &${is} [${Array(10).fill(`*${was}`).join(',')}]`);
    }
    expect(readYaml(bomb.join('\n'))).toEqual({
      message: 'yaml: document contains excessive aliasing',
      line: 0,
      column: 0,
    });
  });
});

it('splitDocuments cuts at lines that begin with three dashes and keeps their places', () => {
  expect(splitDocuments('a: 1\n---\nb: 2\n--- # c\nc: 3')).toEqual([
    { line: 0, text: 'a: 1' },
    { line: 2, text: 'b: 2' },
    { line: 4, text: 'c: 3' },
  ]);
});

describe('locate', () => {
  const document = splitDocuments('x: 1\n---\nkind: Pod\nspec:\n  containers:\n  - name: a\n    imagee: x\n')[1]!;
  it.each([
    ['spec.containers[0].imagee', { line: 7, column: 5, endLine: 7, endColumn: 14 }],
    ['spec.containers[0]', { line: 6, column: 5, endLine: 6, endColumn: 12 }],
    ['kind', { line: 3, column: 1, endLine: 3, endColumn: 10 }],
    ['spec.nothing.here', { line: 4, column: 1, endLine: 4, endColumn: 5 }],
  ])('%s', (path, range) => {
    expect(locate(document, path)).toEqual(range);
  });
});
