import { describe, expect, it } from 'vitest';
import { largeCluster } from '../testing/fake-rows.ts';
import { tile } from './tiling.ts';

const frame = { width: 1100, height: 560, grouping: 'zone', noZone: 'no zone' } as const;

describe.each([120, 1000, 5000])('%d nodes', (count) => {
  const { nodes } = largeCluster(count, 0);
  const tiling = tile(nodes, frame);

  it('each has its own spot inside the picture', () => {
    expect(new Set(tiling.spots.map((s) => `${s.x} ${s.y}`)).size).toBe(count);
    expect(Math.max(...tiling.spots.map((s) => s.x + tiling.tileW))).toBeLessThanOrEqual(frame.width);
    expect(Math.max(...tiling.spots.map((s) => s.y + tiling.tileH))).toBeLessThanOrEqual(frame.height);
  });

  it('a point on a tile finds its node, the numbers add up', () => {
    const spot = tiling.spots[count - 1]!;
    expect(tiling.at(spot.x + 1, spot.y + 1)?.name).toBe(spot.name);
    expect(tiling.groups.reduce((a, g) => a + g.count, 0)).toBe(count);
    expect(tiling.groups.map((g) => g.name)).toEqual(['ap-northeast-2a', 'ap-northeast-2b', 'ap-northeast-2c']);
  });
});
