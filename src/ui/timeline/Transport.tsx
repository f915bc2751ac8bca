import { useId } from 'react';
import { setSpeed, step, stepBack, togglePlay } from '../actions.ts';
import { useT } from '../i18n/index.ts';
import { decimal } from '../parts/format.ts';
import { Icon } from '../parts/Icon.tsx';
import { useStore } from '../store.ts';
import { clock } from './layout.ts';

const MAIN_SPEEDS = [0.5, 1, 4, 16];
const ALL_SPEEDS = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64];

const speedText = (n: number): string => (n === 0.5 ? '½' : `${n}×`);

function Speeds() {
  const t = useT();
  const speed = useStore((s) => s.time.speed);
  const name = useId();
  return (
    <div className="speed">
      <div role="radiogroup" aria-label={t('time.speed')} className="speed-main">
        {MAIN_SPEEDS.map((n) => (
          <label key={n} className={n === speed ? 'on' : undefined} title={t('tim.speedN', { n })}>
            <input
              type="radio"
              className="p-hidden"
              name={name}
              checked={n === speed}
              onChange={() => void setSpeed(n)}
            />
            {speedText(n)}
          </label>
        ))}
      </div>
      <select
        aria-label={t('tim.more')}
        title={t('tim.more')}
        className={MAIN_SPEEDS.includes(speed) ? undefined : 'on'}
        value={speed}
        onChange={(e) => void setSpeed(Number(e.target.value))}
      >
        {!ALL_SPEEDS.includes(speed) && <option value={speed}>{speed}×</option>}
        {ALL_SPEEDS.map((n) => (
          <option key={n} value={n}>
            {n}×
          </option>
        ))}
      </select>
    </div>
  );
}

function Clock() {
  const t = useT();
  const { nowMs, startMs, actualSpeed, speed } = useStore((s) => s.time);
  return (
    <span className="clock">
      {clock(nowMs - startMs)}
      {actualSpeed !== undefined && actualSpeed < speed * 0.9 && (
        <small>{t('tim.behindShort', { a: decimal(Math.max(actualSpeed, 0.1), 1), b: speed })}</small>
      )}
    </span>
  );
}

/** Back, play or pause, step, clock, speed. */
export function Transport() {
  const t = useT();
  const paused = useStore((s) => s.time.paused);
  return (
    <div className="trans">
      <button
        type="button"
        className="p-btn icon"
        aria-label={t('tim.prev')}
        title={`${t('tim.prev')} ,`}
        onClick={() => void stepBack()}
      >
        <Icon name="back" />
      </button>
      <button
        type="button"
        className="p-btn icon play"
        aria-label={t(paused ? 'time.play' : 'time.pause')}
        onClick={() => void togglePlay()}
      >
        <Icon name={paused ? 'play' : 'pause'} />
      </button>
      <button
        type="button"
        className="p-btn icon"
        aria-label={t('time.step')}
        title={`${t('time.next')} .`}
        onClick={() => void step()}
      >
        <Icon name="step" />
      </button>
      <Clock />
      <Speeds />
    </div>
  );
}
