// npm run screenshot — builds the page, plays a small story in it and takes the picture of the README.
import { spawn } from 'node:child_process';
import { chromium } from 'playwright-core';
import { launchOptions } from './browser.mjs';
import { root } from './install.mjs';

const port = Number(process.env.PORT ?? 4399);
const server = spawn(process.execPath, ['tools/start.mjs'], {
  cwd: root,
  env: { ...process.env, PORT: String(port) },
  stdio: ['ignore', 'pipe', 'inherit'],
});
await new Promise((resolve) =>
  server.stdout.on('data', (/** @type {Buffer} */ d) => String(d).includes('http') && resolve(undefined)),
);

const browser = await chromium.launch(launchOptions());
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`http://127.0.0.1:${port}/?theme=light#example/opening`);
  await page.waitForFunction('"berth" in window');
  await page.evaluate(async () => {
    const { berth } = /** @type {any} */ (window);
    await berth.pause();
    await berth.advance(8000);
    await berth.sh('kubectl scale deployment web --replicas=3');
    await berth.advance(6000);
    await berth.sh('kubectl cordon worker-ppc64le');
    await berth.sh('kubectl apply -f trainer.yaml');
    await berth.advance(4000);
  });
  await page
    .getByRole('button', { name: /^Pod default\/trainer-/ })
    .first()
    .click();
  await page.waitForTimeout(1500);
  await page.screenshot({ path: `${root}docs/screenshot.png` });
} finally {
  await browser.close();
  server.kill();
}
