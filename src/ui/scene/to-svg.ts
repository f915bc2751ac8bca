/** A whole picture as text: for the first paint in the built page, and for exporting it. Uses the same markup as the live scene. */
import { escapeXml, hullMarkup, n, overlayMarkup, queueMarkup } from './markup.ts';
import { nodeMarkup } from './markup-node.ts';
import type { HullScene, Scene } from './types.ts';

export function podClass(h: HullScene): string {
  return `pod ${h.form} ${h.shape}${h.system ? ' sys' : ''}${h.selected ? ' sel' : ''}${h.dim ? ' dimmed' : ''}`;
}

const pod = (h: HullScene, zoom: number): string =>
  `<g class="${podClass(h)}" role="img" aria-label="${escapeXml(h.label)}" transform="translate(${n(h.x)} ${n(h.y)})">${hullMarkup(h, zoom)}</g>`;

/** `<g>`s of the queue and the quay below each other, in one coordinate system. */
export function sceneMarkup(scene: Scene): string {
  const { zoom } = scene;
  const inQueue = scene.pods.filter((p) => !p.node);
  const byNode = new Map<string, HullScene[]>();
  for (const p of scene.pods) if (p.node) byNode.set(p.node, [...(byNode.get(p.node) ?? []), p]);
  const wall = scene.wall
    ? `<rect class="wall" x="${n(scene.wall.x)}" y="${n(scene.wall.y)}" width="${n(scene.wall.w)}" height="${n(scene.wall.h)}"/>`
    : '';
  const nodes = scene.nodes.map(
    (s) =>
      `<g class="node" role="group" aria-label="${escapeXml(s.label)}" transform="translate(${n(s.x)} ${n(s.y)})">${nodeMarkup(s, zoom)}${(byNode.get(s.name) ?? []).map((p) => pod(p, zoom)).join('')}</g>`,
  );
  const queue = scene.queue.height
    ? `<g class="queue-part">${queueMarkup(scene.queue)}${inQueue.map((p) => pod(p, zoom)).join('')}</g>`
    : '';
  return `${queue}<g transform="translate(0 ${n(scene.queue.height)})">${wall}${nodes.join('')}${overlayMarkup(scene)}</g>`;
}

/** The same as a document of its own; `style` and `defs` travel with it. */
export function sceneToSvg(scene: Scene, style = '', defs = ''): string {
  const height = scene.queue.height + scene.height;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" class="scene-svg" width="${n(scene.width)}" height="${n(height)}" viewBox="0 0 ${n(scene.width)} ${n(height)}">` +
    `${defs}${style ? `<style>${style}</style>` : ''}${sceneMarkup(scene)}</svg>`
  );
}
