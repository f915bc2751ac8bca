import { describe, expect, it } from 'vitest';
import { testServer } from '../../testing/server.ts';

const pod = (name: string, resources: object = {}, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name, image: 'nginx', resources }], ...spec },
});

describe('DefaultTolerationSeconds', () => {
  it.each([
    [[], 2],
    [[{ key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' }], 2],
    [[{ operator: 'Exists' }], 1],
    [[{ key: 'a', operator: 'Exists' }], 3],
  ])('%j', (tolerations, count) => {
    const t = testServer();
    expect((t.create(pod('p', {}, { tolerations })).spec as { tolerations: object[] }).tolerations).toHaveLength(count);
  });
});
