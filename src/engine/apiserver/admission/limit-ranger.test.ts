import { describe, expect, it } from 'vitest';
import { testServer } from '../../testing/server.ts';

const pod = (name: string, resources: object = {}, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name, image: 'nginx', resources }], ...spec },
});

describe('LimitRanger, in the recorded words', () => {
  const sizes = {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'sizes' },
    spec: {
      limits: [
        {
          type: 'Container',
          default: { cpu: '200m', memory: '128Mi' },
          defaultRequest: { cpu: '100m', memory: '64Mi' },
          max: { cpu: '500m' },
          min: { cpu: '50m' },
        },
        { type: 'Pod', max: { cpu: '1' } },
      ],
    },
  };
  it('fills in and says so', () => {
    const t = testServer();
    t.create(sizes);
    const b = t.create(pod('b'));
    expect((b.spec as { containers: { resources: object }[] }).containers[0]!.resources).toEqual({
      limits: { cpu: '200m', memory: '128Mi' },
      requests: { cpu: '100m', memory: '64Mi' },
    });
    expect(b.metadata.annotations).toEqual({
      'kubernetes.io/limit-ranger':
        'LimitRanger plugin set: cpu, memory request for container b; cpu, memory limit for container b',
    });
  });
  it.each([
    [
      'd',
      { limits: { cpu: '2' } },
      '[maximum cpu usage per Container is 500m, but limit is 2, maximum cpu usage per Pod is 1, but limit is 2]',
    ],
    ['e', { limits: { cpu: '10m' } }, 'minimum cpu usage per Container is 50m, but request is 10m'],
  ])('%s', (name, resources, words) => {
    const t = testServer();
    t.create(sizes);
    expect(t.tryCreate(pod(name, resources))).toBe(`403 Forbidden: pods "${name}" is forbidden: ${words}`);
  });
});
