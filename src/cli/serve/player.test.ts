import { describe, expect, it } from 'vitest';
import type { Playground } from '../../playground/playground.ts';
import { Player } from './player.ts';
import { until } from './testing/served.ts';

/** A playground that notes who played it and how far. */
function noted(inputs: number[], runUntil?: () => boolean) {
  const calls: [who: string, target: number][] = [];
  const p = {
    elapsedMs: 0,
    world: { startMs: 1_000 },
    timeline: {
      get next() {
        return inputs.length ? { atMs: inputs[0], line: '' } : undefined;
      },
    },
    playTo(target: number) {
      inputs.shift();
      calls.push(['playTo', target]);
      p.elapsedMs = target;
      return true;
    },
    cluster: {
      runUntil(target: number) {
        calls.push(['runUntil', target]);
        if (runUntil) return runUntil();
        p.elapsedMs = target - 1_000;
        return true;
      },
    },
  };
  return { calls, playground: p as unknown as Playground };
}

describe('the player', () => {
  it("plays the scenario's inputs first, then the cluster alone, always forward", async () => {
    const { calls, playground } = noted([0]);
    const player = new Player(playground, { speed: 10, played: () => {}, crashed: () => {} });
    player.start();
    await until(
      () => calls.length,
      (n) => n >= 4,
    );
    player.stop();
    expect(calls[0]![0]).toBe('playTo');
    expect(calls.slice(1).every(([who]) => who === 'runUntil')).toBe(true);
    const targets = calls.map(([who, target]) => (who === 'playTo' ? target + 1_000 : target));
    expect(targets).toEqual([...targets].sort((a, b) => a - b));
    expect(new Set(targets).size).toBe(targets.length);
  });

  it('stands still at speed 0', async () => {
    const { calls, playground } = noted([]);
    const player = new Player(playground, { speed: 0, played: () => {}, crashed: () => {} });
    player.start();
    await until(
      () => calls.length,
      (n) => n >= 3,
    );
    player.stop();
    expect(new Set(calls.map(([, target]) => target))).toEqual(new Set([1_000]));
  });

  it('forgives what it cannot catch up with', async () => {
    const { calls, playground } = noted([], () => false);
    const player = new Player(playground, { speed: 1_000, played: () => {}, crashed: () => {} });
    player.start();
    await until(
      () => calls.length,
      (n) => n >= 200,
    );
    player.stop();
    // never more than twice what one slice may owe: what was owed before, and what has passed since
    expect(Math.max(...calls.map(([, target]) => target - 1_000))).toBeLessThanOrEqual(2 * 250 * 1_000);
  });

  it('tells of a crash once and plays no more', async () => {
    const crashes: unknown[] = [];
    const broken = new Error('an invariant');
    const { calls, playground } = noted([], () => {
      throw broken;
    });
    const player = new Player(playground, { speed: 1, played: () => {}, crashed: (e) => crashes.push(e) });
    player.start();
    await until(
      () => crashes.length,
      (n) => n > 0,
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(crashes).toEqual([broken]);
    expect(calls).toHaveLength(1);
  });
});
