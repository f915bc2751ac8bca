/** What the decision about the selected pod says about each node, drawn on the node: reason, ghost on the ruler, points. */
import type { NodeRow, PodRow } from '../../view/rows.ts';
import { type BerthFrame, hullW, isCordonTaint } from './frame.ts';
import { HULL } from './geometry.ts';
import { isBad, isSelected } from './hull.ts';
import { shortKey } from './identity.ts';
import { cutTo } from './measure.ts';
import { cores, memoryWord } from './names.ts';
import type { Ghost, NodeInput, NodeScene, Ruler, SceneOptions, SceneRows, Verdict } from './types.ts';

/** The pod that is asked about, if a decision about it is shown. */
export function askingPod(rows: SceneRows, options: SceneOptions): PodRow | undefined {
  if (!options.explained || options.selection?.kind !== 'Pod') return undefined;
  if (options.explained.pod !== options.selection.key) return undefined;
  for (const pod of rows.pods.values()) if (isSelected(pod, options)) return pod;
  return undefined;
}

function refusal(node: NodeRow, options: SceneOptions): { plugin: string; reason: string } | null | undefined {
  const { explained, selection } = options;
  if (!explained || selection?.kind !== 'Pod' || explained.pod !== selection.key) return undefined;
  const cell = explained.filters[node.name];
  if (cell === undefined) return undefined;
  return cell && { plugin: cell.plugin, reason: cell.reasons.join(', ') };
}

/** The reason in a few words of ours where the node shows which; Kubernetes' own words otherwise. */
function inWords(
  node: NodeRow,
  plugin: string,
  reason: string,
  options: SceneOptions,
): { long: string; short: string } {
  const { t } = options;
  switch (plugin) {
    case 'NodeUnschedulable':
      return { long: t('verdict.cordoned'), short: t('verdict.short.cordoned') };
    case 'TaintToleration': {
      const taint = node.taints.find((x) => x.effect !== 'PreferNoSchedule' && !isCordonTaint(x.key)) ?? node.taints[0];
      return {
        long: taint ? t('verdict.taint', { key: shortKey(taint.key) }) : reason,
        short: t('verdict.short.taint'),
      };
    }
    case 'NodeAffinity':
      return { long: t('verdict.selector'), short: t('verdict.short.affinity') };
    default:
      return { long: reason, short: reason };
  }
}

export function verdictOf(
  node: NodeRow,
  frame: BerthFrame,
  options: SceneOptions,
  rulerW: number,
): (Verdict & { spoken: string }) | undefined {
  const refused = refusal(node, options);
  if (refused === undefined) return undefined;
  const { t, measure, zoom: z } = options;
  const score = options.explained?.scores?.[node.name];
  const says = refused
    ? inWords(node, refused.plugin, refused.reason, options)
    : { long: score ? t('verdict.points', { n: score.total }) : '', short: t('verdict.fits') };
  const plugin = refused ? refused.plugin : t('verdict.fits');
  const spoken = refused
    ? t('desc.refused', { plugin: refused.plugin, why: says.long })
    : [t('desc.passed'), ...(score ? [t('desc.score', { n: score.total })] : [])].join(', ');
  const kind = refused ? 'no' : 'yes';
  const y = frame.form.header - 6 * z;
  if (options.mobile) {
    const short = short4(node, refused, says.short, options);
    return { kind, plugin: '', text: short, x: options.width - 14, y: frame.form.header - 9 * z, spoken };
  }
  const usage =
    measure(`CPU ${cores(node.cpuMilli.requested)}`, 11 * z, 'bold') +
    measure(` ${t('ruler.requested', { n: cores(node.cpuMilli.allocatable) })}`, 11 * z);
  const x = frame.slipX + Math.max(usage + 26 * z, Math.min(172 * z, rulerW));
  const room = options.width - x - measure(plugin, 12 * z, 'bold') - 34 * z;
  return {
    kind,
    plugin,
    text: cutTo(measure, withNumbers(node, refused, says.long, options), room, 12 * z),
    x,
    y,
    spoken,
  };
}

