/** The open water above the quay: pods without a node, in the scheduler's three lanes (and gated ones, when there are any). */
import type { PodRow, QueueRow } from '../../view/rows.ts';
import { hullW } from './frame.ts';
import { CHIP, HULL } from './geometry.ts';
import { hull } from './hull.ts';
import type { HullScene, LaneScene, Mode, QueueScene, SceneOptions, SceneRows } from './types.ts';

type Lane = QueueRow['lane'];
const LANES: readonly Lane[] = ['active', 'backoff', 'unschedulable'];
const SPLIT: Record<Lane, number> = { active: 0.3, backoff: 0.22, unschedulable: 0.48, gated: 0 };
const SPLIT_GATED: Record<Lane, number> = { active: 0.25, backoff: 0.2, unschedulable: 0.36, gated: 0.19 };
const MOST = 6;

function waiting(rows: SceneRows): Map<Lane, PodRow[]> {
  const lanes = new Map<Lane, PodRow[]>([...LANES, 'gated' as const].map((l) => [l, []]));
  const seen = new Set<string>();
  for (const { lane, uids } of rows.queue)
    for (const uid of uids) {
      const pod = rows.pods.get(uid);
      if (!pod || pod.node || seen.has(uid)) continue;
      seen.add(uid);
      lanes.get(lane)!.push(pod);
    }
  // A pod that no lane lists yet (just created, or nobody's: another scheduler's name) still waits in the picture.
  for (const pod of rows.pods.values())
    if (!pod.node && !seen.has(pod.uid) && pod.form !== 'succeeded' && pod.form !== 'failed')
      lanes.get(pod.lane ?? (pod.form === 'gated' ? 'gated' : 'active'))!.push(pod);
  return lanes;
}

export function layoutQueue(rows: SceneRows, options: SceneOptions, mode: Mode, hulls: HullScene[]): QueueScene {
  const { t, zoom: z, width } = options;
  if (!options.showQueue) return { height: 0, width, lanes: [] };
  const lanes = waiting(rows);
  const count = [...lanes.values()].reduce((a, l) => a + l.length, 0);
  if (!count && !options.holdQueue)
    return {
      height: (options.mobile ? 32 : 40) * z,
      width,
      lanes: [],
      note: { x: 16 * z, y: (options.mobile ? 21 : 25) * z, bold: t('queue'), text: t('queue.empty') },
    };
  if (options.mobile || options.lowQueue) return oneRow(lanes, rows, options, hulls);
  const small = mode !== 'berths';
  const height = (small ? 66 : options.height < 620 ? 84 : 98) * z;
  const gated = lanes.get('gated')!.length > 0;
  const split = gated ? SPLIT_GATED : SPLIT;
  const queue: QueueScene = { height, width, lanes: [] };
  let x = 0;
  for (const lane of gated ? [...LANES, 'gated' as const] : LANES) {
    const w = width * split[lane];
    const scene = laneOf(lane, lanes.get(lane)!.length, { x, w, height, first: x === 0, small }, options);
    const end = small
      ? chips(lanes.get(lane)!, scene, rows, options, hulls)
      : fullHulls(lanes.get(lane)!, scene, rows, options, hulls);
    queue.lanes.push(scene);
    if (lane === 'unschedulable' && lanes.get(lane)!.length) fitWords(queue, end, scene, options);
    x += w;
  }
  return queue;
}

interface LaneFrame {
  x: number;
  w: number;
  height: number;
  first: boolean;
  small: boolean;
}

function laneOf(lane: Lane, count: number, f: LaneFrame, options: SceneOptions): LaneScene {
  const { t, measure, zoom: z } = options;
  const title = f.small ? `${t(`lane.${lane}`)} ${count}` : t(`lane.${lane}`);
  const scene: LaneScene = {
    lane,
    x: f.x,
    y: 0,
    w: f.w,
    h: f.height,
    title: { x: f.x + 16 * z, y: 22 * z, text: title },
    rule: !f.first,
  };
  const gloss = t(`lane.${lane}.gloss`);
  const glossX = scene.title.x + measure(title, 12 * z, 'bold') + 12 * z;
  if (!f.small && !options.terse && glossX + measure(gloss, 11 * z) < f.x + f.w - 8)
    scene.gloss = { x: glossX, y: 22 * z, text: gloss };
  return scene;
}

