// Installs dependencies when they are absent or older than the lock file. Progress goes to standard error.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${root}node_modules/.package-lock.json`;

/** Whether `node_modules` is absent or older than the lock file. */
export function isStale() {
  return !existsSync(stamp) || statSync(stamp).mtimeMs < statSync(`${root}package-lock.json`).mtimeMs;
}

/** Runs `npm ci` when needed; exits with its code when that fails. */
export function ensureInstalled() {
  if (!isStale()) return;
  console.error('Installing dependencies …');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    console.error('berth: npm ci failed; the lines above say why.');
    process.exit(npm.status ?? 1);
  }
}
