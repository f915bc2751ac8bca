// node tools/build.mjs — builds the page into dist/ and draws the opening cluster into its index.html.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ensureInstalled, root } from './install.mjs';

ensureInstalled();
/** @param {string[]} args */
const node = (...args) => {
  const r = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (r.status !== 0) process.exit(r.status ?? 1);
};
if (!existsSync(`${root}src/ui/editor/k8s.schema.json`)) node('tools/gen-schema.mjs');
node('node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn');
