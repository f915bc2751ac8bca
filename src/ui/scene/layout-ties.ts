/** What ties the pod that is pointed at to others: affinity (plus), anti-affinity (bar), and the domains it is spread over, counted. */
import { matchesSelector } from '../../engine/api/selector.ts';
import type { PodRow } from '../../view/rows.ts';
import { channel, type Point } from './geometry.ts';
import { holds, isLeaving } from './hull.ts';
import type { HullScene, PodTerm, PodTerms, Scene, SceneOptions, SceneRows, TiesScene } from './types.ts';

/** Beyond so many, lines say nothing any more. */
const MOST = 60;

const speaksOf = (term: PodTerm, pod: PodRow): boolean =>
  (term.namespaces.length === 0 || term.namespaces.includes(pod.namespace)) &&
  matchesSelector(term.selector, pod.labels);

/** Pods that an affinity names: those it wants in its own domain, or those it keeps out of it, wherever they are. */
export function tiedPods(rows: SceneRows, terms: PodTerms): Map<string, 'with' | 'apart'> {
  const tied = new Map<string, 'with' | 'apart'>();
  const self = rows.pods.get(terms.uid);
  if (!self) return tied;
  const domain = (term: PodTerm, node: string) => terms.domains[term.topologyKey]?.[node];
  for (const pod of rows.pods.values()) {
    if (pod.uid === terms.uid || !pod.node || isLeaving(pod.form) || !holds(pod)) continue;
    const near = (term: PodTerm) => {
      const there = domain(term, pod.node);
      return there !== undefined && (!self.node || domain(term, self.node) === there);
    };
    if (terms.apart.some((term) => speaksOf(term, pod))) tied.set(pod.uid, 'apart');
    else if (terms.together.some((term) => speaksOf(term, pod) && near(term))) tied.set(pod.uid, 'with');
    if (tied.size >= MOST) break;
  }
  return tied;
}

/** How many pods of its kind each domain has; domains without one count, too. */
export function spreadCounts(rows: SceneRows, terms: PodTerms, term: PodTerm): Map<string, number> {
  const counts = new Map<string, number>();
  const domains = terms.domains[term.topologyKey] ?? {};
  for (const domain of Object.values(domains)) counts.set(domain, 0);
  for (const pod of rows.pods.values()) {
    const domain = pod.node && !isLeaving(pod.form) && holds(pod) ? domains[pod.node] : undefined;
    if (domain !== undefined && speaksOf(term, pod)) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  return counts;
}

export function podTies(rows: SceneRows, options: SceneOptions, scene: Scene): TiesScene | undefined {
  const { podTerms: terms, zoom: z } = options;
  if (!terms || options.mobile || !scene.nodes.length) return undefined;
  const tops = new Map(scene.nodes.map((s) => [s.name, s]));
  const at = (hull: HullScene): Point => {
    const node = tops.get(hull.node);
    return node ? [node.x + hull.x + hull.w / 2, node.y + hull.y + hull.h] : [hull.x + hull.w / 2, 0];
  };
  const ties: TiesScene = { lines: [], marks: [], brackets: [] };
  const self = scene.pods.find((h) => h.uid === terms.uid);
  const tied = options.tied ?? new Map<string, 'with' | 'apart'>();
  const fairway = scene.width - 16 * z;
  for (const hull of scene.pods) {
    const kind = tied.get(hull.uid);
    if (!kind || !self || !tops.has(hull.node)) continue;
    const to = at(hull);
    ties.lines.push({ d: route(at(self), to, self.node === hull.node ? undefined : fairway, kind), kind });
    ties.marks.push({ x: to[0], y: to[1], kind });
  }
  const term = terms.spread[0];
  if (term) ties.brackets = brackets(rows, terms, term, scene, z);
  return ties.lines.length || ties.brackets.length ? ties : undefined;
}

/** Under the hulls of one berth, or out to the fairway, along it and in again. Apart and together never lie on each other. */
function route(a: Point, b: Point, fairway: number | undefined, kind: 'with' | 'apart'): string {
  const depth = kind === 'with' ? 6 : 9;
  const start: Point[] = a[1] === 0 ? [a, [a[0], 4]] : [a, [a[0], a[1] + depth]];
  const low = start[1]![1];
  const turn = fairway === undefined ? [] : [[fairway, low] as const, [fairway, b[1] + depth] as const];
  return channel([...start, ...turn, [b[0], b[1] + depth], b]);
}

/** One bracket at the wall for each run of berths of one domain. */
function brackets(rows: SceneRows, terms: PodTerms, term: PodTerm, scene: Scene, z: number): TiesScene['brackets'] {
  const domains = terms.domains[term.topologyKey] ?? {};
  const counts = spreadCounts(rows, terms, term);
  const list: TiesScene['brackets'] = [];
  const x = (scene.wall?.x ?? 0) - 5 * z;
  let run: { domain: string; top: number; bottom: number } | undefined;
  const close = () => {
    if (!run) return;
    const { domain, top, bottom } = run;
    const text = `${domain}: ${counts.get(domain) ?? 0}`;
    list.push({
      d: `M${x + 4 * z} ${top}h${-4 * z}V${bottom}h${4 * z}`,
      label: { x: x - 6 * z, y: bottom - 6 * z, text },
    });
    run = undefined;
  };
  for (const node of scene.nodes) {
    const domain = domains[node.name];
    if (run && run.domain !== domain) close();
    if (domain === undefined) continue;
    const top = node.y + node.ruler.y;
    const bottom = node.y + node.h - 6 * z;
    run = run ? { ...run, bottom } : { domain, top, bottom };
  }
  close();
  return list;
}

/** From each victim of a preemption to the hull that waits for its place. */
export function victimLines(rows: SceneRows, scene: Scene): TiesScene['lines'] {
  const lines: TiesScene['lines'] = [];
  for (const node of scene.nodes) {
    const ghost = node.phantoms.find((p) => p.nominated);
    if (!ghost) continue;
    const x = node.x + ghost.x + ghost.w / 2;
    const y = node.y + ghost.y + ghost.h;
    for (const hull of scene.pods) {
      if (hull.node !== node.name || !rows.pods.get(hull.uid)?.preempted) continue;
      const [hx, hy] = [node.x + hull.x + hull.w / 2, node.y + hull.y + hull.h];
      const low = Math.max(hy, y) + 5;
      lines.push({
        d: channel(
          [
            [hx, hy],
            [hx, low],
            [x, low],
            [x, y],
          ],
          5,
        ),
        kind: 'victim',
      });
    }
  }
  return lines;
}
