import { expect, it } from 'vitest';
import { embedCode, manifestsText } from './texts.ts';

it('an embed carries the state and cannot break out of its attributes', () => {
  const code = embedCode('https://example.org/', 'https://example.org/#s=1.abc&t=5', 'a "title" & more');
  expect(code).toContain('src="https://example.org/?embed=1#s=1.abc&amp;t=5"');
  expect(code).toContain('title="a &quot;title&quot; &amp; more"');
});

it('manifests become one stream, other files stay behind', () => {
  expect(manifestsText({ 'a.yaml': 'kind: Pod\n', 'notes.txt': 'x', 'b.yml': 'kind: Node' })).toBe(
    '# a.yaml\nkind: Pod\n---\n# b.yml\nkind: Node\n',
  );
});