/** Up to six hulls, as many as there is room for; then "+12". Returns the x after the last. */
function fullHulls(
  pods: PodRow[],
  lane: LaneScene,
  rows: SceneRows,
  options: SceneOptions,
  hulls: HullScene[],
): number {
  const z = options.zoom;
  const w = hullW(options) * z;
  const step = w + 8 * z;
  const left = lane.x + 16 * z;
  const reserve = lane.lane === 'unschedulable' ? Math.min(110 * z, lane.w * 0.25) : 8;
  const room = Math.max(1, Math.floor((lane.x + lane.w - left - reserve + 8 * z) / step));
  const all = Math.min(room, MOST) >= pods.length;
  const shown = all
    ? pods.length
    : Math.max(1, Math.min(MOST, Math.floor((lane.x + lane.w - left - reserve - 30 * z) / step)));
  const y = (lane.h - HULL.h * z) / 2 + 10 * z;
  pods.slice(0, shown).forEach((pod, i) => {
    hulls.push(hull(pod, { x: left + i * step, y, w, h: HULL.h * z }, 'full', rows, options));
  });
  const end = left + shown * step;
  if (shown >= pods.length) return end;
  lane.more = { x: end, y: y + 7 * z, w: 34 * z, h: 24 * z, text: options.t('queue.more', { n: pods.length - shown }) };
  return end + 42 * z;
}

function chips(pods: PodRow[], lane: LaneScene, rows: SceneRows, options: SceneOptions, hulls: HullScene[]): number {
  const z = options.zoom;
  const step = (CHIP.w + CHIP.gap) * z;
  const left = lane.x + 16 * z;
  const perRow = Math.max(1, Math.floor((lane.w * 0.62) / step));
  const most = perRow * 2;
  const shown = pods.length <= most ? pods.length : most - 2;
  pods.slice(0, shown).forEach((pod, i) => {
    const box = {
      x: left + (i % perRow) * step,
      y: (31 + Math.floor(i / perRow) * 17) * z,
      w: CHIP.w * z,
      h: CHIP.h * z,
    };
    hulls.push(hull(pod, box, 'chip', rows, options));
  });
  const end = left + Math.min(shown, perRow) * step + 8 * z;
  if (shown >= pods.length) return end;
  lane.more = { x: end, y: 40 * z, w: 40 * z, h: 20 * z, text: options.t('queue.more', { n: pods.length - shown }) };
  return end + 46 * z;
}

/** Beside the first unschedulable pods: how many nodes fit, and the reasons counted. */
function fitWords(queue: QueueScene, x: number, lane: LaneScene, options: SceneOptions): void {
  const { t, measure, zoom: z } = options;
  const decision = options.waiting;
  const nodes = decision ? Object.keys(decision.filters).length : 0;
  if (!decision || !nodes) return;
  const title = t('fit.none', { a: 0, n: nodes });
  const room = lane.x + lane.w - x - 18 * z;
  if (measure(title, 13 * z) > room) return;
  const mid = lane.h / 2 + 5;
  const counts = new Map<string, number>();
  for (const cell of Object.values(decision.filters))
    if (cell) counts.set(cell.plugin, (counts.get(cell.plugin) ?? 0) + 1);
  const text = [...counts].map(([plugin, n]) => `${n} ${plugin}`).join(', ');
  const withText = !options.terse && measure(text, 11 * z) <= room;
  queue.fit = {
    title: { x: x + 6 * z, y: mid + (withText ? 0 : 8 * z), text: title },
    ...(withText ? { text: { x: x + 6 * z, y: mid + 17 * z, text } } : {}),
  };
}

/** On a phone: one scrolling row of everything that waits. */
function oneRow(lanes: Map<Lane, PodRow[]>, rows: SceneRows, options: SceneOptions, hulls: HullScene[]): QueueScene {
  const { t, zoom: z, width } = options;
  const all = [...lanes.values()].flat().slice(0, 40);
  const step = (HULL.w + 10) * z;
  all.forEach((pod, i) => {
    hulls.push(hull(pod, { x: 14 + i * step, y: 32 * z, w: HULL.w * z, h: HULL.h * z }, 'full', rows, options));
  });
  const n = (lane: Lane) => lanes.get(lane)!.length;
  return {
    height: 82 * z,
    width: Math.max(width, 14 + all.length * step),
    lanes: [],
    note: { x: 14, y: 20 * z, bold: t('queue.waiting'), text: '' },
    counts: {
      x: width - 14,
      y: 20 * z,
      text: t('queue.counts', {
        active: n('active'),
        backoff: n('backoff'),
        unschedulable: n('unschedulable') + n('gated'),
      }),
    },
  };
}
