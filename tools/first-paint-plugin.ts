import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'vite';

/** Draws the opening cluster into the built index.html: the engine runs at build time, so the picture is what the page will show. */
export function firstPaint(): Plugin {
  let root = '';
  return {
    name: 'first-paint',
    apply: 'build',
    configResolved(c) {
      root = c.root;
    },
    transformIndexHtml: {
      order: 'post',
      async handler(html) {
        const outDir = path.join(root, '.cache/first-paint');
        await build({
          root,
          configFile: false,
          logLevel: 'error',
          publicDir: false,
          build: { ssr: 'tools/first-paint-entry.ts', outDir, emptyOutDir: true, target: 'node20', minify: false },
          ssr: { noExternal: true },
        });
        const entry = (await import(
          `${pathToFileURL(path.join(outDir, 'first-paint-entry.js')).href}?${Date.now()}`
        )) as {
          openingMarkup(): string;
        };
        return html.replace('<!--first-paint-->', () => entry.openingMarkup());
      },
    },
  };
}
