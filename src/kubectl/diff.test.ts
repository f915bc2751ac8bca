import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editScript, unifiedDiff } from './diff.ts';

describe('editScript', () => {
  it('leads from one text to the other, whatever they are', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (a, b) => {
        const script = editScript(a, b);
        expect(script.filter((e) => e.sign !== '+').map((e) => e.text)).toEqual(a);
        expect(script.filter((e) => e.sign !== '-').map((e) => e.text)).toEqual(b);
      }),
    );
  });
});

describe('unifiedDiff', () => {
  it.each([
    ['equal texts', 'a\nb\n', 'a\nb\n', ''],
    ['a new file', '', 'a\nb\n', '@@ -0,0 +1,2 @@\n+a\n+b\n'],
    ['a file that goes', 'a\n', '', '@@ -1 +0,0 @@\n-a\n'],
    ['one line', 'a\nb\nc\n', 'a\nx\nc\n', '@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n'],
    [
      'two places far apart',
      '1\n2\n3\n4\n5\n6\n7\n8\n9\n',
      'x\n2\n3\n4\n5\n6\n7\n8\ny\n',
      '@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+y\n',
    ],
  ])('%s', (_, from, to, wanted) => {
    expect(unifiedDiff(from, to)).toBe(wanted);
  });
});
