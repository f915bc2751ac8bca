import { expect, it } from 'vitest';
import { firstPaintMarkup } from './first-paint.ts';
import { clusterFrame } from './testing/fake-rows.ts';

it('shows every node and pod by name, and no unbalanced markup', () => {
  const markup = firstPaintMarkup(clusterFrame());
  for (const name of [
    'k8s-master, amd64, Ready',
    'worker-x86-2, amd64, Ready, cordoned',
    'Pod default/db-0, Running, on worker-ppc64le',
  ])
    expect(markup).toContain(`aria-label="${name}"`);
  const opened = [...markup.matchAll(/<([a-z]+)(?=[\s>])[^>]*?(\/?)>/gi)].filter((m) => m[2] !== '/').length;
  expect(opened).toBe([...markup.matchAll(/<\/[a-z]+>/gi)].length);
});

it('escapes names', () => {
  const frame = clusterFrame();
  frame.nodes[0] = { ...frame.nodes[0]!, name: 'a"><script>', uid: 'x' };
  expect(firstPaintMarkup(frame)).not.toContain('<script>');
});
