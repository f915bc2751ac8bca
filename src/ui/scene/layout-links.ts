/** A Service and whom it sends to: a square-cornered box on the fairway, solid lines to ready endpoints, dots to those not ready. */

import { channel } from './geometry.ts';
import { isLeaving } from './hull.ts';
import type { LinksScene, Scene, SceneOptions, SceneRows } from './types.ts';

const BOX = { w: 136, h: 44 };
/** Beyond so many, lines say nothing any more. */
const MOST = 60;

/** Whether labels carry everything a selector asks for; an empty selector selects nothing. */
export function selects(selector: Record<string, string>, labels: Record<string, string>): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}

export function serviceLinks(rows: SceneRows, options: SceneOptions, scene: Scene): LinksScene | undefined {
  const { service, zoom: z } = options;
  if (!service || options.mobile || !scene.nodes.length) return undefined;
  const fairway = scene.width - 20 * z;
  const box = { x: scene.width - (BOX.w + 12) * z, y: scene.nodes[0]!.y + 24 * z, w: BOX.w * z, h: BOX.h * z };
  const links: LinksScene = { box, title: `Service ${service.name}`, text: service.address, lines: [], dots: [] };
  const nodes = new Map(scene.nodes.map((s) => [s.name, s]));
  for (const hull of scene.pods) {
    const node = nodes.get(hull.node);
    const pod = rows.pods.get(hull.uid);
    if (!node || !pod || links.lines.length >= MOST) continue;
    if (pod.namespace !== service.namespace || isLeaving(pod.form) || !selects(service.selector, pod.labels)) continue;
    const ready = pod.form === 'running';
    const x = node.x + hull.x + hull.w / 2;
    const y = node.y + hull.y + hull.h;
    const d = channel([
      [fairway, box.y + box.h],
      [fairway, y + 7],
      [x, y + 7],
      [x, y + 1],
    ]);
    links.lines.push({ d, ready });
    links.dots.push({ x, y, ready });
  }
  return links.lines.length ? links : undefined;
}
