import AxeBuilder from '@axe-core/playwright';
import { expect, NGINX, test } from './berth.ts';

test('the first page moves and says why, without a click', async ({ page }) => {
  await page.goto('./');
  const cluster = page.getByRole('region', { name: 'Cluster' });
  await expect(cluster.getByRole('group', { name: /^k8s-master, amd64, Ready/ })).toBeVisible();
  await expect(cluster.getByRole('group', { name: /^worker-x86, amd64, Ready/ })).toBeVisible();
  await expect(cluster.getByRole('group', { name: /^worker-ppc64le, ppc64le, Ready/ })).toBeVisible();
  await expect(
    cluster.getByRole('button', { name: /^Pod kube-system\/kube-apiserver-k8s-master, Running, on k8s-master/ }),
  ).toBeAttached();
  await expect(cluster.getByRole('button', { name: /^Pod default\/.*, on worker-/ }).first()).toBeAttached({
    timeout: 12_000,
  });
  await expect(page.getByText(/worker-x86 scores higher|goes to|moors, pulls/).first()).toBeVisible({
    timeout: 12_000,
  });
});

test('the opening cluster stands in the HTML itself', async ({ request, baseURL }) => {
  const html = await (await request.get(baseURL!)).text();
  for (const name of ['k8s-master', 'worker-x86', 'worker-ppc64le', 'kube-apiserver-k8s-master'])
    expect(html).toContain(name);
});

for (const theme of ['light', 'dark'] as const)
  test(`axe finds nothing serious, ${theme}`, async ({ berth, page }) => {
    await berth.open(`?theme=${theme}#example/opening`);
    await berth.sh('kubectl apply -f -', NGINX);
    await berth.advance(15_000);
    await page
      .getByRole('button', { name: /^Pod default\/nginx-/ })
      .first()
      .click();
    await expect(page.getByRole('region', { name: 'Inspector' })).toBeVisible();
    await expect(page.getByRole('table', { name: 'Decision' })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations
        .filter((v) => v.impact === 'serious' || v.impact === 'critical')
        .map((v) => `${v.id}: ${v.nodes[0]?.html}`),
    ).toEqual([]);
  });

test('the editor applies with Ctrl+Enter, and a YAML error marks its line and changes nothing', async ({
  berth,
  page,
}) => {
  await berth.open('#example/opening');
  const before = await berth.call<unknown[]>('objects', 'Deployment');
  const editor = page.getByRole('textbox', { name: 'Manifest' });
  await editor.focus();
  await expect(page.locator('.monaco-editor')).toBeVisible();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('apiVersion: v1\nkind: Pod\nmetadata:\n  name: broken\n\tspec: {}\n');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.squiggly-error, .squiggly-warning').first()).toBeVisible();
  await expect(page.getByText(/line 5/).first()).toBeVisible();
  expect(await berth.call<unknown[]>('objects', 'Deployment')).toEqual(before);
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(NGINX);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('deployment.apps/nginx created').first()).toBeVisible();
});

test('a link shows the same on another machine', async ({ berth, browser, baseURL }) => {
  await berth.open('#example/opening');
  await berth.sh('kubectl apply -f -', NGINX);
  await berth.advance(12_345);
  await berth.sh('kubectl label nodes worker-ppc64le disk=ssd');
  await berth.sh('kubectl cordon worker-x86');
  const link = await berth.call<string>('link');
  const { digest } = await berth.call<{ digest: string }>('recording');
  expect(digest).not.toBe('');
  const context = await browser.newContext({ baseURL: baseURL! });
  const other = await context.newPage();
  await other.goto(link.slice(link.indexOf('#')).replace('#', './#'));
  await expect(other.getByRole('group', { name: /^worker-x86, amd64, Ready, cordoned/ })).toBeVisible();
  await other.evaluate(() => (window as unknown as { berth: { pause(): Promise<unknown> } }).berth.pause());
  const theirs = await other.evaluate(async () => {
    const api = (
      window as unknown as {
        berth: { recording(): Promise<{ digest: string; endMs: number }>; seek(ms: number): Promise<unknown> };
      }
    ).berth;
    const { endMs } = await api.recording();
    return { digest: (await api.recording()).digest, endMs };
  });
  const mine = await berth.call<{ endMs: number }>('recording');
  expect(theirs.endMs).toBeGreaterThanOrEqual(mine.endMs);
  await context.close();
});

test('a reload loses nothing', async ({ berth, page }) => {
  await berth.open('#example/opening');
  await berth.sh('kubectl create configmap kept --from-literal=a=b');
  await berth.advance(2_000);
  await page.waitForTimeout(1_500);
  await page.reload();
  await page.waitForFunction(() => 'berth' in window);
  await expect.poll(async () => (await berth.sh('kubectl get configmap kept -o name')).stdout).toBe('configmap/kept\n');
});

test('a crashed worker explains itself and goes on from the last good moment', async ({ berth, page }) => {
  await berth.open('#example/opening');
  await berth.sh('kubectl create configmap kept --from-literal=a=b');
  await page.evaluate(() =>
    (window as unknown as { berth: { crash?(): Promise<unknown> } }).berth.crash?.().catch(() => undefined),
  );
  await expect(page.getByText('This is a bug in Berth, not in your manifests')).toBeVisible();
  await page.getByRole('button', { name: /^Rebuild to/ }).click();
  await expect(page.getByText('This is a bug in Berth, not in your manifests')).toBeHidden();
  await expect.poll(async () => (await berth.sh('kubectl get nodes -o name')).stdout).toContain('node/worker-x86');
});

test('@phone the same cluster fits a phone', async ({ page, isMobile }) => {
  test.skip(!isMobile, 'for the phone project');
  await page.goto('./#example/opening');
  await expect(page.getByRole('group', { name: /^worker-x86/ })).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
