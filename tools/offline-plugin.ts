import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

/** Writes sw.js with the list of built files; each build has its own cache, and old ones are dropped. */
export function offline(): Plugin {
  let out = 'dist';
  return {
    name: 'offline',
    apply: 'build',
    configResolved(c) {
      out = path.resolve(c.root, c.build.outDir);
    },
    async closeBundle() {
      const files = readdirSync(out, { recursive: true, withFileTypes: true })
        .filter((e) => e.isFile() && e.name !== 'sw.js')
        .map((e) => path.relative(out, path.join(e.parentPath, e.name)).replaceAll('\\', '/'))
        .sort();
      const hash = createHash('sha256');
      for (const f of files) hash.update(f).update(readFileSync(path.join(out, f)));
      const version = hash.digest('hex').slice(0, 12);
      const source = readFileSync(new URL('./sw.js', import.meta.url), 'utf8');
      await this.fs.writeFile(
        path.join(out, 'sw.js'),
        source.replace('__VERSION__', version).replace("'__FILES__'", files.map((f) => JSON.stringify(f)).join(',')),
      );
    },
  };
}
