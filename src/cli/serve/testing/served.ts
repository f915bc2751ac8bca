/** A served playground for tests, and what asks it. */
import { afterAll, beforeAll, expect } from 'vitest';
import type { Playground } from '../../../playground/playground.ts';
import type { Io } from '../../io.ts';
import { servedPlayground } from '../../serve.ts';
import { type Serving, serve } from '../server.ts';

export const START_MS = Date.UTC(2026, 0, 1);

/** An outside world that holds these files alone. */
export const filesIo = (files: Record<string, string> = {}): Io => ({
  cwd: '/',
  out: () => {},
  err: () => {},
  read: (file) => files[file] ?? '',
  exists: (file) => file in files,
  isDir: () => false,
  list: () => [],
  write: () => {},
  lines: async function* () {},
  cpuMs: () => 0,
  heapBytes: () => 0,
});

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
export type Json = Record<string, any>;

export interface Answer {
  code: number;
  body: Json;
  warning: string | null;
}

export interface Served {
  readonly url: string;
  readonly playground: Playground;
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  get(path: string, accept?: string): Promise<Answer>;
}

/** Serves the opening cluster to the tests of a file; the simulation must not have broken when they are done. */
export function served(speed: number): Served {
  const playground = servedPlayground([], START_MS, filesIo());
  const crashes: unknown[] = [];
  let serving: Serving;
  beforeAll(async () => {
    serving = await serve(playground, { port: 0, speed, crashed: (e) => crashes.push(e) });
  });
  afterAll(async () => {
    await serving.close();
    expect(crashes).toEqual([]);
  });
  const ask: Served['ask'] = async (method, path, body, headers = {}) => {
    const response = await fetch(serving.url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const warning = response.headers.get('warning');
    return { code: response.status, body: text.startsWith('{') ? JSON.parse(text) : { text }, warning };
  };
  return {
    get url() {
      return serving.url;
    },
    playground,
    ask,
    get: (path, accept) => ask('GET', path, undefined, accept ? { Accept: accept } : {}),
  };
}

/** Waits until `fits`, or says what was seen last. */
export async function until<T>(look: () => T | Promise<T>, fits: (v: T) => boolean): Promise<T> {
  let last = await look();
  for (let i = 0; i < 400 && !fits(last); i++) {
    await new Promise((resolve) => setTimeout(resolve, 25));
    last = await look();
  }
  if (!fits(last)) throw new Error(`it never came: ${JSON.stringify(last)}`);
  return last;
}

export const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

export const configMap = (name: string, data: Json = {}, labels: Json = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, labels },
  data,
});

export const SHOP = `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, labels: {app: shop}}
spec:
  replicas: 3
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
      - {name: c, image: "nginx:1.27", resources: {requests: {cpu: 50m}}}
`;
