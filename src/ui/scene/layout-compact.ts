/** Thirteen nodes and more: compact berths in columns, pods as chips; up to forty with name and free CPU, up to a hundred as tiles. */
import type { NodeRow, PodRow } from '../../view/rows.ts';
import { CHIP, PAD, TILE_CHIP } from './geometry.ts';
import { hull } from './hull.ts';
import { badgeOf } from './identity.ts';
import { cutTo } from './measure.ts';
import { cores, nodeDescription, nodeLabel } from './names.ts';
import type { HullScene, Mode, NodeInput, NodeScene, Scene } from './types.ts';
import { verdictOf } from './verdict.ts';

interface Cell {
  x: number;
  y: number;
  w: number;
  h: number;
  tile: boolean;
  chip: { w: number; h: number; gap: number };
  header: number;
  ruler: number;
}

/** The measures of the cells when there are `columns` of them side by side. */
function grid(inputs: NodeInput[], scene: Scene, tile: boolean, columns: number) {
  const z = scene.zoom;
  const gapX = (tile ? 10 : 26) * z;
  const w = (scene.width - 2 * PAD * z - (columns - 1) * gapX) / columns;
  const chip = tile ? TILE_CHIP : CHIP;
  const header = (tile ? 13 : 20) * z;
  const ruler = (tile ? 7 : 11) * z;
  const perRow = Math.max(1, Math.floor((w - 8 * z) / ((chip.w + chip.gap) * z)));
  const most = Math.max(1, ...inputs.map((i) => i.places.length));
  const lines = Math.max(tile ? 2 : 1, Math.ceil(most / perRow));
  const natural = header + ruler + (10 + lines * (chip.h + 3)) * z;
  const rows = Math.ceil(inputs.length / columns);
  const gapY = (tile ? 6 : 8) * z;
  return { columns, gapX, w, chip, header, ruler, natural, rows, gapY, total: rows * (natural + gapY) + 16 };
}

/** Tiles about 110 wide, berths in two columns; more columns only where that lets the reader see all of them, or more of them. */
function bestGrid(inputs: NodeInput[], scene: Scene, tile: boolean, mobile: boolean): ReturnType<typeof grid> {
  const usual = mobile
    ? tile
      ? 3
      : 1
    : tile
      ? Math.max(4, Math.floor(scene.width / (116 * scene.zoom)))
      : scene.width > 560
        ? 2
        : 1;
  let best = grid(inputs, scene, tile, usual);
  const narrowest = (tile ? 80 : 230) * scene.zoom;
  for (let columns = usual + 1; columns <= 14 && !mobile && best.total > scene.height; columns++) {
    const next = grid(inputs, scene, tile, columns);
    if (next.w < narrowest) break;
    if (next.total < best.total) best = next;
  }
  return best;
}

export function layoutCompact(inputs: NodeInput[], scene: Scene, mode: Mode): void {
  const { options } = inputs[0] ?? {};
  if (!options) return;
  const z = options.zoom;
  const tile = mode === 'tiles';
  const { columns, gapX, w, chip, header, ruler, natural, rows, gapY } = bestGrid(inputs, scene, tile, options.mobile);
  const room = (scene.height - 16) / rows - gapY;
  const h = Math.max(natural, Math.min(tile ? 72 * z : 96 * z, room));
  inputs.forEach((input, i) => {
    const cell: Cell = {
      x: PAD * z + (i % columns) * (w + gapX),
      y: 8 + Math.floor(i / columns) * (h + gapY),
      w,
      h,
      tile,
      chip,
      header,
      ruler,
    };
    const { node, hulls } = remembered(input, cell);
    scene.nodes.push(node);
    scene.pods.push(...hulls);
  });
  scene.height = Math.max(scene.height, 8 + rows * (h + gapY) + 8);
}

interface Remembered {
  signature: string;
  t: NodeInput['options']['t'];
  pods: (PodRow | undefined)[];
  node: NodeScene;
  hulls: HullScene[];
}

const known = new WeakMap<NodeRow, Remembered>();

/** A node whose row, pods and cell are the same ones as before looks as before: it is not laid out again. */
function remembered(input: NodeInput, cell: Cell): { node: NodeScene; hulls: HullScene[] } {
  const { node, options, places } = input;
  const { t, selection, explained, siblings } = options;
  const last = known.get(node);
  const pods = places.map((p) => p.pod);
  const signature = `${cell.x} ${cell.y} ${cell.w} ${cell.h} ${options.zoom} ${selection?.key ?? ''} ${siblings?.workload ?? ''}`;
  const same =
    !explained &&
    last?.signature === signature &&
    last.t === t &&
    last.pods.length === pods.length &&
    last.pods.every((p, i) => p === pods[i]);
  if (same) return last;
  const hulls: HullScene[] = [];
  const made = { signature: explained ? '' : signature, t, pods, node: compactNode(input, cell, hulls), hulls };
  known.set(node, made);
  return made;
}

