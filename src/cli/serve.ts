import { resourceOfKind } from '../engine/api/discovery.ts';
import { Playground, type World } from '../playground/playground.ts';
import { runLine } from '../playground/programs.ts';
import { worldOf } from '../playground/world.ts';
import { CliError, type Io, options } from './io.ts';
import { loadObjects } from './manifests.ts';
import { serve } from './serve/server.ts';

const USAGE = 'usage: berth serve --port N [-f FILE…] [--speed N]';
const PORT_MAX = 65_535;
const SPEED_MAX = 1_000;

function number(text: string | undefined, name: string, otherwise: number, fits: (n: number) => boolean): number {
  const n = text === undefined ? otherwise : Number(text);
  if (text?.trim() === '' || !fits(n)) throw new CliError(`${name} "${text}" is out of its range\n${USAGE}`, 2);
  return n;
}

/**
 * The playground that is served. Its clock starts at the real time: kubectl reckons ages (describe, events) with the
 * clock of its own machine.
 */
export function servedPlayground(files: readonly string[], startMs: number, io: Io): Playground {
  if (!files.length) {
    const { world, recording } = worldOf({ scenario: 'opening' });
    return new Playground({ ...world, startMs }, runLine, recording?.inputs ?? []);
  }
  const cluster = loadObjects(files, io);
  for (const o of cluster)
    if (!resourceOfKind(String(o.kind)))
      throw new CliError(`${String(o.apiVersion)} ${String(o.kind)}: there is no such kind here`);
  const world: World = { seed: 1, startMs, kubelet: 'sim', cluster, files: {} };
  return new Playground(world, runLine);
}

/** `serve`: the API server over HTTP until SIGINT or SIGTERM. */
export async function serveCommand(argv: string[], io: Io): Promise<number> {
  const o = options(argv, { port: 'value', f: 'value', filename: 'value', speed: 'value' });
  if (!o.has('port')) throw new CliError(USAGE, 2);
  const port = number(o.get('port'), '--port', 0, (n) => Number.isInteger(n) && n >= 0 && n <= PORT_MAX);
  const speed = number(o.get('speed'), '--speed', 1, (n) => n >= 0 && n <= SPEED_MAX);
  const files = [...o.all('f'), ...o.all('filename'), ...o.args];
  const playground = servedPlayground(files, Math.floor(Date.now() / 1000) * 1000, io);
  let stop: (code: number) => void = () => {};
  const stopped = new Promise<number>((resolve) => {
    stop = resolve;
  });
  const crashed = (e: unknown): void => {
    io.err(`berth: the simulation broke: ${e instanceof Error ? e.message : String(e)}\n`);
    stop(1);
  };
  const serving = await serve(playground, { port, speed, crashed }).catch((e: NodeJS.ErrnoException) => {
    throw new CliError(e.code === 'EADDRINUSE' ? `port ${port} is in use` : `port ${port}: ${e.message}`);
  });
  const onSignal = (): void => stop(0);
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  io.out(`Serving on ${serving.url}\n`);
  const code = await stopped;
  process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  await serving.close();
  return code;
}