function withNumbers(
  node: NodeRow,
  refused: { plugin: string; reason: string } | null,
  text: string,
  options: SceneOptions,
): string {
  const ask = options.ask;
  if (refused?.plugin !== 'NodeResourcesFit' || !ask) return text;
  const { cpuMilli: cpu, memoryBytes: memory } = node;
  if (/Insufficient cpu/.test(refused.reason))
    return options.t('verdict.cpu', { a: cores(ask.cpuMilli), b: cores(cpu.allocatable - cpu.requested) });
  if (/Insufficient memory/.test(refused.reason))
    return options.t('verdict.memory', {
      a: memoryWord(ask.memoryBytes),
      b: memoryWord(memory.allocatable - memory.requested),
    });
  return text;
}

function short4(
  node: NodeRow,
  refused: { plugin: string; reason: string } | null,
  text: string,
  options: SceneOptions,
): string {
  const ask = options.ask;
  if (refused?.plugin === 'NodeResourcesFit' && ask && /Insufficient cpu/.test(refused.reason))
    return options.t('verdict.short.cpu', {
      n: cores(ask.cpuMilli - (node.cpuMilli.allocatable - node.cpuMilli.requested)),
    });
  return cutTo(options.measure, text, options.width * 0.4, 11);
}

/** On the node that lacks CPU: the request laid over the free part, and how much too long it is. */
export function refusalGhost(input: NodeInput, frame: BerthFrame, ruler: Ruler): Ghost | undefined {
  const { node, options } = input;
  const refused = refusal(node, options);
  const ask = options.ask;
  if (!refused || !ask || refused.plugin !== 'NodeResourcesFit' || !/Insufficient cpu/.test(refused.reason))
    return undefined;
  const { allocatable, requested } = node.cpuMilli;
  const x = ruler.x + ruler.reservedW + requested * frame.perMilli;
  const want = ask.cpuMilli * frame.perMilli;
  const end = ruler.x + ruler.w;
  const inside = Math.max(0, Math.min(want, end - x));
  const maxOver = options.width - end - 70 * options.zoom;
  return {
    x,
    y: ruler.y,
    w: inside,
    h: ruler.h,
    overW: Math.max(4, Math.min(want - inside, Math.max(24, maxOver))),
    asks: inside > 40 * options.zoom ? options.t('ghost.asks', { n: cores(ask.cpuMilli) }) : '',
    short: options.t('ghost.short', { n: cores(ask.cpuMilli - (allocatable - requested)) }),
  };
}

/** On the node that a pod is nominated to: the stretch of quay that its victims leave, and who will have it. */
export function nominatedGhost(input: NodeInput, frame: BerthFrame, ruler: Ruler): Ghost | undefined {
  const { node, places, rows, options } = input;
  const pod = [...rows.pods.values()].find((p) => !p.node && p.nominatedNode === node.name);
  if (!pod?.cpuMilli) return undefined;
  const victims = new Set(places.flatMap((p) => (p.pod?.preempted ? p.pod.uid : [])));
  const end = ruler.segments.at(-1);
  const x =
    ruler.segments.find((segment) => victims.has(segment.uid))?.x ?? (end ? end.x + end.w : ruler.x + ruler.reservedW);
  const w = Math.max(0, Math.min(pod.cpuMilli * frame.perMilli, ruler.x + ruler.w - x));
  const text = options.t('ghost.for', { n: cores(pod.cpuMilli), pod: pod.workload });
  const asks = options.measure(text, 11 * options.zoom, 'bold') < w - 8 ? text : '';
  return { x, y: ruler.y, w, h: ruler.h, overW: 0, asks, short: '' };
}

