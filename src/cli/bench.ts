import { type BenchWorkload, benchWorkloads, wholeWorkloads } from '../engine/index.ts';
import { CliError, type Io, options } from './io.ts';

const round = (n: number, digits: number): number => Number(n.toFixed(digits));

/** CPU seconds of one run, and the heap after a collection at its end. */
function measure(w: BenchWorkload, mode: 'algorithm' | 'whole', io: Io): Record<string, unknown> {
  const ready = w.prepare();
  io.heapBytes(); // what preparing left behind is not the run's
  const before = io.cpuMs();
  const result = ready.run();
  const seconds = (io.cpuMs() - before) / 1000;
  return {
    name: w.name,
    mode,
    nodes: w.nodes,
    pods: w.pods,
    seconds: round(seconds, 3),
    podsPerSecond: round(w.pods / seconds, 1),
    heapMiB: round(io.heapBytes() / 2 ** 20, 1),
    placed: result.placed,
  };
}

/** `bench [NAME…]`: the performance workloads, a JSON line each and mode. */
export function benchCommand(argv: string[], io: Io): number {
  const o = options(argv, { o: 'value', output: 'value', mode: 'value' });
  const names = [...new Set([...benchWorkloads, ...wholeWorkloads].map((w) => w.name))];
  for (const name of o.args)
    if (!names.includes(name)) throw new CliError(`there is no workload "${name}"; there are ${names.join(', ')}`, 2);
  const mode = o.get('mode');
  if (mode !== undefined && mode !== 'algorithm' && mode !== 'whole')
    throw new CliError(`--mode "${mode}" is neither algorithm nor whole`, 2);
  for (const name of o.args.length ? o.args : names) {
    for (const [m, list] of [
      ['algorithm', benchWorkloads],
      ['whole', wholeWorkloads],
    ] as const) {
      const workload = list.find((w) => w.name === name);
      if (workload && (mode === undefined || mode === m)) io.out(`${JSON.stringify(measure(workload, m, io))}\n`);
    }
  }
  return 0;
}
