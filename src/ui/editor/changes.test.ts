import { describe, expect, it } from 'vitest';
import { changesOf } from './changes.ts';

const base = 'kind: Pod\nspec:\n  containers:\n  - name: a\n    image: nginx:1.25\n';

describe('changesOf', () => {
  it('says nothing about equal texts', () => {
    expect(changesOf(base, base)).toEqual({ lines: [], added: 0, removed: 0, changed: 0 });
  });

  it('words the one value that changed, without what both share', () => {
    expect(changesOf(base, base.replace('1.25', '1.27'))).toEqual({
      lines: [5],
      added: 0,
      removed: 0,
      changed: 1,
      single: { key: 'image', from: '1.25', to: '1.27' },
    });
  });

  it('keeps whole values when their beginnings differ', () => {
    expect(changesOf(base, base.replace('nginx:1.25', 'httpd:2')).single).toEqual({
      key: 'image',
      from: 'nginx:1.25',
      to: 'httpd:2',
    });
  });

  it.each([
    ['an added line', base.replace('spec:', 'spec:\n  nodeName: w1'), [3], 1, 0, 0],
    ['a removed line', base.replace('  - name: a\n', ''), [], 0, 1, 0],
    ['two separate changes', base.replace('Pod', 'Job').replace('1.25', '9'), [1, 5], 0, 0, 2],
    ['an added and a changed line', base.replace('name: a', 'name: b\n    tty: true'), [4, 5], 1, 0, 1],
  ])('%s', (_, after, lines, added, removed, changed) => {
    expect(changesOf(base, after)).toMatchObject({ lines, added, removed, changed });
  });

  it('counts a file never applied as new, without marking every line', () => {
    expect(changesOf(undefined, 'a: 1\nb: 2\n')).toMatchObject({ lines: [], added: 2 });
  });
});
