/** `window.berth`: the page as workshops and embeds drive it. Every function returns a promise; nothing here can do what a person cannot. */

import { decodeLink } from '../share/link.ts';
import type { ExplainedDecision } from '../view/decision.ts';
import type { CommandResult, Recording, TimeState } from '../worker/protocol.ts';
import { load } from './actions.ts';
import { openScenario, parseHash } from './address.ts';
import { call, run } from './connection.ts';
import { currentRecording, makeLink } from './link.ts';
import { endOnboarding } from './onboarding-script.ts';
import { getState, setState } from './store.ts';

const TIMEOUT_MS = 30_000;

const clock = (time: TimeState) => ({ nowMs: time.nowMs, speed: time.speed, paused: time.paused });

async function timed(method: 'pause' | 'advance' | 'seek' | 'play', value?: number) {
  const time =
    method === 'pause'
      ? await call('pause')
      : method === 'play'
        ? await call('play', value)
        : method === 'seek'
          ? await call('seek', value ?? 0)
          : await call('advance', value ?? 0);
  setState({ time });
  return clock(time);
}

async function command(line: string, stdin?: string, options: { timeoutMs?: number } = {}): Promise<CommandResult> {
  const result = await run(line, {
    ...(stdin === undefined ? {} : { stdin }),
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
  });
  return { stdout: result.stdout, stderr: result.stderr, exitCode: result.exitCode };
}

async function loadAnything(source: string | Recording): Promise<void> {
  if (typeof source !== 'string') {
    await load(
      { recording: source },
      { scenario: source.scenario ?? '', title: source.scenario ?? '', atMs: source.endMs, paused: true },
    );
    return;
  }
  const address = parseHash(source.slice(Math.max(0, source.indexOf('#'))));
  if (address.kind === 'example' || address.kind === 'lesson') return openScenario(address.value);
  const decoded = decodeLink(source);
  if (!decoded.ok) throw new Error(decoded.message);
  const { recording } = decoded;
  await load(
    { recording },
    {
      scenario: recording.scenario ?? '',
      title: recording.scenario ?? '',
      atMs: address.atMs ?? recording.endMs,
      paused: true,
    },
  );
}

/** Settles once what the address asks for is open: a script's first call must not be overtaken by the page's own start. */
let opened: Promise<unknown> = Promise.resolve();

/** A script that asks for anything wants the cluster as it is, not as the first ten seconds tell it. */
function plainly<F extends Record<string, (...args: never[]) => Promise<unknown>>>(functions: F): F {
  return Object.fromEntries(
    Object.entries(functions).map(([name, f]) => [
      name,
      async (...args: never[]) => {
        await opened;
        endOnboarding();
        return f(...args);
      },
    ]),
  ) as F;
}

export const berth = plainly({
  kubectl: (line: string, stdin?: string, options?: { timeoutMs?: number }): Promise<CommandResult> =>
    command(`kubectl ${line}`, stdin, options),
  sh: (line: string, stdin?: string, options?: { timeoutMs?: number }): Promise<CommandResult> =>
    command(line, stdin, options),
  time: async () => clock(await call('time')),
  advance: (ms: number) => timed('advance', ms),
  pause: () => timed('pause'),
  play: (speed?: number) => timed('play', speed),
  /** `ms` since the start of the recording. */
  seek: (ms: number) => timed('seek', ms),
  objects: (kind: string): Promise<unknown[]> => call('objects', kind),
  load: loadAnything,
  link: async (): Promise<string> => (await makeLink()).url,
  recording: (): Promise<Recording> => currentRecording(),
  /** Breaks the simulation on purpose, to see what the page does then. */
  crash: (): Promise<unknown> => call('crash'),
  explain: (pod: string): Promise<ExplainedDecision | null> => call('explain', pod),
});

export type BerthScripting = typeof berth;

declare global {
  interface Window {
    berth: BerthScripting;
  }
}

/** The question of another window: `{ berth: { id, call, args } }`. */
async function answer(data: { id: unknown; call: unknown; args?: unknown }): Promise<unknown> {
  const name = String(data.call);
  if (!Object.hasOwn(berth, name)) throw new Error(`There is no function "${name}".`);
  const fn = berth[name as keyof BerthScripting] as (...args: unknown[]) => Promise<unknown>;
  return fn(...(Array.isArray(data.args) ? data.args : []));
}

async function onMessage(event: MessageEvent): Promise<void> {
  const asked = (event.data as { berth?: { id: unknown; call: unknown; args?: unknown } } | null)?.berth;
  if (!asked || asked.call === undefined) return;
  const reply = (message: object) =>
    event.source?.postMessage(
      { berth: { id: asked.id, ...message } },
      { targetOrigin: event.origin === 'null' ? '*' : event.origin },
    );
  try {
    reply({ ok: true, result: await answer(asked) });
  } catch (error) {
    reply({ ok: false, error: error instanceof Error ? error.message : String(error) });
  }
}

/** Offers `window.berth`, and in embed mode the same by `postMessage`. */
export function startScripting(opening: Promise<unknown>): void {
  opened = opening.catch(() => undefined);
  window.berth = berth;
  if (getState().embed) addEventListener('message', (e) => void onMessage(e));
}
