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

/** A cubic curve: start, two controls, end. */
export type Cubic = readonly [Point, Point, Point, Point];

/**
 * A glide from `a` to `b`: out to the fairway at `fairwayX`, down (or up) along it, in from the right. The last leg curves freely.
 */
export function glide(a: Point, b: Point, fairwayX: number): Cubic[] {
  const fx = Math.max(fairwayX, b[0] + 12);
  const dy = b[1] - a[1];
  const way = Math.sign(dy || 1);
  const turn: Point = [fx, b[1] - way * Math.min(46, Math.abs(dy) * 0.4)];
  return [
    [a, [a[0] + (fx - a[0]) * 0.62, a[1]], [fx, a[1] + (turn[1] - a[1]) * 0.3], turn],
    [turn, [fx, b[1] - way * 6], [fx - (fx - b[0]) * 0.3, b[1]], b],
  ];
}

/** Among many small berths there is no fairway: one plain curve. */
export const hop = (a: Point, b: Point): Cubic[] => [[a, [a[0], a[1] + 40], [b[0], b[1] - 60], b]];

/** Curves as the `d` of a path. */
export function curvePath(curves: readonly Cubic[]): string {
  const at = (p: Point) => `${r(p[0])} ${r(p[1])}`;
  return `M${at(curves[0]![0])}${curves.map(([, c1, c2, end]) => `C${at(c1)} ${at(c2)} ${at(end)}`).join('')}`;
}

const SAMPLES = 24;

/** Points along curves at even distances, so that an easing means what it says; asking the page for them would cost a layout each. */
export function along(curves: readonly Cubic[]): (share: number) => Point {
  const points: Point[] = [];
  for (const curve of curves)
    for (let i = points.length ? 1 : 0; i <= SAMPLES; i++) points.push(cubicAt(curve, i / SAMPLES));
  const lengths = [0];
  for (let i = 1; i < points.length; i++) {
    const [p, q] = [points[i - 1]!, points[i]!];
    lengths.push(lengths[i - 1]! + Math.hypot(q[0] - p[0], q[1] - p[1]));
  }
  const total = lengths.at(-1)!;
  return (share) => {
    const want = Math.min(1, Math.max(0, share)) * total;
    const i = Math.max(
      1,
      lengths.findIndex((l) => l >= want),
    );
    const [p, q] = [points[i - 1]!, points[i]!];
    const step = lengths[i]! - lengths[i - 1]! || 1;
    const f = (want - lengths[i - 1]!) / step;
    return [p[0] + (q[0] - p[0]) * f, p[1] + (q[1] - p[1]) * f];
  };
}

function cubicAt([a, b, c, d]: Cubic, s: number): Point {
  const u = 1 - s;
  const mix = (i: 0 | 1) => u ** 3 * a[i] + 3 * u * u * s * b[i] + 3 * u * s * s * c[i] + s ** 3 * d[i];
  return [mix(0), mix(1)];
}

/** A mooring line from the ruler at (`x1`, `y1`) to a hull at (`x2`, `y2`). */
export function mooringPath(x1: number, y1: number, x2: number, y2: number): string {
  return `M${r(x1)} ${r(y1)}C${r(x1)} ${r(y1 + 11)} ${r(x2)} ${r(y2 - 12)} ${r(x2)} ${r(y2)}`;
}
