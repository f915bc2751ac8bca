/** One node as a berth: its ruler with a stretch for each pod, the hulls moored below, memory, booms and what is said about it. */
import type { PodRow } from '../../view/rows.ts';
import { type BerthFrame, hullW, isCordonTaint, type RowForm } from './frame.ts';
import { HULL, mooringPath, SYSTEM } from './geometry.ts';
import { holds, hull, isBad, isLeaving } from './hull.ts';
import { identity } from './identity.ts';
import { cores, gib, nodeDescription, nodeLabel } from './names.ts';
import type { HullScene, NodeInput, NodeScene, Place, Ruler, SceneOptions, Segment } from './types.ts';
import { callout, memoryGhost, nominatedGhost, phantoms, refusalGhost, verdictOf } from './verdict.ts';

interface Moored {
  place: Place;
  x: number;
  line: number;
  w: number;
}

/** Where each place lies: left to right, a new line when the berth is full. */
function mooredPlaces(
  places: Place[],
  frame: BerthFrame,
  options: SceneOptions,
): { moored: Moored[]; lines: number; endX: number } {
  const z = options.zoom;
  const start = frame.slipX + (options.mobile ? 8 : 14) * z;
  const limit = frame.slipX + frame.slipW - 6;
  let x = start;
  let line = 0;
  const moored = places.map((place) => {
    const small = place.small && !options.systemNames;
    const w = (small ? SYSTEM.w : hullW(options)) * z;
    if (x + w > limit && x > start) {
      x = start;
      line += 1;
    }
    const at = { place, x, line, w };
    x += w + (small ? SYSTEM.gap : HULL.gap) * z;
    return at;
  });
  return { moored, lines: line + 1, endX: x };
}

/** Lays out one berth at y = 0 and adds its hulls to `hulls`. */
export function layoutBerth(input: NodeInput, frame: BerthFrame, hulls: HullScene[]): NodeScene {
  const { node, options } = input;
  const { form, slipX, perMilli } = frame;
  const z = options.zoom;
  const places = options.mobile ? mobilePlaces(input.places) : input.places;
  const { moored, lines, endX } = mooredPlaces(places, frame, options);
  const rulerW = node.cpuMilli.capacity * perMilli;
  const right = Math.max(slipX, ...moored.map((m) => m.x + m.w));
  const waterW = options.mobile ? frame.slipW : Math.min(frame.slipW, Math.max(rulerW, right - slipX + 8));
  const top = form.header + form.ruler;
  const h = top + form.mooring + lines * form.line + form.memory;
  const { ruler, bollards } = rulerOf(input, frame, moored);
  const hullTop = top + form.mooring;

  const own = hullsOf(moored, hullTop, form, input);
  hulls.push(...own);
  const verdict = verdictOf(node, frame, options, rulerW);
  const scene: NodeScene = {
    name: node.name,
    uid: node.uid,
    x: 0,
    y: 0,
    w: options.width,
    h,
    label: nodeLabel(node, options.t),
    description: [nodeDescription(node, options.t), verdict?.spoken].filter(Boolean).join(', '),
    selected: options.selection?.kind === 'Node' && options.selection.key === node.name,
    dim: false,
    down: node.down,
    compact: false,
    ...identity(node, form, frame, options),
    ruler,
    water: { x: slipX, y: top, w: waterW, h: h - top - 4, hatched: node.unschedulable },
    extended: extendedOf(input, frame, rulerW),
    moorings: moorings(own, bollards, top, z),
    phantoms: phantoms(input, { x: endX, y: hullTop + (lines - 1) * form.line }),
  };
  if (verdict) scene.verdict = verdict;
  boom(scene, input, waterW + slipX + (options.mobile ? -2 : 3), top + 3, h - 7);
  if (!options.mobile)
    words(scene, input, { rulerW, waterW, endX, lines, hullTop, lineH: form.line, dense: form.dense, frame });
  ghosts(scene, input, frame);
  return scene;
}

/** The selected pod's request, drawn on the resource that is short. */
function ghosts(scene: NodeScene, input: NodeInput, frame: BerthFrame): void {
  const onRuler =
    (scene.phantoms.some((p) => p.nominated) && nominatedGhost(input, frame, scene.ruler)) ||
    refusalGhost(input, frame, scene.ruler);
  const ghost = onRuler ?? (scene.memory && memoryGhost(input, scene.memory));
  if (onRuler) delete scene.ruler.free;
  if (ghost) scene.ghost = ghost;
}

