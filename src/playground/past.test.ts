import { describe, expect, it } from 'vitest';
import { Playground } from './playground.ts';
import { runLine } from './programs.ts';

const world = { seed: 1, startMs: Date.UTC(2026, 0, 1), kubelet: 'kwok' as const, cluster: [], files: {} };

describe('acting in the past', () => {
  const later = () => {
    const p = new Playground(world, runLine);
    p.playTo(1000);
    p.start('kubectl create namespace one', undefined);
    p.playTo(5000);
    p.seek(500);
    return p;
  };

  it('looking starts no branch', () => {
    const p = later();
    p.start('kubectl get namespaces', undefined);
    p.playTo(600);
    expect(p.branches()).toHaveLength(1);
    expect(p.past).toBe(true);
    p.seek(5000);
    expect(p.cluster.list.byKey('Namespace', 'one')).toBeTruthy();
  });

  it.each(['berth scheduler show --defaults', 'berth explain nobody', 'berth drain-preview nobody'])(
    '%s starts none either',
    (line) => {
      const p = later();
      p.start(line, undefined);
      p.playTo(600);
      expect([p.branches().length, p.past]).toEqual([1, true]);
    },
  );

  it('looking before a story is over leaves the rest of it', () => {
    const p = new Playground(world, runLine, [{ atMs: 2000, line: 'kubectl create namespace one' }]);
    p.playTo(1000);
    p.start('kubectl get namespaces', undefined);
    p.playTo(3000);
    expect(p.branches()).toHaveLength(1);
    expect(p.cluster.list.byKey('Namespace', 'one')).toBeTruthy();
  });

  it('changing something does, and the old story stays', () => {
    const p = later();
    p.start('kubectl create namespace two', undefined);
    p.playTo(5000);
    expect(p.branches()).toHaveLength(2);
    expect(p.cluster.list.byKey('Namespace', 'one')).toBeUndefined();
    const old = p.branches().find((b) => !b.current)!;
    p.switchBranch(old.id);
    expect(p.cluster.list.byKey('Namespace', 'one')).toBeTruthy();
  });
});
