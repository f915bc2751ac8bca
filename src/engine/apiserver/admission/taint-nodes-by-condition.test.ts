import { describe, expect, it } from 'vitest';
import { testServer } from '../../testing/server.ts';

describe('TaintNodesByCondition', () => {
  it('a new node is not ready', () => {
    const t = testServer();
    expect(t.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } }).spec).toEqual({
      taints: [{ key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }],
    });
  });
});
