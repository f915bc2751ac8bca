import { describe, expect, it } from 'vitest';
import { t } from '../i18n/index.ts';
import { amount, asks, cpu, memory, span } from './format.ts';

describe('format', () => {
  it.each([
    [2500, '2.5'],
    [650, '0.65'],
    [1850, '1.85'],
    [4000, '4'],
    [0, '0'],
  ])('cpu %i', (milli, text) => expect(cpu(milli)).toBe(text));

  it.each([
    [2 * 1024 ** 3, '2 GiB'],
    [256 * 1024 ** 2, '256 MiB'],
    [7.2 * 1024 ** 3, '7.2 GiB'],
    [512, '512 B'],
    [-1024, '-1 KiB'],
    [123.4 * 1024 ** 3, '123 GiB'],
  ])('memory %i', (bytes, text) => expect(memory(bytes)).toBe(text));

  it.each([
    [13_900, '13.9 s'],
    [125_000, '2 min 5 s'],
    [12_000_000, '3 h 20 min'],
    [60_000, '1 min'],
  ])('span %i', (ms, text) => expect(span(ms, t)).toBe(text));

  it.each([
    ['cpu', '650m', '0.65 CPU'],
    ['memory', '1Gi', '1 GiB'],
    ['nvidia.com/gpu', '1', '1 nvidia.com/gpu'],
    ['cpu', 'many', 'many cpu'],
  ])('amount %s %s', (resource, text, expected) => expect(amount(resource, text)).toBe(expected));

  it('says what a pod asks for', () => {
    expect(asks({ cpuMilli: 2500, memoryBytes: 2 * 1024 ** 3 }, t)).toBe('2.5 CPU, 2 GiB');
    expect(asks({ cpuMilli: 0, memoryBytes: 0 }, t)).toBe('');
  });
});
