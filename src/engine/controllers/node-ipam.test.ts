import { expect, it } from 'vitest';
import type { Node } from '../api/core.ts';
import { type Lab, lab } from '../testing/lab.ts';

const ranges = (c: Lab): string =>
  c
    .all<Node>('Node')
    .map((n) => `${n.metadata.name}=${n.spec.podCIDR}`)
    .join(' ');

it('every node gets a range of its own', () => {
  const c = lab('w1 w2');
  expect(ranges(c)).toBe('w1=10.244.0.0/24 w2=10.244.1.0/24');
  c.create(
    '{apiVersion: v1, kind: Node, metadata: {name: own}, spec: {podCIDR: 10.244.2.0/24, podCIDRs: [10.244.2.0/24]}}',
  );
  c.create('{apiVersion: v1, kind: Node, metadata: {name: w3}}');
  c.run(1);
  expect(ranges(c)).toBe('w1=10.244.0.0/24 w2=10.244.1.0/24 own=10.244.2.0/24 w3=10.244.3.0/24');
  expect(c.disturb()).toEqual([]);
});
