import { describe, expect, it } from 'vitest';
import { ADD, DELETE, type Happening, UPDATE_NODE_TAINT, UPDATE_POD_GATES_ELIMINATED } from './framework/events.ts';
import type { EventHint } from './framework/interface.ts';
import { unresolvable } from './framework/status.ts';
import { SchedulingQueue } from './queue.ts';
import { node, pod } from './testing/cluster.ts';

const HINTS: Record<string, readonly EventHint[]> = {
  Fit: [
    { resource: 'Node', action: ADD },
    { resource: 'Pod', action: DELETE, hint: (_, { old }) => (old?.metadata.name === 'large' ? 'Queue' : 'Skip') },
  ],
  Taint: [{ resource: 'Node', action: ADD | UPDATE_NODE_TAINT }],
  Gates: [{ resource: 'Pod', action: UPDATE_POD_GATES_ELIMINATED }],
};

function make(): SchedulingQueue {
  return new SchedulingQueue({
    less: (a, b) =>
      a.priority !== b.priority
        ? a.priority > b.priority
        : a.timestamp !== b.timestamp
          ? a.timestamp < b.timestamp
          : a.seq < b.seq,
    preEnqueue: (p) => (p.spec.schedulingGates?.length ? unresolvable('Gates', 'gated') : null),
    hintsOf: (_, plugin) => HINTS[plugin] ?? [],
    initialBackoffMs: 1000,
    maxBackoffMs: 10_000,
  });
}

const add = (q: SchedulingQueue, name: string, now = 0, priority = 0) =>
  q.add(pod(name, { spec: { priority } }), `default/${name}`, now);
const newNode: Happening = { resource: 'Node', action: ADD, label: '', now: node('n') };
const leaves = (name: string): Happening => ({
  resource: 'AssignedPod',
  action: DELETE,
  label: '',
  old: pod(name, { on: 'n' }),
});
const lanes = (q: SchedulingQueue): string => {
  const l = q.lanes();
  return (['active', 'backoff', 'unschedulable', 'gated'] as const)
    .map((lane) => `${lane}:${l[lane].map((e) => e.pod.metadata.name).join(',')}`)
    .filter((t) => !t.endsWith(':'))
    .join(' ');
};

/** Takes the next pod and lets the attempt fail. */
function fail(q: SchedulingQueue, rejectors: string[], now: number): string {
  const entry = q.pop()!;
  q.putBack(entry, rejectors, now);
  return entry.pod.metadata.name;
}

describe('order', () => {
  it('priority, then who waits longer; a failed pod goes behind its equals', () => {
    const q = make();
    add(q, 'a', 0);
    add(q, 'b', 1);
    add(q, 'high', 2, 10);
    expect(lanes(q)).toBe('active:high,a,b');
    fail(q, ['Fit'], 3);
    fail(q, ['Fit'], 3);
    q.happened(newNode, 20_000);
    expect(lanes(q)).toBe('active:high,b,a');
  });
});

describe('another try', () => {
  it.each([
    ['an event of the plugin that refused', ['Fit'], newNode, true],
    ['an event of another plugin', ['Taint'], leaves('large'), false],
    ['the hint says no', ['Fit'], leaves('small'), false],
    ['the hint says yes', ['Fit'], leaves('large'), true],
    [
      'one of several refusers is enough',
      ['Fit', 'Taint'],
      { ...newNode, action: UPDATE_NODE_TAINT, old: node('n') },
      true,
    ],
  ])('%s', (_, rejectors, happening, moved) => {
    const q = make();
    add(q, 'a');
    fail(q, rejectors, 0);
    expect(q.happened(happening as Happening, 20_000)).toBe(moved ? 1 : 0);
  });
});

describe('back-off', () => {
  it('doubles to ten seconds, on whole seconds', () => {
    const q = make();
    add(q, 'a');
    const ends: number[] = [];
    for (let i = 0, now = 500; i < 6; i++, now += 60_000) {
      fail(q, ['Fit'], now);
      ends.push((q.get('default/a')!.backoffUntil - Math.floor(now / 1000) * 1000) / 1000);
      q.happened(newNode, now + 30_000);
    }
    expect(ends).toEqual([1, 2, 4, 8, 10, 10]);
  });
  it('a freed pod serves it behind the active ones, and is taken at once when there are none', () => {
    const q = make();
    add(q, 'a');
    fail(q, ['Fit'], 0);
    add(q, 'b', 1);
    q.happened(newNode, 100);
    expect(lanes(q)).toBe('active:b backoff:a');
    expect(q.pop()!.key).toBe('default/b');
    expect(q.pop()!.key).toBe('default/a');
  });
  it('an error waits it out', () => {
    const q = make();
    add(q, 'a');
    fail(q, [], 0);
    expect(q.pop()).toBeUndefined();
    expect(q.nextFlush()).toBe(2000);
    q.flush(1999, 0);
    expect(lanes(q)).toBe('backoff:a');
    q.flush(2000, 1999);
    expect(lanes(q)).toBe('active:a');
  });
});

it('five minutes without an event are enough', () => {
  const q = make();
  add(q, 'a');
  fail(q, ['Fit'], 1000);
  expect(q.nextFlush()).toBe(330_000);
  q.flush(300_000, 299_000);
  expect(lanes(q)).toBe('unschedulable:a');
  q.flush(330_000, 329_000);
  expect(lanes(q)).toBe('active:a');
});

describe('gates', () => {
  const gated = pod('g', { spec: { schedulingGates: [{ name: 'x' }] } });
  it('hold a pod whatever happens and however long it waits', () => {
    const q = make();
    q.add(gated, 'default/g', 0);
    q.happened(newNode, 1);
    q.flush(1_000_000, 0);
    expect(lanes(q)).toBe('gated:g');
    expect(q.nextFlush()).toBeUndefined();
  });
  it('let it go when the last is gone', () => {
    const q = make();
    q.add(gated, 'default/g', 0);
    const open = pod('g');
    q.update(
      open,
      'default/g',
      [{ resource: 'UnschedulablePod', action: UPDATE_POD_GATES_ELIMINATED, label: '', old: gated, now: open }],
      1,
    );
    expect(lanes(q)).toBe('active:g');
  });
});

it('a change of a waiting pod keeps its place in time', () => {
  const q = make();
  add(q, 'a', 0);
  add(q, 'b', 1);
  q.update(pod('b', { spec: { priority: 5 } }), 'default/b', [], 9);
  expect(lanes(q)).toBe('active:b,a');
  expect(q.get('default/b')!.timestamp).toBe(1);
});

it('goes on the same from its saved form', () => {
  const q = make();
  for (const [i, name] of ['a', 'b', 'c', 'd'].entries()) add(q, name, i);
  fail(q, ['Fit'], 10);
  fail(q, [], 11);
  const copy = make();
  copy.load(JSON.parse(JSON.stringify(q.save())), (key) => q.get(key)!.pod);
  for (const each of [q, copy]) {
    each.happened(newNode, 12);
    each.flush(5000, 12);
  }
  expect(lanes(copy)).toBe(lanes(q));
  expect(copy.save()).toEqual(q.save());
});
