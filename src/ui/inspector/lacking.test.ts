import { describe, expect, it } from 'vitest';
import { t } from '../i18n/index.ts';
import { clusterNodes } from '../testing/fake-rows.ts';
import { lackingWords } from './lacking.ts';

const node = clusterNodes().find((n) => n.name === 'worker-x86')!;
const free = node.cpuMilli.allocatable - node.cpuMilli.requested;

describe('lackingWords', () => {
  it.each([
    [{ cpuMilli: free + 650, memoryBytes: 0 }, '0.65 CPU short'],
    [
      { cpuMilli: free, memoryBytes: node.memoryBytes.allocatable - node.memoryBytes.requested + 2 ** 30 },
      '1 GiB short',
    ],
    [{ cpuMilli: free, memoryBytes: 0 }, ''],
  ])('%j: %s', (ask, words) => expect(lackingWords(node, ask, t)).toBe(words));
  it('says nothing without a node or a question', () => {
    expect(lackingWords(undefined, { cpuMilli: 1, memoryBytes: 1 }, t)).toBe('');
    expect(lackingWords(node, undefined, t)).toBe('');
  });
});
