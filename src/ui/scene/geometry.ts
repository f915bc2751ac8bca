/** Sizes and outlines that layout and drawing share, CSS pixels at zoom 1. */

export const HULL = { w: 112, narrowW: 94, h: 38, gap: 6, sternW: 21, line: 44 };
export const SYSTEM = { w: 24, h: 20, gap: 4 };
export const CHIP = { w: 16, h: 14, gap: 3 };
export const TILE_CHIP = { w: 13, h: 11, gap: 2 };
export const ID_W = 196;
export const ID_W_NARROW = 176;
/** Left margin of the picture. */
export const PAD = 16;

const r = (n: number): string => String(Math.round(n * 100) / 100);

/** A hull: square stern on the left, round bow on the right. */
export function hullPath(w: number, h: number): string {
  const bow = Math.min(h * 0.42, 15);
  const c = bow * 0.35;
  return (
    `M2 0H${r(w - bow)}C${r(w - c)} 0 ${r(w)} ${r(h * 0.26)} ${r(w)} ${r(h / 2)}` +
    `S${r(w - c)} ${r(h)} ${r(w - bow)} ${r(h)}H2Q0 ${r(h)} 0 ${r(h - 2)}V2Q0 0 2 0Z`
  );
}

/** The part of a hull right of the stern, one pixel inside its outline. */
export function deckPath(sternW: number, w: number, h: number): string {
  const bow = Math.min(h * 0.42, 15);
  return (
    `M${r(sternW)} 1H${r(w - bow)}C${r(w - bow * 0.35)} 1 ${r(w - 1)} ${r(h * 0.3)} ${r(w - 1)} ${r(h / 2)}` +
    `S${r(w - bow * 0.35)} ${r(h - 1)} ${r(w - bow)} ${r(h - 1)}H${r(sternW)}Z`
  );
}

export type Point = readonly [x: number, y: number];

/** A route along straight lines with rounded corners. */
export function channel(points: readonly Point[], radius = 9): string {
  let d = `M${r(points[0]![0])} ${r(points[0]![1])}`;
  for (let i = 1; i < points.length; i++) {
    const [x, y] = points[i]!;
    const next = points[i + 1];
    if (!next) return `${d}L${r(x)} ${r(y)}`;
    const [px, py] = points[i - 1]!;
    const before = Math.hypot(x - px, y - py) || 1;
    const after = Math.hypot(next[0] - x, next[1] - y) || 1;
    const q = Math.min(radius, before / 2, after / 2);
    d += `L${r(x - ((x - px) / before) * q)} ${r(y - ((y - py) / before) * q)}`;
    d += `Q${r(x)} ${r(y)} ${r(x + ((next[0] - x) / after) * q)} ${r(y + ((next[1] - y) / after) * q)}`;
  }
  return d;
}

/**
 * A glide from `a` to `b`: out to the fairway at `fairwayX`, down (or up) along it, in from the right. The last leg curves freely.
 */
export function glidePath(a: Point, b: Point, fairwayX: number): string {
  const fx = Math.max(fairwayX, b[0] + 12);
  const dy = b[1] - a[1];
  const turnY = b[1] - Math.sign(dy || 1) * Math.min(46, Math.abs(dy) * 0.4);
  return (
    `M${r(a[0])} ${r(a[1])}C${r(a[0] + (fx - a[0]) * 0.62)} ${r(a[1])} ${r(fx)} ${r(a[1] + (turnY - a[1]) * 0.3)} ${r(fx)} ${r(turnY)}` +
    `C${r(fx)} ${r(b[1] - Math.sign(dy || 1) * 6)} ${r(fx - (fx - b[0]) * 0.3)} ${r(b[1])} ${r(b[0])} ${r(b[1])}`
  );
}

/** A mooring line from the ruler at (`x1`, `y1`) to a hull at (`x2`, `y2`). */
export function mooringPath(x1: number, y1: number, x2: number, y2: number): string {
  return `M${r(x1)} ${r(y1)}C${r(x1)} ${r(y1 + 11)} ${r(x2)} ${r(y2 - 12)} ${r(x2)} ${r(y2)}`;
}
