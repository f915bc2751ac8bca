import { benchCommand } from './bench.ts';
import { explainCommand } from './explain.ts';
import { exportCommand } from './export.ts';
import { CliError, type Io, nodeIo } from './io.ts';
import { linkCommand } from './link.ts';
import { placeCommand } from './place.ts';
import { playCommand } from './play.ts';
import { runCommand } from './run.ts';
import { serveCommand } from './serve.ts';

const USAGE = `Usage: berth COMMAND

  run FILE… [--seed N] [--clusters DIR] [--root DIR] [--kubelet kwok] [--out DIR]
  explain -f FILE… --pod NS/NAME [-o text|json]      explain --batch < scenarios.jsonl
  place -f FILE… [--only FILE] [-o text|json]        place --batch < sequences.jsonl
  link encode FILE | link decode URL
  play URL|FILE [--until 60s] [-o yaml|json]
  bench [NAME…] [-o json]
  serve --port N [-f FILE…] [--speed N]
  export URL|FILE --to kwok|kind|manifests
`;

const COMMANDS: Record<string, (args: string[], io: Io) => number | Promise<number>> = {
  run: runCommand,
  explain: explainCommand,
  place: placeCommand,
  link: linkCommand,
  play: playCommand,
  bench: benchCommand,
  serve: serveCommand,
  export: exportCommand,
};

/** Runs one command line; returns the exit code (1 for a failure, 2 for wrong usage). */
export async function main(argv: string[], cwd: string): Promise<number> {
  const io = nodeIo(cwd);
  const [name, ...args] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    (name === undefined ? io.err : io.out)(USAGE);
    return name === undefined ? 2 : 0;
  }
  const command = COMMANDS[name];
  if (!command) {
    io.err(`berth: there is no command "${name}"; \`berth help\` lists them.\n`);
    return 2;
  }
  try {
    return await command(args, io);
  } catch (e) {
    if (!(e instanceof CliError)) throw e;
    io.err(`berth: ${e.message}\n`);
    return e.exitCode;
  }
}
