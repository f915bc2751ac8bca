import { expect, it } from 'vitest';
import { allocate, claim, contains, makePool, release, toAddress } from './addresses.ts';

it('hands out in turn and comes round', () => {
  const pool = makePool('10.244.3.0/29', 0);
  const all = Array.from({ length: 6 }, () => allocate(pool));
  expect(all).toEqual(['10.244.3.2', '10.244.3.3', '10.244.3.4', '10.244.3.5', '10.244.3.6', undefined]);
  release(pool, '10.244.3.3');
  release(pool, '10.0.0.1');
  expect(allocate(pool)).toBe('10.244.3.3');
});

it('does not give a freed address again at once', () => {
  const pool = makePool('10.244.0.0/24', 0);
  release(pool, allocate(pool)!);
  expect(allocate(pool)).toBe('10.244.0.3');
});

it('leaves out what is claimed, takes the node by its place without a CIDR', () => {
  const pool = makePool(undefined, 257);
  claim(pool, '10.245.1.2');
  expect(allocate(pool)).toBe('10.245.1.3');
  expect(contains(pool, '10.245.1.200')).toBe(true);
  expect(contains(pool, '10.244.1.200')).toBe(false);
  expect(toAddress(2 ** 32 - 1)).toBe('255.255.255.255');
});
