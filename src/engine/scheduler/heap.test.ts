import { expect, it } from 'vitest';
import { RandomSource } from '../sim/random.ts';
import { Heap } from './heap.ts';

it('gives back what is smallest, whatever came, went and changed', () => {
  const random = new RandomSource(7).fork('heap');
  const heap = new Heap<{ n: number }>((a, b) => a.n < b.n);
  const there: { n: number }[] = [];
  for (let i = 0; i < 500; i++) {
    const act = random.int(4);
    const some = there.length ? random.pick(there) : undefined;
    if (act < 2 || !some) {
      const entry = { n: random.int(1000) };
      there.push(entry);
      heap.push(entry);
    } else if (act === 2) {
      some.n = random.int(1000);
      heap.fix(some);
    } else {
      there.splice(there.indexOf(some), 1);
      heap.remove(some);
    }
    expect(heap.peek()?.n).toBe(there.length ? Math.min(...there.map((e) => e.n)) : undefined);
  }
  const out: number[] = [];
  for (let e = heap.pop(); e; e = heap.pop()) out.push(e.n);
  expect(out).toEqual(there.map((e) => e.n).sort((a, b) => a - b));
});
