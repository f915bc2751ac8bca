/** From a pod's row to its hull: words that cutTo, marks, names. */
import type { PodRow } from '../../view/rows.ts';
import { cutTo } from './measure.ts';
import { factText, podDescription, podLabel, pullProgress } from './names.ts';
import type { Box, HullScene, SceneOptions, SceneRows } from './types.ts';

/** Left inset of a hull's text, and what the bow takes from it on the right. */
const TEXT_X = 26;
const BOW = 7;
const PIP_STEP = 7;

export function isSelected(pod: PodRow, options: SceneOptions): boolean {
  return options.selection?.kind === 'Pod' && options.selection.key === `${pod.namespace}/${pod.name}`;
}

export function isBad(form: PodRow['form']): boolean {
  return form === 'failed' || form === 'crashloop' || form === 'imagepull';
}

export function isLeaving(form: PodRow['form']): boolean {
  return form === 'terminating' || form === 'evicted';
}

/** Whether the pod still holds what it asked for. */
export function holds(pod: PodRow): boolean {
  // An evicted pod that has ended says so in its word; while it is only told to go, it still holds everything.
  return pod.form !== 'succeeded' && pod.form !== 'failed' && pod.word !== 'Evicted';
}

interface Remembered {
  t: SceneOptions['t'];
  measure: SceneOptions['measure'];
  signature: string;
  hull: HullScene;
}

/**
 * Rows are replaced, never written into, so what was made of one stays true for the same place and words. Most pods of a large cluster are
 * the same ones at every frame: the drawing recognises their hulls by identity and leaves them alone.
 */
const remembered = new WeakMap<PodRow, Remembered>();

/** Whether what a hull shows changes by itself. */
const ticking = (pod: PodRow, shape: HullScene['shape']): boolean =>
  shape === 'full' && (pod.fact?.kind === 'pull' || pod.fact?.kind === 'grace' || pod.fact?.kind === 'retry');

export function hull(
  pod: PodRow,
  box: Box,
  shape: HullScene['shape'],
  rows: SceneRows,
  options: SceneOptions,
): HullScene {
  const { t, measure, zoom, siblings } = options;
  const dim =
    siblings !== undefined &&
    (pod.workload !== siblings.workload || pod.namespace !== siblings.namespace) &&
    !options.tied?.has(pod.uid);
  const selected = isSelected(pod, options);
  const signature = `${box.x} ${box.y} ${box.w} ${box.h} ${shape} ${zoom} ${selected} ${dim}`;
  const known = remembered.get(pod);
  if (known?.signature === signature && known.t === t && known.measure === measure && !ticking(pod, shape))
    return known.hull;
  const made = { ...hullOf(pod, box, shape, rows, options), selected, dim };
  remembered.set(pod, { t, measure, signature, hull: made });
  return made;
}

function hullOf(
  pod: PodRow,
  box: Box,
  shape: HullScene['shape'],
  rows: SceneRows,
  options: SceneOptions,
): Omit<HullScene, 'selected' | 'dim'> {
  const { t, measure, zoom: z } = options;
  const width = box.w / z - TEXT_X - BOW;
  const pips = pod.containers.length > 1 ? pod.containers : [];
  const marks = pips.length * PIP_STEP + pod.init.length * PIP_STEP;
  const full = shape === 'full';
  return {
    uid: pod.uid,
    key: `${pod.namespace}/${pod.name}`,
    node: pod.node,
    workload: pod.workload,
    ...box,
    shape,
    form: pod.form,
    owner: pod.owner,
    system: pod.system,
    name: full ? cutTo(measure, pod.workload, width - (marks ? marks + 2 : 0), 12, 'bold') : '',
    line2: full ? line2(pod, width - (pod.priorityTier && marks ? 12 : 0), rows.nowMs, options) : '',
    pips,
    init: pod.init,
    chevrons: pod.priorityTier,
    ...(full && pod.fact?.kind === 'pull'
      ? { progress: Math.round(pullProgress(pod.fact, rows.nowMs) * 100) / 100 }
      : {}),
    restarts: pod.fact?.kind === 'restarts' ? pod.fact.count : 0,
    label: podLabel(pod, t),
    description: podDescription(pod, full ? rows.nowMs : undefined, t),
  };
}

/** Line 2: the one fact that matters now, or what remains of the name; in as many letters as there is room for. */
function line2(pod: PodRow, width: number, nowMs: number, options: SceneOptions): string {
  const { measure, t } = options;
  // Mono is set a little tighter than its pitch.
  const fits = (text: string) => measure(text, 11, 'mono') - text.length * 0.33 <= width;
  const fact = pod.fact ? factText(pod.fact, nowMs, t) : undefined;
  const ordinal = pod.ordinal === undefined ? undefined : `${pod.workload}-${pod.ordinal}`;
  const last = pod.suffix.split('-').at(-1) ?? '';
  const candidates = fact ? [fact.long, fact.short] : ordinal ? [ordinal, last] : [pod.suffix, last];
  return candidates.find(fits) ?? cutTo(measure, candidates.at(-1)!, width + 4, 11, 'mono');
}
