import { expect, test } from './berth.ts';

const snapshot = (text: string): string => text;

test.describe('bad input gets a sentence and changes nothing', () => {
  const cases: [name: string, text: string, sentence: RegExp][] = [
    ['broken YAML', 'apiVersion: v1\nkind: [Pod\n', /error parsing|error converting YAML to JSON/],
    ['tabs', 'apiVersion: v1\nkind: Pod\nmetadata:\n\tname: x\n', /found character that cannot start any token/],
    [
      'an unknown kind',
      'apiVersion: v1\nkind: Pood\nmetadata:\n  name: x\n',
      /no matches for kind "Pood" in version "v1"/,
    ],
  ];
  for (const [name, text, sentence] of cases)
    test(name, async ({ berth }) => {
      await berth.open('#example/opening');
      const before = (await berth.call<{ digest: string }>('recording')).digest;
      const answer = await berth.sh('kubectl apply -f -', text);
      expect(answer.exitCode).toBe(1);
      expect(answer.stderr).toMatch(sentence);
      expect(snapshot((await berth.call<{ digest: string }>('recording')).digest)).toBe(before);
    });

  test('HTML in every name', async ({ berth, page }) => {
    await berth.open('#example/opening');
    const html = '<img src=x onerror=alert(1)>';
    const answer = await berth.sh(
      'kubectl apply -f -',
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: safe\n  annotations:\n    note: "${html}"\ndata:\n  page: "${html}"\n`,
    );
    expect(answer.exitCode).toBe(0);
    const refused = await berth.sh(
      'kubectl apply -f -',
      `apiVersion: v1\nkind: Pod\nmetadata:\n  name: "${html}"\nspec:\n  containers:\n  - name: c\n    image: nginx\n`,
    );
    expect(refused.stderr).toContain('a lowercase RFC 1123 subdomain must consist of');
    expect(await page.locator('img[src="x"]').count()).toBe(0);
  });

  test('a paste of 5 MB', async ({ berth }) => {
    await berth.open('#example/opening');
    const answer = await berth.sh(
      'kubectl apply -f -',
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: big\ndata:\n  a: "${'x'.repeat(5_000_000)}"\n`,
    );
    expect(answer.exitCode).toBe(1);
    expect(answer.stderr).toMatch(/Too long|too large/);
  });

  for (const [name, address] of [
    ['garbage', '#s=1.%%%%garbage'],
    ['a newer format', '#s=99.abcdef'],
    ['a cut-off link', '#s=1.q1Y'],
  ] as const)
    test(`a link of ${name}`, async ({ page }) => {
      await page.goto(`./${address}`);
      await expect(page.getByText(/This link|A newer Berth made this link/).first()).toBeVisible();
      await expect(page.getByRole('group', { name: /^worker-x86/ })).toBeAttached();
    });
});
