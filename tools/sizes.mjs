// Guards what a visitor downloads: gzip sizes of the first load, the worker and the editor against their budgets.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './install.mjs';

const dist = path.join(root, 'dist');
const html = readFileSync(path.join(dist, 'index.html'), 'utf8');
const assets = readdirSync(path.join(dist, 'assets'));
/** @param {string} file */
const gz = (file) => gzipSync(readFileSync(path.join(dist, 'assets', file)), { level: 9 }).length;
/** @param {RegExp} name */
const sum = (name) => assets.filter((f) => name.test(f)).reduce((n, f) => n + gz(f), 0);

const first = [...html.matchAll(/(?:src|href)="[^"]*assets\/([^"]+\.js)"/g)].map((m) => m[1] ?? '');
const KiB = 1024;
const budgets = [
  { name: 'first load, JavaScript', bytes: first.reduce((n, f) => n + gz(f), 0), limit: 150 * KiB },
  { name: 'engine worker', bytes: sum(/^worker-.*\.js$/), limit: 250 * KiB },
  {
    name: 'editor with its workers',
    bytes: sum(/^(monaco|YamlEditor|editor\.worker|yaml\.worker).*\.js$/i),
    limit: 1.3 * 1024 * KiB,
  },
];
let ok = true;
for (const b of budgets) {
  const fits = b.bytes > 0 && b.bytes <= b.limit;
  ok &&= fits;
  console.log(
    `${fits ? 'ok  ' : 'FAIL'} ${b.name.padEnd(26)} ${(b.bytes / KiB).toFixed(1).padStart(7)} of ${(b.limit / KiB).toFixed(0)} KiB gzip`,
  );
}
process.exit(ok ? 0 : 1);
