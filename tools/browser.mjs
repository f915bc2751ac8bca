import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

/** A browser of Playwright's own, if it was downloaded; else a system one. `undefined` means Playwright's own. */
/** @returns {{ executablePath: string | undefined, found: boolean, source: string }} */
export function findBrowser() {
  const own = process.env.CHROMIUM_PATH;
  if (own) return { executablePath: own, found: existsSync(own), source: 'CHROMIUM_PATH' };
  if (existsSync(chromium.executablePath())) return { executablePath: undefined, found: true, source: 'playwright' };
  const names =
    process.platform === 'win32'
      ? ['chrome.exe', 'msedge.exe']
      : ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge'];
  const dirs = (process.env.PATH ?? '').split(path.delimiter);
  if (process.platform === 'darwin') {
    for (const app of ['Google Chrome', 'Chromium', 'Microsoft Edge']) {
      const p = `/Applications/${app}.app/Contents/MacOS/${app}`;
      if (existsSync(p)) return { executablePath: p, found: true, source: p };
    }
  }
  if (process.platform === 'win32') {
    for (const root of [process.env.ProgramFiles, process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA])
      if (root) dirs.push(path.join(root, 'Google/Chrome/Application'), path.join(root, 'Microsoft/Edge/Application'));
  }
  for (const name of names)
    for (const dir of dirs) {
      const p = path.join(dir, name);
      try {
        accessSync(p, constants.X_OK);
        return { executablePath: p, found: true, source: p };
      } catch {
        // keep looking
      }
    }
  return { executablePath: undefined, found: false, source: 'none' };
}

/** Chromium refuses its sandbox as root and in most containers; its /dev/shm is small there. */
export function browserArgs() {
  const root = process.getuid?.() === 0;
  return root || process.env.CI ? ['--no-sandbox', '--disable-dev-shm-usage'] : [];
}

export function launchOptions() {
  const { executablePath } = findBrowser();
  return { args: browserArgs(), ...(executablePath ? { executablePath } : {}) };
}
