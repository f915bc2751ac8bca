import { describe, expect, it } from 'vitest';
import type { Lesson, Predicate } from '../../scenarios/lesson.ts';
import { applyFrame, emptyRows } from '../rows.ts';
import { clusterFrame } from '../testing/fake-rows.ts';
import { holds, progress } from './goals.ts';

const rows = emptyRows();
applyFrame(rows, clusterFrame());

describe('holds', () => {
  it.each<[boolean, Predicate]>([
    [true, { kind: 'running', workload: 'web' }],
    [true, { kind: 'running', workload: 'web', count: 2, forMs: 5000 }],
    [false, { kind: 'running', workload: 'web', forMs: 60_000 }],
    [false, { kind: 'running', workload: 'web', count: 3 }],
    [false, { kind: 'running', workload: 'ledger' }],
    [false, { kind: 'placed', workload: 'trainer' }],
    [true, { kind: 'placed', workload: 'db' }],
    [true, { kind: 'pending', workload: 'trainer' }],
    [false, { kind: 'pending', workload: 'db' }],
    [true, { kind: 'on', workload: 'db', arch: 'ppc64le' }],
    [false, { kind: 'on', workload: 'db', nodes: ['worker-x86'] }],
    [false, { kind: 'on', workload: 'nothing', arch: 'amd64' }],
    [true, { kind: 'gone', workload: 'nothing' }],
    [false, { kind: 'gone', workload: 'web' }],
    [false, { kind: 'empty', node: 'worker-x86-2' }],
    [true, { kind: 'cordoned', node: 'worker-x86-2', on: true }],
    [true, { kind: 'cordoned', node: 'worker-x86', on: false }],
    [false, { kind: 'cordoned', node: 'no-such-node', on: false }],
    [true, { kind: 'tainted', node: 'k8s-master', key: 'node-role.kubernetes.io/control-plane', on: true }],
    [true, { kind: 'tainted', node: 'worker-x86', key: 'a', on: false }],
    [true, { kind: 'undisturbed', workload: 'db' }],
  ])('%s: %j', (expected, predicate) => expect(holds(predicate, rows)).toBe(expected));

  it('notices that a pod had to leave', () => {
    const disturbed = emptyRows();
    applyFrame(disturbed, clusterFrame());
    disturbed.marks.push({
      id: 99,
      atMs: 0,
      kind: 'leaving',
      text: 'Killing',
      subject: { kind: 'Pod', key: 'default/db-0' },
    });
    expect(holds({ kind: 'undisturbed', workload: 'db' }, disturbed)).toBe(false);
  });
});

describe('progress', () => {
  const words = { en: '', ko: '' };
  const lesson: Lesson = {
    number: 1,
    text: words,
    goals: [{ ...words, when: { kind: 'running', workload: 'ledger' } }],
    steps: [
      { ...words },
      { ...words, when: { kind: 'running', workload: 'web' } },
      { ...words, when: { kind: 'gone', workload: 'trainer' } },
    ],
    hints: [],
    solution: [],
  };
  it('counts the steps behind; one without a check goes with the next', () => {
    expect(progress(lesson, rows)).toEqual({ goals: [false], done: 2, finished: false });
  });
  it('keeps what was done', () => {
    expect(progress(lesson, rows, 3).done).toBe(3);
  });
  it('is finished when every goal holds, whatever the steps', () => {
    const easy = { ...lesson, goals: [{ ...words, when: { kind: 'running', workload: 'web' } as const }] };
    expect(progress(easy, rows)).toEqual({ goals: [true], done: 3, finished: true });
  });
});
