import { describe, expect, it } from 'vitest';
import type { MarkRow } from '../../view/rows.ts';
import { barsOf, branchLines, clock, flagsOf, msOf, shortCommand, spanFor, tickLabel, ticksOf, xOf } from './layout.ts';

const axis = { width: 632, spanMs: 60_000 };
const mark = (atMs: number, kind: MarkRow['kind'] = 'progress', text = ''): MarkRow => ({ id: atMs, atMs, kind, text });

describe('the time axis', () => {
  it('goes there and back', () => {
    for (const ms of [0, 1234, 60_000]) expect(msOf(axis, xOf(axis, ms))).toBeCloseTo(ms, 6);
    expect(msOf(axis, -50)).toBe(0);
    expect(msOf(axis, 9999)).toBe(60_000);
  });

  it.each([
    [0, 60_000],
    [42_000, 60_000],
    [60_000, 70_000],
    [3_600_000, 4_200_000],
  ])('leaves room after %i ms', (end, span) => {
    expect(spanFor(end)).toBe(span);
    expect(spanFor(end)).toBeGreaterThan(end);
  });

  it('has ticks from 0 to the end', () => {
    expect(ticksOf(axis).map((t) => t.ms)).toEqual([0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000]);
  });

  it.each([
    [42_345, '00:42.3'],
    [0, '00:00.0'],
    [600_000, '10:00.0'],
    [3_661_000, '1:01:01.0'],
  ])('clock %i', (ms, text) => expect(clock(ms)).toBe(text));

  it('words ticks in the unit of the span', () => {
    expect(tickLabel(10_000, 60_000)).toEqual({ value: '10', unit: 's' });
    expect(tickLabel(120_000, 600_000)).toEqual({ value: '2', unit: 'min' });
  });
});

describe('flags', () => {
  it.each([
    ['kubectl apply -f web.yaml', 'apply web'],
    ['kubectl drain worker-x86-2 --ignore-daemonsets --force', 'drain worker-x86-2'],
    ['berth fault power-off w1', 'berth fault power-off w1'],
    ['k get po', 'get po'],
  ])('%s', (line, text) => expect(shortCommand(line)).toBe(text));

  const marks = [
    mark(1000, 'input', 'kubectl apply -f web.yaml'),
    mark(3000, 'input', 'kubectl cordon a'),
    mark(40_000, 'input', 'kubectl cordon b'),
  ];

  it('drops a label that would run into the next flag', () => {
    expect(flagsOf(axis, marks, 0, 600).map((f) => f.label)).toEqual(['', 'cordon a', 'cordon b']);
  });

  it('moves a label right of the playhead that would cross it, where there is room', () => {
    const play = xOf(axis, 41_000);
    expect(flagsOf(axis, marks, 0, play).at(-1)).toMatchObject({ label: 'cordon b', labelX: play + 9 });
    expect(flagsOf({ ...axis, width: 200 }, marks, 0, 150).at(-1)!.label).toBe('');
  });
});

describe('bars', () => {
  it('merges what is closer than 4 px and shows the worst of it', () => {
    const bars = barsOf(axis, [mark(1000), mark(1200, 'trouble'), mark(1300), mark(9000, 'leaving')], 0);
    expect(bars.map((b) => [b.kind, b.marks.length])).toEqual([
      ['trouble', 3],
      ['leaving', 1],
    ]);
  });
});

describe('branches', () => {
  const branch = (id: number, name: string, atMs: number, endMs: number, current = false) => ({
    id,
    name,
    atMs,
    endMs,
    current,
    outcome: '',
  });
  const start = 1_000_000;

  it('the main line parts from a branch where that left it', () => {
    const lines = branchLines(
      axis,
      [branch(1, 'kubectl cordon a', start + 20_000, start + 30_000, true), branch(0, '', start, start + 50_000)],
      start,
    );
    expect(lines).toMatchObject([{ fromX: xOf(axis, 20_000), toX: xOf(axis, 50_000), y: 22 }]);
  });

  it('a branch is drawn from where it left, never shorter than its curve', () => {
    const lines = branchLines(
      axis,
      [branch(0, '', start, start + 50_000, true), branch(1, 'x', start + 20_000, start + 20_100)],
      start,
    );
    expect(lines).toMatchObject([{ fromX: xOf(axis, 20_000), toX: xOf(axis, 20_000) + 44 }]);
  });
});
