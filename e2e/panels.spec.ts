import { expect, test } from './berth.ts';

const TRAINER = /^Pod default\/trainer-.*, Pending/;

test('a refused pod says why, on the line and in the table, and one click lets it in', async ({ berth, page }) => {
  await berth.open('#example/opening');
  await berth.advance(20_000);
  await page.getByRole('tab', { name: 'trainer.yaml' }).click();
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('deployment.apps/trainer created').first()).toBeAttached();
  await berth.advance(3_000);
  await page.getByRole('button', { name: TRAINER }).first().click();
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await expect(inspector.getByText('No node fits.')).toBeVisible();
  const row = inspector.getByRole('table', { name: 'Decision' }).getByRole('row', { name: /^worker-x86/ });
  await expect(row.getByText('0.65 CPU short')).toBeVisible();
  await expect(
    page.getByRole('button', { name: /worker-ppc64le refuses here: its arch is ppc64le/ }).first(),
  ).toBeVisible();
  await inspector.getByRole('button', { name: /^Ask for 3.35 CPU or less/ }).click();
  await expect(page.getByText('deployment.apps/trainer configured').first()).toBeAttached();
  await berth.advance(40_000);
  const pods = Object.entries(await berth.pods()).filter(([name]) => name.startsWith('trainer-'));
  expect(pods.map(([, p]) => [p.status, p.node])).toEqual([['Running', 'worker-x86']]);
  await expect(page.getByRole('tab', { name: 'trainer.yaml' })).toHaveAttribute('aria-selected', 'true');
});

test('the console completes, remembers, links names and stops what follows', async ({ berth, page }) => {
  await berth.open('#example/opening');
  await berth.advance(20_000);
  const prompt = page.getByRole('combobox', { name: 'kubectl command' });
  await prompt.click();
  await page.keyboard.type('kubectl get nod');
  await expect(page.getByRole('listbox').getByRole('option', { name: 'nodes' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(prompt).toHaveValue('kubectl get nodes ');
  await page.keyboard.press('Enter');
  const log = page.getByRole('log', { name: 'Console' });
  await expect(log).toContainText('worker-ppc64le');
  await page.keyboard.press('ArrowUp');
  await expect(prompt).toHaveValue('kubectl get nodes');
  await page.keyboard.press('Escape');
  await log.getByRole('button', { name: 'worker-ppc64le' }).first().click();
  await expect(page.getByRole('region', { name: 'Inspector' }).getByRole('heading', { level: 2 })).toHaveText(
    'worker-ppc64le',
  );
  await prompt.fill('kubectl get pods -w');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  await prompt.focus();
  await page.keyboard.press('Control+c');
  await expect(page.getByRole('button', { name: 'Stop' })).toHaveCount(0);
});

test('the past can be looked at without changing it, and a change there starts a branch', async ({ berth, page }) => {
  await berth.open('#example/opening');
  await berth.advance(10_000);
  await berth.sh('kubectl cordon worker-x86');
  await berth.advance(10_000);
  const { nowMs: end } = await berth.call<{ nowMs: number }>('time');
  const slider = page.getByRole('slider', { name: 'Timeline' });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', /^0 seconds, .* before now/);
  await page.getByRole('combobox', { name: 'kubectl command' }).click();
  await page.keyboard.type('kubectl get nodes');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('log', { name: 'Console' })).toContainText('k8s-master');
  await slider.focus();
  await page.keyboard.press('End');
  await expect.poll(async () => (await berth.call<{ nowMs: number }>('time')).nowMs).toBe(end);
  await expect(page.getByRole('group', { name: /^worker-x86, amd64, Ready, cordoned/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Branch/ })).toHaveCount(0);
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', /before now/);
  await berth.sh('kubectl cordon worker-ppc64le');
  await expect(page.getByRole('button', { name: /^Branch 1/ })).toBeVisible();
  await page.getByRole('button', { name: /^Branch 1/ }).click();
  await expect(page.getByRole('group', { name: /^worker-x86, amd64, Ready, cordoned/ })).toBeVisible();
});

test('a drain is shown before it happens', async ({ berth, page }) => {
  await berth.open('#example/opening');
  await berth.advance(20_000);
  await berth.node(/^worker-x86/).press('Enter');
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await inspector.getByRole('button', { name: 'Drain' }).click();
  await expect(inspector.getByRole('heading', { level: 2 })).toHaveText('If you drain worker-x86');
  await expect(inspector.getByText(/replaced elsewhere/)).toBeVisible();
  await expect(page.getByRole('group', { name: /^worker-x86, amd64, Ready$/ })).toBeVisible();
  await inspector.getByRole('button', { name: 'Drain' }).click();
  await berth.advance(60_000);
  await expect(page.getByRole('group', { name: /^worker-x86, amd64, Ready, cordoned/ })).toBeVisible();
  for (const { node } of Object.values(await berth.pods())) expect(node).not.toBe('worker-x86');
});

test('the editor is left with Escape and Tab', async ({ berth, page }) => {
  await berth.open('#example/opening');
  await page.getByRole('textbox', { name: 'Manifest' }).focus();
  await expect(page.locator('.monaco-editor')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Manifest' })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Apply' })).toBeFocused();
});
