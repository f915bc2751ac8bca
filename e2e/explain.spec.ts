import { expect, test } from './berth.ts';

test('kubectl explain loads its texts when they are asked for', async ({ berth, page }) => {
  const loaded: string[] = [];
  page.on('request', (r) => void loaded.push(r.url()));
  await berth.open('#example/opening');
  const isDocs = (url: string): boolean => /field-docs-[\w-]+\.js$/.test(url);
  expect(loaded.filter(isDocs)).toEqual([]);
  const answer = await berth.sh('kubectl explain pods.spec.tolerations');
  expect(answer.stderr).toBe('');
  expect(answer.stdout).toContain('FIELD: tolerations <[]Toleration>');
  expect(answer.stdout).toContain('Possible enum values:');
});
