import { describe, expect, it } from 'vitest';
import { fitMessage, truncateNote } from './fit-error.ts';
import { type Status, unresolvable, unschedulable } from './status.ts';

const statuses = (...list: [number, Status][]) =>
  new Map(list.flatMap(([n, s], k) => Array.from({ length: n }, (_, i): [string, Status] => [`${k}-${i}`, s])));
const cpu = unschedulable('Fit', 'Insufficient cpu');
const absent = unresolvable('');

describe('the message', () => {
  it('counts reasons and sorts them as texts', () =>
    expect(
      fitMessage(
        12,
        { explicit: statuses([2, unresolvable('T', 'node(s) had untolerated taint(s)')], [10, cpu]), absent },
        '',
        '',
      ),
    ).toBe('0/12 nodes are available: 10 Insufficient cpu, 2 node(s) had untolerated taint(s).'));
  it('several reasons of one node count each', () =>
    expect(
      fitMessage(
        1,
        { explicit: statuses([1, unschedulable('Fit', 'Insufficient cpu', 'Insufficient memory')]), absent },
        '',
        '',
      ),
    ).toBe('0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory.'));
  it('nodes without a status count as the absent ones', () =>
    expect(fitMessage(3, { explicit: statuses([1, cpu]), absent: unresolvable('', 'elsewhere') }, '', '')).toBe(
      '0/3 nodes are available: 1 Insufficient cpu, 2 elsewhere.',
    ));
  it('a refusal before the filters has no count', () =>
    expect(fitMessage(3, { explicit: new Map(), absent }, 'no claim', 'not found')).toBe(
      '0/3 nodes are available: no claim. not found',
    ));
});

describe('an event’s note', () => {
  it('of 1024 bytes stays', () => expect(truncateNote('a'.repeat(1024))).toBe('a'.repeat(1024)));
  it('of more is cut', () => expect(truncateNote('a'.repeat(1025))).toBe(`${'a'.repeat(1020)} ...`));
  it('bytes count, not letters', () => expect(truncateNote('é'.repeat(600))).toBe(`${'é'.repeat(510)} ...`));
});
