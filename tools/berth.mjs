#!/usr/bin/env node
// The command line: builds src/cli when it is older than its sources, then runs it. Standard output is only data.
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, root } from './install.mjs';

const out = path.join(root, '.cache/cli/main.js');

/** The newest change below a folder. @param {string} dir @returns {number} */
function newest(dir) {
  let at = 0;
  for (const e of readdirSync(dir, { withFileTypes: true, recursive: true }))
    if (e.isFile() && !/\.test\.tsx?$/.test(e.name))
      at = Math.max(at, statSync(path.join(e.parentPath, e.name)).mtimeMs);
  return at;
}

async function build() {
  ensureInstalled();
  const { build: viteBuild } = await import('vite');
  mkdirSync(path.dirname(out), { recursive: true });
  await viteBuild({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: 'src/cli/main.ts',
      outDir: path.dirname(out),
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      sourcemap: 'inline',
      rollupOptions: { output: { entryFileNames: '[name].js' } },
    },
    ssr: { noExternal: true },
  });
  writeFileSync(path.join(path.dirname(out), 'package.json'), '{"type":"module"}\n');
}

const sources = Math.max(
  ...['src/cli', 'src/engine', 'src/kubectl', 'src/playground', 'src/scenarios', 'src/share', 'src/view'].map((d) =>
    newest(path.join(root, d)),
  ),
);
if (!existsSync(out) || statSync(out).mtimeMs < sources) {
  console.error('Building the command line …');
  try {
    await build();
  } catch (e) {
    console.error(
      `berth: the command line could not be built: ${String(e instanceof Error ? e.message : e).split('\n')[0]}`,
    );
    process.exit(1);
  }
}
const cli = await import(pathToFileURL(out).href);
process.exitCode = await cli.main(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