function hullsOf(moored: Moored[], top: number, form: RowForm, { rows, options }: NodeInput): HullScene[] {
  const z = options.zoom;
  return moored.flatMap((m) => {
    const { pod } = m.place;
    if (!pod) return [];
    const small = pod.system && !options.systemNames;
    const middle = small ? ((HULL.h - SYSTEM.h) / 2) * z : 0;
    // Its line is let go: it drifts off the quay a little.
    const drift = isLeaving(pod.form) ? 3 * z : 0;
    const box = { x: m.x, y: top + m.line * form.line + middle + drift, w: m.w, h: (small ? SYSTEM.h : HULL.h) * z };
    return [hull(pod, box, small ? 'system' : 'full', rows, options)];
  });
}

/** On a phone the system pods of a working node are left out: its own pods matter there. */
function mobilePlaces(places: Place[]): Place[] {
  const apps = places.filter((p) => !p.small);
  return apps.length ? apps : places;
}

function segmentKind(pod: PodRow): Segment['kind'] {
  if (isBad(pod.form)) return 'bad';
  if (isLeaving(pod.form) || pod.form === 'unknown') return 'gone';
  if (!pod.cpuMilli && !pod.system) return 'open';
  return pod.system ? 'sys' : 'live';
}

/** The CPU ruler: reserved, one stretch a pod in mooring order, the free part with its number. `bollards`: where each pod's line starts. */
function rulerOf(
  input: NodeInput,
  frame: BerthFrame,
  moored: Moored[],
): { ruler: Ruler; bollards: Map<string, number> } {
  const { node, options } = input;
  const { form, slipX, perMilli } = frame;
  const { capacity, allocatable, requested } = node.cpuMilli;
  const reservedW = Math.max(0, capacity - allocatable) * perMilli;
  const bollards = new Map<string, number>();
  const segments: Segment[] = [];
  let x = slipX + reservedW;
  // On a phone hulls may be missing, stretches may not: the ruler always adds up.
  const pods = (options.mobile ? input.places : moored.map((m) => m.place)).flatMap((p) => p.pod ?? []);
  for (const pod of pods) {
    if (!holds(pod)) continue;
    const w = pod.cpuMilli * perMilli;
    bollards.set(pod.uid, x + Math.max(w, 2) / 2);
    segments.push({ uid: pod.uid, x, w, kind: segmentKind(pod) });
    x += w;
  }
  const rulerW = capacity * perMilli;
  const ruler: Ruler = {
    x: slipX,
    y: form.header,
    w: rulerW,
    h: form.ruler,
    reservedW,
    ticks: ticks(capacity, perMilli, slipX),
    segments,
    dashed: node.status !== 'Ready',
  };
  const text = options.t('ruler.free', { n: cores(allocatable - requested) });
  const room = slipX + rulerW - x - 12;
  if (!options.mobile && room > options.measure(text, 11 * options.zoom))
    ruler.free = { x: slipX + rulerW - 7, y: form.header + form.ruler - 3.5 * options.zoom, text };
  return { ruler, bollards };
}

function ticks(capacity: number, perMilli: number, x: number): Ruler['ticks'] {
  // Never denser than a tick each 5 px: a machine of 128 cores keeps a readable scale.
  const step = [500, 1000, 2000, 4000, 8000, 16_000, 32_000].find((s) => s * perMilli >= 5) ?? 64_000;
  const list: Ruler['ticks'] = [];
  for (let c = 0; c <= capacity; c += step) list.push({ x: x + c * perMilli, minor: c % (step * 2) !== 0 });
  return list;
}

function moorings(hulls: HullScene[], bollards: Map<string, number>, top: number, z: number): NodeScene['moorings'] {
  return hulls.flatMap((h) => {
    const from = bollards.get(h.uid);
    if (from === undefined) return [];
    const x = h.shape === 'system' ? h.x + h.w / 2 : h.x + 9 * z;
    const kind = isBad(h.form)
      ? 'bad'
      : isLeaving(h.form)
        ? 'gone'
        : h.form === 'unknown'
          ? 'dots'
          : h.form === 'scheduled'
            ? 'thrown'
            : h.shape === 'system'
              ? 'sys'
              : '';
    return [{ uid: h.uid, d: mooringPath(from, top, x, h.y), kind: kind as NodeScene['moorings'][number]['kind'] }];
  });
}

