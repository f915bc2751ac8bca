import { describe, expect, it } from 'vitest';
import { cutTo, estimate } from './measure.ts';

describe('estimate', () => {
  it('grows with size and weight', () => {
    expect(estimate('worker', 24)).toBeCloseTo(2 * estimate('worker', 12), 0);
    expect(estimate('worker', 12, 'bold')).toBeGreaterThan(estimate('worker', 12));
  });
  it('gives every mono letter the same width', () => {
    expect(estimate('iiii', 11, 'mono')).toBe(estimate('mmmm', 11, 'mono'));
  });
});

describe('cutTo', () => {
  it.each([
    ['web', 100, 'web'],
    ['a-very-long-workload-name', 60, 'a-very-lo…'],
    ['x', 0, ''],
  ])('%s in %d px', (text, width, expected) => {
    expect(cutTo(estimate, text, width, 12)).toBe(expected);
  });
});
