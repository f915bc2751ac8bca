#!/usr/bin/env node
// npm test — installs what is missing, then runs every check. `--quick` leaves the browser out.
// Ends with `N passed, N failed`: single tests of the runners, and one a further check.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureInstalled, root } from './install.mjs';

const started = Date.now();
const quick = process.argv.includes('--quick');
/** @type {{ name: string, ok: boolean, s: number, passed: number, failed: number }[]} */
const results = [];
const reports = `${root}.cache/reports`;

/**
 * Runs one check. With `report` its JSON report tells how many single tests passed.
 * @param {string} name @param {string[]} args @param {(() => { passed: number, failed: number }) | undefined} [report]
 */
function step(name, args, report) {
  const t = Date.now();
  console.log(`\n── ${name}`);
  const r = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, FORCE_COLOR: '0' },
  });
  const ok = r.status === 0;
  let counts = { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  if (report)
    try {
      counts = report();
      if (!ok && counts.failed === 0) counts.failed = 1;
    } catch {
      counts = { passed: 0, failed: 1 };
    }
  results.push({ name, ok, s: (Date.now() - t) / 1000, ...counts });
  return ok;
}

/** @param {string} file */
const vitestCounts = (file) => () => {
  const j = JSON.parse(readFileSync(file, 'utf8'));
  return { passed: j.numPassedTests, failed: j.numFailedTests + (j.success ? 0 : j.numFailedTests ? 0 : 1) };
};
/** @param {string} file */
const playwrightCounts = (file) => () => {
  const { stats } = JSON.parse(readFileSync(file, 'utf8'));
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
};

ensureInstalled();
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const tsc = 'node_modules/typescript/bin/tsc';
const vitest = 'node_modules/vitest/vitest.mjs';
step('types', [tsc, '-p', '.']);
step('types of the engine', [tsc, '-p', 'src/engine']);
step('lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '--max-diagnostics=40', 'src', 'e2e', 'tools']);
step('unused code', ['node_modules/knip/bin/knip.js', '--no-progress']);
const browser = quick || step('a browser', ['tools/ensure-browser.mjs']);
const projects = quick ? ['--project', 'unit', '--project', 'dom'] : [];
const unit = `${reports}/vitest.json`;
step(
  'tests',
  [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unit}`, ...projects],
  vitestCounts(unit),
);
if (step('build', ['tools/build.mjs'])) {
  step('sizes', ['tools/sizes.mjs']);
  const e2e = `${reports}/e2e.json`;
  process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = e2e;
  if (browser && !quick) step('journeys', ['node_modules/@playwright/test/cli.js', 'test'], playwrightCounts(e2e));
}
console.log('');
for (const r of results)
  console.log(
    `${r.ok ? 'ok  ' : 'FAIL'} ${r.name.padEnd(20)} ${String(r.passed).padStart(5)} passed ${String(r.failed).padStart(3)} failed ${r.s.toFixed(1).padStart(6)} s`,
  );
const sum = (/** @type {'passed' | 'failed'} */ k) => results.reduce((n, r) => n + r[k], 0);
console.log(`in ${((Date.now() - started) / 1000).toFixed(0)} s`);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(results.every((r) => r.ok) ? 0 : 1);
