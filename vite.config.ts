import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { firstPaint } from './tools/first-paint-plugin.ts';
import { offline } from './tools/offline-plugin.ts';

const here = (p: string) => fileURLToPath(new URL(p, import.meta.url));

/** Static hosts can set no headers, so the policy travels in the built page (the dev server needs inline scripts). */
function csp(): Plugin {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'", // Monaco writes <style> elements and style attributes
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return {
    name: 'csp',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' },
    ],
  };
}

export default defineConfig({
  base: './',
  plugins: [react(), csp(), firstPaint(), offline()],
  resolve: {
    alias: [
      { find: 'monaco-editor/esm/vs/editor/editor.worker.js', replacement: 'monaco-editor/editor/editor.worker' },
      { find: /^prettier\/(standalone|plugins\/.*)$/, replacement: here('./src/ui/editor/no-prettier.ts') },
    ],
  },
  worker: { format: 'es' },
  optimizeDeps: {
    include: ['monaco-yaml', 'monaco-yaml/yaml.worker.js', 'yaml'],
    entries: ['index.html', 'src/**/*.worker.ts', 'src/ui/editor/YamlEditor.tsx'],
  },
  build: { target: 'baseline-widely-available', chunkSizeWarningLimit: 4000 },
});
