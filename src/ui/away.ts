/** A hidden tab pauses, and says so when the reader is back; what was paused before stays as it was. */
import { say } from './actions.ts';
import { call } from './connection.ts';
import { t } from './i18n/index.ts';
import { getState, setState } from './store.ts';

const SAY_MS = 60_000;

export function pauseWhileAway(): void {
  let playing = false;
  document.addEventListener('visibilitychange', () => {
    const { time, connected } = getState();
    if (!connected) return;
    if (document.hidden) {
      playing = !time.paused;
      if (playing)
        call('pause')
          .then((now) => setState({ time: now }))
          .catch(() => undefined); // the crash page says so
    } else if (playing) {
      playing = false;
      say({ actor: 'paused', text: t('time.away') }, SAY_MS);
    }
  });
}