function boom(scene: NodeScene, { node }: NodeInput, x: number, y1: number, y2: number): void {
  const closed = node.taints.some(
    (t) => t.effect === 'NoExecute' || (t.effect === 'NoSchedule' && !isCordonTaint(t.key)),
  );
  const avoided = node.taints.some((t) => t.effect === 'PreferNoSchedule');
  if (closed || node.unschedulable || avoided)
    scene.boom = { x, y1, y2, kind: node.unschedulable ? 'dashed' : closed ? 'solid' : 'thin' };
}

interface WordsFrame {
  rulerW: number;
  waterW: number;
  endX: number;
  lines: number;
  hullTop: number;
  lineH: number;
  dense: boolean;
  frame: BerthFrame;
}

/** Usage over the ruler, memory bar, number of pods, and the callout beside the last hull. */
function words(scene: NodeScene, input: NodeInput, f: WordsFrame): void {
  const { node, options } = input;
  const { t, measure, zoom: z } = options;
  const { slipX } = f.frame;
  const { allocatable, requested } = node.cpuMilli;
  scene.usage = {
    x: slipX,
    y: f.frame.form.header - 6 * z,
    bold: `CPU ${cores(requested)}`,
    text: t('ruler.requested', { n: cores(allocatable) }),
  };
  const midY = f.hullTop + (f.lines - 1) * f.lineH + (HULL.h / 2) * z;
  const all = input.places.flatMap((p) => p.pod ?? []);
  if (all.length && all.every((p) => p.system) && !options.systemNames && !f.dense && !scene.phantoms.length) {
    const text = t('pods.system');
    if (f.endX + 6 * z + measure(text, 11 * z) < slipX + f.waterW)
      scene.note = { x: f.endX + 6 * z, y: midY + 4 * z, text };
  }
  const saying = callout(input, { x: f.endX, y: midY, right: slipX + f.frame.slipW, boom: scene.boom?.x });
  if (saying) scene.callout = saying;
  if (f.dense) return;
  const y = scene.h - 17 * z;
  const w = f.rulerW * (options.narrow ? 0.42 : 0.52);
  const x = slipX + 14 * z;
  const memory = node.memoryBytes;
  const share = (bytes: number) => (memory.capacity ? (bytes / memory.capacity) * w : 0);
  const figures = `${gib(memory.requested)} / ${gib(memory.allocatable)} GiB`;
  const full = `${t('memory')} ${figures}`;
  const room = slipX + f.waterW - (x + w + 8) - 8;
  scene.memory = {
    x,
    y,
    w,
    h: 5 * z,
    reservedW: share(memory.capacity - memory.allocatable),
    usedW: share(memory.requested),
    pressure: node.pressure.includes('MemoryPressure'),
    text: {
      x: x + w + 8,
      y: y + 6.5 * z,
      text: measure(full, 11 * z) <= room ? full : measure(figures, 11 * z) <= room ? figures : '',
    },
  };
  const few = node.pods.count < node.pods.allocatable * 0.9;
  const pods = few
    ? t('pods', { n: node.pods.count })
    : t('pods.of', { n: node.pods.count, max: node.pods.allocatable });
  if (measure(scene.memory.text.text, 11 * z) + measure(pods, 11 * z) + 24 * z < room)
    scene.podsText = { x: slipX + f.waterW - 8, y: y + 6.5 * z, text: pods };
}

/** Extended resources as countable squares, or a thin bar when there are many. */
function extendedOf(input: NodeInput, frame: BerthFrame, rulerW: number): NodeScene['extended'] {
  const z = input.options.zoom;
  return input.node.extended
    .filter((e) => e.allocatable > 0 && !input.options.mobile)
    .slice(0, 2)
    .map((e, i) => ({
      x: frame.slipX + rulerW + 14 * z,
      y: frame.form.header + i * 14 * z,
      w: 8 * z,
      h: 8 * z,
      name: e.name.split('/').at(-1)!,
      used: e.requested,
      of: e.allocatable,
    }));
}
