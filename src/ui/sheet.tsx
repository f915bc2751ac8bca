/** On a phone: the grip of the bottom sheet. Three stops; dragged, tapped, or moved with the arrow keys. */
import { useRef } from 'react';
import { useT } from './i18n/index.ts';
import { type SheetStop, setState } from './store.ts';

export const STOPS: readonly SheetStop[] = ['peek', 'half', 'full'];
/** Height of the lowest stop, and the share of the page of the middle one; the style sheet has the same. */
const PEEK_PX = 132;
const HALF = 0.62;
const START_PX = 6;
/** How far a flick carries on, ms of its speed. */
const CARRY_MS = 160;

/** The stop nearest to where a sheet of `height` that moves at `speed` (px a ms, up is positive) comes to rest. */
export function stopFor(height: number, speed: number, room: number): SheetStop {
  const rest = height + speed * CARRY_MS;
  const heights = { peek: PEEK_PX, half: HALF * room, full: room };
  return STOPS.reduce((best, s) => (Math.abs(heights[s] - rest) < Math.abs(heights[best] - rest) ? s : best));
}

/** The sheet of an object at its lowest stop is the sentence about it; a lesson keeps its head. */
export function goTo(stop: SheetStop): void {
  setState((s) => ({
    sheet: stop,
    ...(s.side === 'lesson' && s.lesson ? {} : { inspectorOpen: stop !== 'peek', side: 'inspector' as const }),
  }));
}

interface Drag {
  id: number;
  y: number;
  height: number;
  lastY: number;
  lastAt: number;
  speed: number;
  far: boolean;
}

export function SheetGrip({ stop }: { stop: SheetStop }) {
  const t = useT();
  const drag = useRef<Drag | null>(null);
  const grip = useRef<HTMLButtonElement>(null);
  /** When a drag ended: its click means nothing. */
  const ended = useRef(-1000);
  const sheet = () => grip.current?.parentElement;
  const room = () => document.querySelector<HTMLElement>('.stage')?.clientHeight ?? innerHeight;
  const at = STOPS.indexOf(stop);
  const release = (): void => {
    const d = drag.current;
    drag.current = null;
    sheet()?.style.removeProperty('--lifted');
    sheet()?.classList.remove('dragged');
    if (!d?.far) return;
    ended.current = performance.now();
    goTo(stopFor(d.height + d.y - d.lastY, d.speed, room()));
  };
  return (
    <button
      type="button"
      ref={grip}
      className="sheet-grip"
      aria-label={t('sheet.grip', { stop: t(`sheet.${stop}`) })}
      onClick={(e) => e.timeStamp - ended.current > 100 && goTo(STOPS[(at + 1) % STOPS.length]!)}
      onKeyDown={(e) => {
        const next = e.key === 'ArrowUp' ? at + 1 : e.key === 'ArrowDown' ? at - 1 : -1;
        if (STOPS[next]) goTo(STOPS[next]);
      }}
      onPointerDown={(e) => {
        const y = e.clientY;
        e.currentTarget.setPointerCapture(e.pointerId);
        const height = sheet()?.clientHeight ?? 0;
        drag.current = { id: e.pointerId, y, height, lastY: y, lastAt: e.timeStamp, speed: 0, far: false };
      }}
      onPointerMove={(e) => {
        const d = drag.current;
        if (d?.id !== e.pointerId) return;
        if (!d.far && Math.abs(e.clientY - d.y) < START_PX) return;
        const speed = (d.lastY - e.clientY) / Math.max(1, e.timeStamp - d.lastAt);
        drag.current = { ...d, far: true, lastY: e.clientY, lastAt: e.timeStamp, speed };
        sheet()?.classList.add('dragged');
        sheet()?.style.setProperty('--lifted', `${d.y - e.clientY}px`);
      }}
      onPointerUp={release}
      onPointerCancel={release}
    >
      <span />
    </button>
  );
}
