/// <reference lib="webworker" />
import type { ToWorker } from './protocol.ts';
import { Session } from './session.ts';

const TICK_MS = 16;

const programs = import('../playground/commands.ts');
const scope = self as unknown as DedicatedWorkerGlobalScope;
const session = new Session({
  post: (message) => scope.postMessage(message),
  wallMs: () => performance.now(),
  later: (fn, ms) => void setTimeout(fn, ms),
  programs: () => programs,
  fieldDocs: async () => (await import('./field-docs.ts')).fieldDocs,
});

scope.onmessage = (e: MessageEvent<ToWorker>) => {
  if (e.data.type === 'call') void session.call(e.data.id, e.data.method, e.data.args);
};

// the pause between two slices lets messages in
function loop(): void {
  session.tick();
  setTimeout(loop, TICK_MS);
}
loop();
