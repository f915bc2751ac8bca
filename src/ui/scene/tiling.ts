/** Where each of many nodes stands: groups side by side, tiles as large as fit. Pure. */
import type { NodeRow } from '../../view/rows.ts';

export type Grouping = 'zone' | 'arch' | 'none';

export interface Tiling {
  count: number;
  tileW: number;
  tileH: number;
  groups: { name: string; x: number; y: number; w: number; h: number; count: number }[];
  spots: { name: string; x: number; y: number }[];
  /** The spot under a point. */
  at(x: number, y: number): { name: string; x: number; y: number } | undefined;
}

const MARGIN = 16;
const GROUP_GAP = 22;
const HEADER = 34;
const GAP = 3;
const MOST_COLUMNS = 6;
/** Widths of a tile with its gap that are tried, from the largest. */
const WIDTHS = Array.from({ length: 44 }, (_, i) => 48 - i);

export function tile(
  nodes: readonly NodeRow[],
  o: { width: number; height: number; grouping: Grouping; noZone: string },
): Tiling {
  const names = new Map<string, NodeRow[]>();
  for (const node of nodes) {
    const name = o.grouping === 'none' ? '' : o.grouping === 'zone' ? node.zone || o.noZone : node.arch;
    const list = names.get(name);
    if (list) list.push(node);
    else names.set(name, [node]);
  }
  const groups = [...names].sort(([a], [b]) => (a < b ? -1 : 1));
  const columns = Math.max(1, Math.min(MOST_COLUMNS, groups.length));
  const bands = Math.ceil(groups.length / columns);
  const groupW = (o.width - 2 * MARGIN - (columns - 1) * GROUP_GAP) / columns;
  const bandH = (o.height - 8) / bands;
  const most = Math.max(1, ...groups.map(([, list]) => list.length));
  const step =
    WIDTHS.find(
      (w) => Math.ceil(most / Math.max(1, Math.floor((groupW - 6) / w))) * Math.round(w * 0.9) <= bandH - HEADER,
    ) ?? WIDTHS.at(-1)!;
  const perRow = Math.max(1, Math.floor((groupW - 6) / step));
  const stepY = Math.max(5, Math.min(step, Math.floor((bandH - HEADER) / Math.ceil(most / perRow))));
  const tiling = {
    count: nodes.length,
    tileW: step - GAP,
    tileH: stepY - GAP,
    groups: [] as Tiling['groups'],
    spots: [] as Tiling['spots'],
  };
  groups.forEach(([name, list], i) => {
    const x = MARGIN + (i % columns) * (groupW + GROUP_GAP);
    const y = HEADER + Math.floor(i / columns) * bandH;
    tiling.groups.push({ name, x, y, w: groupW, h: Math.ceil(list.length / perRow) * stepY, count: list.length });
    list.forEach((node, k) => {
      tiling.spots.push({ name: node.name, x: x + 6 + (k % perRow) * step, y: y + 1 + Math.floor(k / perRow) * stepY });
    });
  });
  return {
    ...tiling,
    at: (x, y) => tiling.spots.find((s) => x >= s.x && x < s.x + step && y >= s.y && y < s.y + stepY),
  };
}
