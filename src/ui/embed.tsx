/** The bar of an embedded picture: play, step, the clock, the way back to the author's state, and the way out. */
import { useEffect, useState } from 'react';
import { seek, step, togglePlay } from './actions.ts';
import { openFromAddress } from './address.ts';
import { useT } from './i18n/index.ts';
import { SpriteIcon } from './icon.tsx';
import { makeLink } from './link.ts';
import { useStore } from './store.ts';

export function clockText(ms: number): string {
  const s = Math.max(0, ms) / 1000;
  const pad = (v: number) => String(Math.floor(v)).padStart(2, '0');
  return `${pad(s / 60)}:${pad(s % 60)}.${Math.floor((s * 10) % 10)}`;
}

export function EmbedBar() {
  const t = useT();
  const time = useStore((s) => s.time);
  const [href, setHref] = useState('#');
  useEffect(() => {
    const now = () =>
      makeLink()
        .then((link) => setHref(link.url))
        .catch(() => undefined); // not connected yet: the link stays as it is
    void now();
    const timer = setInterval(now, 5000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="embed-bar" role="toolbar" aria-label={t('toolbar.time')}>
      <button
        type="button"
        className="tb icon"
        aria-label={t(time.paused ? 'time.play' : 'time.pause')}
        onClick={() => void togglePlay()}
      >
        <SpriteIcon name={time.paused ? 'play' : 'pause'} />
      </button>
      <button type="button" className="tb icon" aria-label={t('time.step')} onClick={() => void step()}>
        <SpriteIcon name="step" />
      </button>
      <span className="clock">{clockText(time.nowMs - time.startMs)}</span>
      <input
        type="range"
        aria-label={t('slider.timeline')}
        min={time.startMs}
        max={Math.max(time.endMs, time.startMs + 1)}
        value={time.nowMs}
        onChange={(e) => void seek(Number(e.target.value))}
      />
      <button
        type="button"
        className="tb icon"
        aria-label={t('embed.reset')}
        title={t('embed.reset')}
        onClick={() => void openFromAddress()}
      >
        <SpriteIcon name="reset" />
      </button>
      <a className="tb open" aria-label={t('embed.open')} href={href} target="_blank" rel="noopener">
        <SpriteIcon name="out" />
        <span>{t('embed.open')}</span>
      </a>
    </div>
  );
}
