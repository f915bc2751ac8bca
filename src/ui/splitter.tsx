/** The edge between a panel and the stage: drag, arrows in steps of 16 px, double click for the usual width. */
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { useT } from './i18n/index.ts';

const STEP = 16;
const LIMITS = { left: [240, 640], right: [320, 720] } as const;
const PROPERTY = { left: '--editor-width', right: '--side-width' } as const;

export function Splitter({ side }: { side: 'left' | 'right' }) {
  const t = useT();
  const [low, high] = LIMITS[side];
  const [width, setWidth] = useState<number | undefined>();
  const apply = (px: number | undefined) => {
    const next = px === undefined ? undefined : Math.round(Math.min(high, Math.max(low, px)));
    setWidth(next);
    const { style } = document.documentElement;
    if (next === undefined) style.removeProperty(PROPERTY[side]);
    else style.setProperty(PROPERTY[side], `${next}px`);
  };
  const now = (element: HTMLElement) => element.parentElement!.getBoundingClientRect().width;
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (event.buttons !== 1) return;
    apply(side === 'left' ? event.clientX : innerWidth - event.clientX);
  };
  const key = (event: KeyboardEvent<HTMLElement>) => {
    const grow = side === 'left' ? 'ArrowRight' : 'ArrowLeft';
    const shrink = side === 'left' ? 'ArrowLeft' : 'ArrowRight';
    if (event.key !== grow && event.key !== shrink) return;
    event.preventDefault();
    apply(now(event.currentTarget) + (event.key === grow ? STEP : -STEP));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a splitter that can be moved is no <hr>
    <div
      className={`splitter ${side}`}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t(side === 'left' ? 'region.editor' : 'region.inspector')}
      aria-valuenow={width ?? (side === 'left' ? 332 : 400)}
      aria-valuemin={low}
      aria-valuemax={high}
      onPointerDown={(e) => e.currentTarget.setPointerCapture(e.pointerId)}
      onPointerMove={drag}
      onDoubleClick={() => apply(undefined)}
      onKeyDown={key}
    />
  );
}
