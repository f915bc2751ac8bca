import { expect, it } from 'vitest';
import { levelOf, zoomRange } from './levels.ts';

it.each<[number, number, string, number]>([
  [4, 1, 'berths', 1],
  [4, 2, 'berths', 2],
  [4, 0.9, 'compact', 1.44],
  [4, 0.5, 'compact', 0.8],
  [20, 1, 'compact', 1],
  [20, 1.6, 'berths', 1],
  [20, 0.7, 'tiles', 1.12],
  [96, 1, 'tiles', 1],
  [96, 0.8, 'tiles', 0.8],
  [96, 1.5, 'tiles', 1.5],
  [96, 1.6, 'compact', 1],
  [96, 2.56, 'berths', 1],
  [1000, 5, 'canvas', 5],
])('%i nodes at %s: %s, scale %s', (nodes, zoom, mode, scale) => {
  const level = levelOf(nodes, zoom);
  expect(level.mode).toBe(mode);
  expect(level.scale).toBeCloseTo(scale, 5);
});

it.each([[4], [20], [96]])('type of %i nodes stays readable at both ends', (nodes) => {
  const { min, max } = zoomRange(nodes);
  expect(levelOf(nodes, min).scale).toBeGreaterThanOrEqual(0.75);
  expect(levelOf(nodes, max).scale).toBeLessThanOrEqual(2.2 + 1e-9);
});