function compactNode(input: NodeInput, cell: Cell, hulls: HullScene[]): NodeScene {
  const { node, options } = input;
  const { t } = options;
  const { capacity, allocatable, requested } = node.cpuMilli;
  const perMilli = cell.w / Math.max(1, capacity);
  const reservedW = Math.max(0, capacity - allocatable) * perMilli;
  const top = cell.header + cell.ruler;
  const used = Math.min(cell.w - reservedW, requested * perMilli);
  const verdict = verdictOf(node, verdictFrame(cell), options, cell.w);
  hulls.push(...chipsOf(input, cell, top));
  const closed = node.taints.some((x) => x.effect !== 'PreferNoSchedule');
  return {
    name: node.name,
    uid: node.uid,
    x: cell.x,
    y: cell.y,
    w: cell.w,
    h: cell.h,
    label: nodeLabel(node, t),
    description: [nodeDescription(node, t), verdict?.spoken].filter(Boolean).join(', '),
    selected: options.selection?.kind === 'Node' && options.selection.key === node.name,
    dim: verdict?.kind === 'no',
    down: node.down,
    compact: true,
    ...compactHead(input, cell),
    chips: [],
    ruler: {
      x: 0,
      y: cell.header,
      w: cell.w,
      h: cell.ruler,
      reservedW,
      ticks: [],
      segments: used > 0 ? [{ uid: '', x: reservedW, w: used, kind: 'live' }] : [],
      dashed: node.status !== 'Ready',
    },
    water: { x: 0, y: top, w: cell.w, h: cell.h - top, hatched: node.unschedulable },
    ...(closed || node.unschedulable
      ? {
          boom: {
            x: cell.w + 2,
            y1: top + 2,
            y2: cell.h - 2,
            kind: node.unschedulable ? ('dashed' as const) : ('solid' as const),
          },
        }
      : {}),
    extended: [],
    moorings: [],
    phantoms: [],
  };
}

function compactHead(input: NodeInput, cell: Cell): Pick<NodeScene, 'title' | 'badge' | 'share'> {
  const { node, options } = input;
  const { measure, t, zoom: z } = options;
  const { allocatable, requested } = node.cpuMilli;
  const share = cell.tile
    ? `${Math.round((requested / Math.max(1, allocatable)) * 100)}%`
    : t('ruler.free', { n: cores(allocatable - requested) });
  const size = (cell.tile ? 11 : 13) * z;
  const odd = node.arch !== 'amd64';
  const badgeW = cell.tile ? (odd ? 20 * z : 0) : 62 * z;
  const face = cell.tile ? 'ui' : 'bold';
  const room = cell.w - measure(share, 11 * z) - badgeW - 8 * z;
  // Of `node-003` the number is what tells it from its neighbours; the whole name is in the label.
  const own = cell.tile && measure(node.name, size, face) > room ? node.name.split('-').at(-1)! : node.name;
  const name = cutTo(measure, own, room, size, face);
  const y = cell.header - (cell.tile ? 4 : 6) * z;
  const nameW = measure(name, size, face);
  const badge = cell.tile
    ? odd
      ? { x: nameW + 5 * z, y: y - 8 * z, w: 16 * z, h: 8 * z, text: '', shape: 'pill' as const }
      : undefined
    : badgeOf(node.arch, nameW + 6 * z, y - 12.5 * z, options);
  return {
    title: { x: 0, y, text: name, size },
    ...(badge ? { badge } : {}),
    share: { x: cell.w, y, text: share },
  };
}

function chipsOf(input: NodeInput, cell: Cell, top: number): HullScene[] {
  const { options, rows } = input;
  const z = options.zoom;
  const { chip } = cell;
  const step = (chip.w + chip.gap) * z;
  const perRow = Math.max(1, Math.floor((cell.w - 8 * z) / step));
  return input.places.flatMap((place, i) => {
    const { pod } = place;
    if (!pod) return [];
    const box = {
      x: 4 * z + (i % perRow) * step,
      y: top + 5 * z + Math.floor(i / perRow) * (chip.h + 3) * z,
      w: chip.w * z,
      h: chip.h * z,
    };
    return [hull(pod, box, pod.system ? 'system' : 'chip', rows, options)];
  });
}

const verdictFrame = (cell: Cell) => ({
  form: { dense: true, header: cell.header, ruler: cell.ruler, mooring: 0, line: 0, memory: 0 },
  slipX: 0,
  slipW: cell.w,
  idW: 0,
  perMilli: 0,
});
