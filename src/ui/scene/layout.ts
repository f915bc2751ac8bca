/**
 * From rows to a picture: a pure function of the rows, the size and what is selected. It words and measures everything; `markup.ts` only
 * writes down what stands here.
 */
import type { NodeRow } from '../../view/rows.ts';
import { type RowForm, rowForm } from './frame.ts';
import { ID_W, ID_W_NARROW, PAD } from './geometry.ts';
import { layoutBerth } from './layout-berth.ts';
import { layoutCompact } from './layout-compact.ts';
import { serviceLinks } from './layout-links.ts';
import { previewMoves } from './layout-moves.ts';
import { layoutQueue } from './layout-queue.ts';
import { podTies, tiedPods, victimLines } from './layout-ties.ts';
import { podsByNode, type Slot } from './slots.ts';
import type { HullScene, Mode, NodeInput, NodeScene, Place, Scene, SceneOptions, SceneRows } from './types.ts';
import { askingPod } from './verdict.ts';

/** How a cluster of so many nodes is drawn. */
export function modeOf(nodes: number): Mode {
  if (nodes <= 12) return 'berths';
  if (nodes <= 40) return 'compact';
  return nodes <= 100 ? 'tiles' : 'canvas';
}

/** Control plane first, then as the cluster lists them. */
export function orderedNodes(nodes: Iterable<NodeRow>): NodeRow[] {
  const first = (n: NodeRow) => (n.roles.some((r) => r === 'control-plane' || r === 'master') ? 0 : 1);
  return [...nodes].sort((a, b) => first(a) - first(b));
}

function placesOf(rows: SceneRows, slots: Map<string, Slot[]> | undefined): Map<string, Place[]> {
  const places = new Map<string, Place[]>();
  if (!slots) {
    for (const [node, pods] of podsByNode(rows.pods.values()))
      places.set(
        node,
        pods.map((pod) => ({ pod, small: pod.system })),
      );
    return places;
  }
  for (const [node, list] of slots)
    places.set(
      node,
      list.map((s) => ({ pod: s.gone ? undefined : rows.pods.get(s.uid), small: s.small })),
    );
  return places;
}

export function layout(rows: SceneRows, given: SceneOptions): Scene {
  const pod = askingPod(rows, given);
  const options = {
    ...given,
    ...(pod ? { ask: { cpuMilli: pod.cpuMilli, memoryBytes: pod.memoryBytes } } : {}),
    ...(given.podTerms ? { tied: tiedPods(rows, given.podTerms) } : {}),
  };
  const nodes = orderedNodes(rows.nodes.values());
  const mode = given.mode ?? modeOf(nodes.length);
  const pods: HullScene[] = [];
  const queue = layoutQueue(rows, options, mode, pods);
  const scene: Scene = {
    mode,
    width: options.width,
    height: Math.max(0, options.height - queue.height),
    zoom: options.zoom,
    queue,
    nodes: [],
    pods,
    moves: [],
  };
  if (mode === 'canvas') return scene;
  const places = placesOf(rows, options.slots);
  const inputs = nodes.map((node) => ({ node, places: places.get(node.name) ?? [], rows, options }));
  if (mode === 'berths') berths(inputs, scene);
  else layoutCompact(inputs, scene, mode);
  if (options.preview) previewMoves(options.preview, rows, scene);
  if (mode !== 'berths') return scene;
  const links = serviceLinks(rows, options, scene);
  if (links) scene.links = links;
  const ties = podTies(rows, options, scene);
  if (ties) scene.ties = ties;
  const victims = victimLines(rows, scene);
  if (victims.length) scene.victims = victims;
  return scene;
}

/** The same ruler scale for all while capacities are comparable by eye; beyond that each ruler fills its row. */
const MAX_RATIO = 4;
const MAX_GAP = 22;
const MIN_GAP = 4;

function berths(inputs: NodeInput[], scene: Scene): void {
  const { options } = inputs[0] ?? {};
  if (!options) return;
  const z = options.zoom;
  const idW = options.mobile ? 0 : (options.narrow ? ID_W_NARROW : ID_W) * z;
  const slipX = options.mobile ? PAD - 2 : idW + 22 * z;
  const slipW = options.width - slipX - (options.mobile ? PAD - 2 : fairwayW(options) * z);
  const capacities = inputs.map((i) => Math.max(1, i.node.cpuMilli.capacity));
  const max = Math.max(...capacities);
  const shared = max / Math.min(...capacities) <= MAX_RATIO;
  const scale = (i: number) => Math.max(1, slipW - 4) / (shared ? max : capacities[i]!);
  const rowsAt = (form: RowForm): NodeScene[] =>
    inputs.map((input, i) => layoutBerth(input, { form, slipX, slipW, idW, perMilli: scale(i) }, []));
  const sum = (list: NodeScene[]) => list.reduce((a, n) => a + n.h, 0);

  let form = rowForm(options, false);
  let drawn = rowsAt(form);
  if (sum(drawn) + MIN_GAP * drawn.length > scene.height && !form.dense) {
    const dense = rowForm(options, true);
    const tight = rowsAt(dense);
    // Dense rows only where they help: what must scroll anyway may keep its memory bars.
    if (sum(tight) + MIN_GAP * tight.length <= scene.height * 1.6 || options.height < 560)
      [form, drawn] = [dense, tight];
  }
  const free = scene.height - sum(drawn) - 10;
  const gap = Math.max(MIN_GAP, Math.min((inputs.length <= 3 ? 1.6 : 1) * MAX_GAP * z, free / inputs.length));
  let y = gap * 0.5;
  const top = y;
  scene.nodes = inputs.map((input, i) => {
    const node = layoutBerth(input, { form, slipX, slipW, idW, perMilli: scale(i) }, scene.pods);
    node.y = y;
    y += node.h + gap;
    return node;
  });
  if (!options.mobile)
    scene.wall = { x: slipX - 5 * z, y: top + form.header - 4, w: 4 * z, h: y - top - gap - form.header + 2 };
  scene.height = Math.max(scene.height, y + 4);
}

/** The free strip at the right edge, wider while a preview needs it for its routes. */
function fairwayW(options: SceneOptions): number {
  return options.preview ? 46 : 18;
}
