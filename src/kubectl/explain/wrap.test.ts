import { describe, expect, it } from 'vitest';
import { indent, wrap } from './wrap.ts';

describe('wrap', () => {
  it.each([
    ['short lines stay', 'a b c', 10, 'a b c'],
    ['breaks before the word that does not fit', 'aaa bbb ccc', 7, 'aaa bbb\nccc'],
    ['a word that just fits stays', 'aaa bbb', 7, 'aaa bbb'],
    ['spaces at the break go, others stay', 'aa  bb   cc', 6, 'aa  bb\ncc'],
    ['long words stand alone', 'see https://example.com/long now', 8, 'see\nhttps://example.com/long\nnow'],
    ['line ends stay', 'aa\n\nbb\n', 4, 'aa\n\nbb\n'],
    ['each line counts for itself', 'aaaa\nbb cc', 5, 'aaaa\nbb cc'],
  ])('%s', (_, text, width, expected) => expect(wrap(text, width)).toBe(expected));

  it('keeps every word', () => {
    const text =
      'If the key is empty, operator must be Exists; this combination means to match all values and all keys.';
    for (let width = 1; width < 40; width++) expect(wrap(text, width).split(/\s+/)).toEqual(text.split(' '));
  });
});

it('indents empty lines, too', () => expect(indent('a\n\nb\n', 2)).toBe('  a\n  \n  b\n  '));
