import { describe, expect, it } from 'vitest';
import { nextIndent } from './indent.ts';

describe('nextIndent', () => {
  it.each([
    ['spec:', 2],
    ['  replicas: 3', 2],
    ['  template:', 4],
    ['      - name: web', 8],
    ['      - resources:', 10],
    ['  script: |', 4],
    ['  command: >-', 4],
    ['', 0],
    ['  ', 2],
    ['# note:', 0],
    ['  - a', 4],
  ])('%j', (before, spaces) => expect(nextIndent(before)).toBe(' '.repeat(spaces)));
});
