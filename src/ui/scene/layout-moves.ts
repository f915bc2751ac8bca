/** Routes of a drain preview: out to the fairway, along it, in to the dashed berth; never across another one. */
import type { DrainPreview } from '../store.ts';
import { channel } from './geometry.ts';
import type { Scene, SceneRows } from './types.ts';

const LANE_STEP = 8;

export function previewMoves(preview: DrainPreview, rows: SceneRows, scene: Scene): void {
  const from = scene.nodes.find((n) => n.name === preview.node);
  if (!from) return;
  const used = new Map<string, number>();
  let lane = 0;
  for (const move of preview.moves) {
    const target = scene.nodes.find((n) => n.name === move.node);
    const hull = scene.pods.find((p) => p.key === move.pod && p.node === preview.node);
    if (!target || !hull || target === from || !rows.nodes.has(move.node)) continue;
    const index = used.get(move.node) ?? 0;
    used.set(move.node, index + 1);
    const phantom = target.phantoms[index];
    if (!phantom) continue;
    const x1 = from.x + hull.x + hull.w / 2;
    const y1 = from.y + hull.y + hull.h;
    const x2 = target.x + phantom.x + phantom.w / 2;
    const y2 = target.y + phantom.y + phantom.h;
    const fairway = scene.width - 14 - lane * LANE_STEP;
    const out = 5 + lane * 5;
    const into = 8 + lane * 3;
    scene.moves.push(
      channel([
        [x1, y1],
        [x1, y1 + out],
        [fairway, y1 + out],
        [fairway, y2 + into],
        [x2, y2 + into],
        [x2, y2],
      ]),
    );
    lane += 1;
  }
}
