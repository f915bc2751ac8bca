import { MAX_NODE_SCORE } from '../framework/interface.ts';

/** Scales scores so that the highest becomes 100; `reverse` makes the highest 0. Upstream: plugins/helper/normalize_score.go */
export function normalizeDefault(scores: Float64Array, reverse: boolean): void {
  let max = 0;
  for (const s of scores) if (s > max) max = s;
  if (max === 0) {
    if (reverse) scores.fill(MAX_NODE_SCORE);
    return;
  }
  for (let i = 0; i < scores.length; i++) {
    const scaled = Math.trunc((MAX_NODE_SCORE * scores[i]!) / max);
    scores[i] = reverse ? MAX_NODE_SCORE - scaled : scaled;
  }
}
