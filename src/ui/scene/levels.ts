/** Semantic zoom: from a size on, things are not drawn larger but in more detail. */
import { modeOf } from './layout.ts';
import type { Mode } from './types.ts';

/** From coarse to fine. */
const LEVELS: readonly Mode[] = ['canvas', 'tiles', 'compact', 'berths'];
/** How much larger things get before the next level takes over. */
const STEP = 1.6;
const TYPE_MAX = 2.2;
const CANVAS_MAX = 12;

/** How `nodes` nodes are drawn at a reader's zoom (1: as their number has it), and how large within that level. */
export function levelOf(nodes: number, zoom: number): { mode: Mode; scale: number } {
  const base = LEVELS.indexOf(modeOf(nodes));
  // One canvas holds any number; hundreds of tiles of real elements would not.
  if (base === 0) return { mode: 'canvas', scale: zoom };
  const finer = Math.min(Math.floor(Math.log2(zoom) / Math.log2(STEP) + 1e-9), LEVELS.length - 1 - base);
  const steps = Math.max(finer, base > 1 ? -1 : 0);
  return { mode: LEVELS[base + steps]!, scale: zoom / STEP ** steps };
}

/** The zooms there are for so many nodes. */
export function zoomRange(nodes: number): { min: number; max: number } {
  const base = LEVELS.indexOf(modeOf(nodes));
  if (base === 0) return { min: 1, max: CANVAS_MAX };
  return { min: base > 1 ? 0.5 : 0.8, max: TYPE_MAX * STEP ** (LEVELS.length - 1 - base) };
}
