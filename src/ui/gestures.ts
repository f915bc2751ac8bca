/** Wheel, pinch and drag on a stage as two words: larger at a point, and moved. Browser zoom keys are left alone. */

export interface Gestures {
  /** Larger (above 1) or smaller, around a point of the window. */
  zoom(factor: number, x: number, y: number): void;
  pan(dx: number, dy: number): void;
  /** Whether a drag from here moves the picture. */
  pans(target: Element): boolean;
  /** Whether the plain wheel zooms; else only with Ctrl or a pinch, and scrolls otherwise. */
  wheelZooms: boolean;
}

const START_PX = 4;
/** What one notch of a wheel means, and the most that one event may do. */
const PER_PX = 0.002;
const MOST = 1.3;

const distance = (a: PointerEvent, b: PointerEvent): number => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);

/** Listens until `signal` ends it; says whether a drag just ended, whose click means nothing. */
export function listenToGestures(
  root: HTMLElement,
  gestures: Gestures,
  signal: AbortSignal,
): { justPanned(): boolean } {
  const touches = new Map<number, PointerEvent>();
  let drag: { id: number; x: number; y: number; far: boolean } | undefined;
  let endedAt = -1000;
  root.addEventListener(
    'wheel',
    (e) => {
      if (!gestures.wheelZooms && !e.ctrlKey && !e.metaKey) return;
      e.preventDefault();
      const px = e.deltaMode === 1 ? e.deltaY * 33 : e.deltaY;
      // A pinch on a touch pad tells its way in small numbers.
      const factor = Math.exp(-px * PER_PX * (e.ctrlKey && Math.abs(px) < 30 ? 5 : 1));
      gestures.zoom(Math.min(MOST, Math.max(1 / MOST, factor)), e.clientX, e.clientY);
    },
    { signal, passive: false },
  );
  root.addEventListener(
    'pointerdown',
    (e) => {
      if (e.pointerType === 'touch') touches.set(e.pointerId, e);
      else if (e.button === 0 && gestures.pans(e.target as Element))
        drag = { id: e.pointerId, x: e.clientX, y: e.clientY, far: false };
    },
    { signal },
  );
  const move = (e: PointerEvent) => {
    const before = touches.get(e.pointerId);
    if (before && touches.size === 2) {
      const other = [...touches.values()].find((t) => t.pointerId !== e.pointerId)!;
      const factor = distance(e, other) / Math.max(1, distance(before, other));
      gestures.zoom(factor, (e.clientX + other.clientX) / 2, (e.clientY + other.clientY) / 2);
    }
    if (before) touches.set(e.pointerId, e);
    if (drag?.id !== e.pointerId) return;
    drag.far ||= Math.hypot(e.clientX - drag.x, e.clientY - drag.y) >= START_PX;
    if (!drag.far) return;
    gestures.pan(e.clientX - drag.x, e.clientY - drag.y);
    drag = { id: drag.id, x: e.clientX, y: e.clientY, far: true };
    root.classList.add('panning');
  };
  const end = (e: PointerEvent) => {
    touches.delete(e.pointerId);
    if (drag?.id !== e.pointerId) return;
    if (drag.far) endedAt = performance.now();
    drag = undefined;
    root.classList.remove('panning');
  };
  document.addEventListener('pointermove', move, { signal });
  document.addEventListener('pointerup', end, { signal });
  document.addEventListener('pointercancel', end, { signal });
  return { justPanned: () => performance.now() - endedAt < 50 };
}
