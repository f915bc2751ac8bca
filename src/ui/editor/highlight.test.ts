import { describe, expect, it } from 'vitest';
import { tokenize } from './highlight.ts';

const words = (line: string) => tokenize(line).map((t) => `${t.kind}:${t.text}`);

describe('tokenize', () => {
  it.each([
    ['apiVersion: apps/v1', ['key:apiVersion', 'plain::', 'plain: ', 'string:apps/v1']],
    ['  replicas: 4', ['plain:  ', 'key:replicas', 'plain::', 'plain: ', 'number:4']],
    ['- weight: 50', ['plain:- ', 'key:weight', 'plain::', 'plain: ', 'number:50']],
    ['    kubernetes.io/arch: amd64', ['plain:    ', 'key:kubernetes.io/arch', 'plain::', 'plain: ', 'string:amd64']],
    [
      '  image: nginx:1.27 # pinned',
      ['plain:  ', 'key:image', 'plain::', 'plain: ', 'string:nginx:1.27 ', 'comment:# pinned'],
    ],
    ['hostNetwork: true', ['key:hostNetwork', 'plain::', 'plain: ', 'keyword:true']],
    ['# only a note', ['comment:# only a note']],
    ['---', ['comment:---']],
    ['  cpu: "2.5"', ['plain:  ', 'key:cpu', 'plain::', 'plain: ', 'string:"2.5"']],
    ['  - nginx', ['plain:  - ', 'string:nginx']],
  ])('%s', (line, expected) => {
    expect(words(line)).toEqual(expected);
  });

  it.each(['a: "x # y"', 'url: http://x#y', '\tbad: tab', '  - {a: 1, b: [c]}', "k: 'it''s'", ': :', '', '   '])(
    'loses no character of %j',
    (line) => {
      expect(
        tokenize(line)
          .map((t) => t.text)
          .join(''),
      ).toBe(line);
    },
  );
});
