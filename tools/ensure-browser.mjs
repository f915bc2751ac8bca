// node tools/ensure-browser.mjs — exits 0 when a Chromium can be started, installing one where that is possible.
import { spawnSync } from 'node:child_process';
import { findBrowser } from './browser.mjs';

/** @param {string} cmd @param {string[]} args */
const run = (cmd, ...args) =>
  spawnSync(cmd, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
/** @param {string} cmd */
const has = (cmd) => spawnSync('sh', ['-c', `command -v ${cmd}`]).status === 0;

let b = findBrowser();
if (!b.found && process.getuid?.() === 0 && has('apt-get')) {
  console.log('No Chromium found: installing the distribution package …');
  run('apt-get', 'update', '-q');
  run(
    'apt-get',
    'install',
    '-y',
    '-q',
    '--no-install-recommends',
    'chromium',
    'fonts-liberation',
    'fonts-noto-color-emoji',
    'fonts-noto-cjk',
  );
  b = findBrowser();
}
if (!b.found && !process.env.PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD) {
  console.log("No Chromium found: trying Playwright's own …");
  run(process.execPath, 'node_modules/playwright/cli.js', 'install', 'chromium');
  b = findBrowser();
}
if (!b.found) {
  console.error(
    [
      'No Chromium-based browser to test with. Any one of these helps:',
      '  npx playwright install chromium',
      '  sudo apt-get install chromium',
      '  CHROMIUM_PATH=/path/to/chrome npm test',
    ].join('\n'),
  );
  process.exit(1);
}
console.log(`Browser: ${b.source}`);
