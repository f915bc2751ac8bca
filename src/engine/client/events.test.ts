import { describe, expect, it } from 'vitest';
import type { Event } from '../api/core.ts';
import { RandomSource } from '../sim/random.ts';
import { pod } from '../testing/builders.ts';
import { testServer } from '../testing/server.ts';
import { Client } from './client.ts';
import { makeRecorder } from './events.ts';

function recorderOn() {
  const t = testServer();
  const make = () =>
    makeRecorder({
      api: new Client((r) => t.handle(r), 'system:tester'),
      list: t.store,
      component: 'tester',
      random: new RandomSource(1).fork('tester'),
      now: () => t.clock.now,
    });
  const events = () => [...t.store.list<Event>('Event')];
  const shown = () => events().map((e) => `${e.message}${(e.count ?? 1) > 1 ? ` x${e.count}` : ''}`);
  return { t, make, events, shown };
}
const note = (message: string, reason = 'Tested') => ({ type: 'Normal' as const, reason, message });

describe('events', () => {
  it('of equal words are counted', () => {
    const { t, make, events, shown } = recorderOn();
    const recorder = make();
    const p = pod('p');
    recorder.event(p, note('a'));
    t.clock.now += 3000;
    recorder.event(p, note('a'));
    recorder.event(p, note('b'));
    expect(shown()).toEqual(['a x2', 'b']);
    expect(events()[0]).toMatchObject({
      firstTimestamp: '2026-01-01T00:00:00Z',
      lastTimestamp: '2026-01-01T00:00:03Z',
    });
  });

  it('are named so that they sort by time', () => {
    const { t, make, events } = recorderOn();
    const recorder = make();
    const p = pod('p');
    for (const m of ['first', 'second', 'third']) {
      recorder.event(p, note(m));
      if (m === 'second') t.clock.now += 1;
    }
    const byName = events().sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
    expect(byName.map((e) => e.message)).toEqual(['first', 'second', 'third']);
    expect(byName[0]!.metadata.name).toMatch(/^p\.[0-9a-f]{16}$/);
  });

  it('of one kind with ten different messages are combined from then on', () => {
    const { make, shown } = recorderOn();
    const recorder = make();
    const p = pod('p');
    for (let i = 1; i <= 12; i++) recorder.event(p, note(`m${i}`));
    expect(shown()).toEqual([
      ...Array.from({ length: 9 }, (_, i) => `m${i + 1}`),
      '(combined from similar events): m12 x3',
    ]);
  });

  it('are counted on by a recorder that starts anew', () => {
    const { make, shown } = recorderOn();
    const p = pod('p');
    for (let i = 1; i <= 10; i++) make().event(p, note(`m${i}`));
    make().event(p, note('m1'));
    make().event(p, note('m11'));
    expect(shown()[0]).toBe('m1 x2');
    expect(shown().slice(-1)).toEqual(['(combined from similar events): m11 x2']);
  });

  it('of the newer group carry no source and start a series on their first repeat', () => {
    const { t, make, events } = recorderOn();
    const recorder = make();
    const p = pod('p');
    const failed = { type: 'Warning' as const, reason: 'FailedScheduling', message: 'no', action: 'Scheduling' };
    recorder.event(p, failed);
    expect(events()[0]).toMatchObject({ source: {}, reportingInstance: 'tester-k8s-master', lastTimestamp: null });
    expect(events()[0]).not.toHaveProperty('count');
    t.clock.now += 60_000;
    make().event(p, failed);
    expect(events()[0]!.series).toEqual({ count: 2, lastObservedTime: '2026-01-01T00:01:00.000000Z' });
    t.clock.now += 60_000;
    const revision = t.store.revision;
    recorder.event(p, failed);
    expect(t.store.revision).toBe(revision);
  });

  it('of the newer group start anew after a pause', () => {
    const { t, make, events } = recorderOn();
    const recorder = make();
    const note1 = { type: 'Normal' as const, reason: 'Scheduled', message: 'x', action: 'Binding' };
    const p = pod('p');
    recorder.event(p, note1);
    t.clock.now += 361_000;
    recorder.event(p, note1);
    expect(events()).toHaveLength(2);
  });

  it('of different objects and reasons stay apart', () => {
    const { make, shown } = recorderOn();
    const recorder = make();
    recorder.event(pod('p'), note('a'));
    recorder.event(pod('q'), note('a'));
    recorder.event(pod('p'), note('a', 'Other'));
    expect(shown()).toEqual(['a', 'a', 'a']);
  });
});
