/** Starts the page: looks, worker, what the address asks for. */
import './ui/tokens.css';
import { createRoot } from 'react-dom/client';
import { report } from './ui/actions.ts';
import { openFromAddress } from './ui/address.ts';
import { App } from './ui/app.tsx';
import { startAutosave } from './ui/autosave.ts';
import { pauseWhileAway } from './ui/away.ts';
import { call, connect, replacePort } from './ui/connection.ts';
import { startLooks } from './ui/looks.ts';
import { startOnboarding } from './ui/onboarding-script.ts';
import { startScripting } from './ui/scripting.ts';
import { getState, setState } from './ui/store.ts';

const params = new URLSearchParams(location.search);

/** `?fixture=1`: the page without its worker, for work on the page itself. */
async function fixture(): Promise<void> {
  const { FakeWorker } = await import('./ui/testing/fake-worker.ts');
  const size = Number(params.get('fixture'));
  replacePort(() => new FakeWorker(size > 1 ? size : 0));
}

async function start(): Promise<void> {
  setState({ embed: params.get('embed') === '1', readonly: params.get('readonly') === '1' });
  const looks = startLooks(params);
  if (import.meta.env.MODE !== 'production' && params.has('fixture')) await fixture();
  const connected = connect();
  await looks;
  createRoot(document.getElementById('root')!).render(<App />);
  await connected;
  const opening = openFromAddress(true);
  startScripting(opening);
  const { fresh } = await opening;
  const speed = Number(params.get('speed'));
  if (speed > 0) setState({ time: await call('play', speed) });
  if (!getState().embed) startAutosave();
  if (fresh && !getState().embed) startOnboarding();
  pauseWhileAway();
  addEventListener('hashchange', () => void openFromAddress().catch(report));
}

start().catch(report);

if (import.meta.env.PROD && 'serviceWorker' in navigator && isSecureContext) {
  addEventListener('load', () => void navigator.serviceWorker.register('./sw.js').catch(() => undefined));
}