/** The same on the memory bar, when memory is what is missing. */
export function memoryGhost(input: NodeInput, memory: NonNullable<NodeScene['memory']>): Ghost | undefined {
  const { node, options } = input;
  const refused = refusal(node, options);
  const ask = options.ask;
  if (!refused || !ask || refused.plugin !== 'NodeResourcesFit' || !/Insufficient memory/.test(refused.reason))
    return undefined;
  const { allocatable, requested, capacity } = node.memoryBytes;
  const x = memory.x + memory.reservedW + memory.usedW;
  const want = (ask.memoryBytes / capacity) * memory.w;
  const inside = Math.max(0, Math.min(want, memory.x + memory.w - x));
  memory.text.text = '';
  return {
    x,
    y: memory.y,
    w: inside,
    h: memory.h,
    overW: Math.max(4, Math.min(want - inside, 160 * options.zoom)),
    asks: '',
    short: options.t('ghost.short', { n: memoryWord(ask.memoryBytes - (allocatable - requested)) }),
  };
}

/** What a nominated pod does: it waits for victims while there are any, and as long as the hull has room for the words. */
function nominatedWord({ places, options }: NodeInput): string {
  const long = options.t('ghost.nominated');
  const room = hullW(options) - 28;
  return places.some((p) => p.pod?.preempted) && options.measure(long, 11) <= room ? long : options.t('ghost.next');
}

/** Hulls that would lie here: the nominated pod, or replacements in a drain preview. */
export function phantoms(input: NodeInput, end: { x: number; y: number }): NodeScene['phantoms'] {
  const { node, rows, options } = input;
  const z = options.zoom;
  const list: NodeScene['phantoms'] = [];
  const add = (name: string, line2: string, nominated = false) => {
    const w = hullW(options) * z;
    const x = end.x + list.length * (w + HULL.gap * z);
    list.push({ x, y: end.y, w, h: HULL.h * z, name, line2, ...(nominated ? { nominated: true as const } : {}) });
  };
  for (const pod of rows.pods.values())
    if (!pod.node && pod.nominatedNode === node.name) add(pod.workload, nominatedWord(input), true);
  if (options.candidates?.includes(node.name)) {
    const pod = askingPod(rows, options);
    const score = options.explained?.scores?.[node.name];
    if (pod) add(pod.workload, score ? options.t('verdict.points', { n: score.total }) : '');
  }
  for (const move of options.preview?.moves ?? []) {
    if (move.node !== node.name || options.preview?.node === node.name) continue;
    const pod = [...rows.pods.values()].find((p) => `${p.namespace}/${p.name}` === move.pod);
    add(pod?.workload ?? move.pod, options.t('ghost.new'));
  }
  return list;
}

/** What went wrong, said beside the last hull while there is open paper. */
export function callout(
  input: NodeInput,
  at: { x: number; y: number; right: number; boom: number | undefined },
): NodeScene['callout'] {
  const { places, rows, options } = input;
  if (options.narrow || options.mobile) return undefined;
  const { measure, zoom: z } = options;
  const bad = places.findLast(
    (p) => p.pod && isBad(p.pod.form) && rows.troubles.has(`${p.pod.namespace}/${p.pod.name}`),
  )?.pod;
  if (!bad) return undefined;
  const { reason, message } = rows.troubles.get(`${bad.namespace}/${bad.name}`)!;
  const title = places.at(-1)?.pod === bad ? reason : `${bad.workload}: ${reason}`;
  const w = Math.max(measure(title, 11 * z, 'bold'), Math.min(190 * z, measure(message, 11 * z))) + 16 * z;
  let x = at.x + 6 * z;
  if (at.boom !== undefined && x + w > at.boom) x = at.boom + 12 * z;
  const room = options.width - x - 14 * z;
  if (room < 120 * z) return undefined;
  return {
    x,
    y: at.y,
    title: cutTo(measure, title, room, 11 * z, 'bold'),
    text: cutTo(measure, message, room, 11 * z),
    bad: true,
  };
}
