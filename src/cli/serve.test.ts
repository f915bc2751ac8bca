import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { MIXED_NODES } from '../scenarios/opening.ts';
import { CliError } from './io.ts';
import { filesIo as io, START_MS, until } from './serve/testing/served.ts';
import { serveCommand, servedPlayground } from './serve.ts';

describe('the command', () => {
  it('loads objects as they are stored', () => {
    const nodes = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: MIXED_NODES });
    const { cluster } = servedPlayground(['nodes.json'], START_MS, io({ 'nodes.json': nodes }));
    expect([...cluster.list.list('Node')].map((n) => n.metadata.name)).toEqual([
      'k8s-master',
      'worker-x86',
      'worker-ppc64le',
    ]);
    expect(cluster.now).toBe(START_MS);
  });

  it.each([
    [[], 'usage: berth serve'],
    [['--port', 'x'], '--port "x"'],
    [['--port', '70000'], '--port "70000"'],
    [['--port', '0', '--speed', '-1'], '--speed "-1"'],
    [['--port', '0', '-f', 'odd.yaml'], 'example.com/v1 Odd: there is no such kind here'],
  ])('refuses %j', async (argv, words) => {
    const files = { 'odd.yaml': 'apiVersion: example.com/v1\nkind: Odd\nmetadata: {name: o}\n' };
    const failed = serveCommand(argv, io(files)).then(
      () => undefined,
      (e: unknown) => e,
    );
    expect(await failed).toBeInstanceOf(CliError);
    expect(String(await failed)).toContain(words);
  });

  it('prints its address on one line, and stops on SIGTERM', async () => {
    let out = '';
    const code = serveCommand(['--port', '0'], { ...io(), out: (text) => (out += text) });
    await until(() => out, Boolean);
    expect(out).toMatch(/^Serving on http:\/\/127\.0\.0\.1:\d+\n$/);
    expect((await fetch(`${out.trim().split(' ').at(-1)}/healthz`)).status).toBe(200);
    process.emit('SIGTERM');
    expect(await code).toBe(0);
  });

  it('says that a port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    await expect(serveCommand(['--port', String(port)], io())).rejects.toThrow(`port ${port} is in use`);
    taken.close();
  });
});
