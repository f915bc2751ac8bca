import { describe, expect, it } from 'vitest';
import { testServer } from '../../testing/server.ts';

const pod = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p' },
  spec: { containers: [{ name: 'c', image: 'n' }], ...spec },
});
const serverWithClass = () => {
  const t = testServer();
  t.create({
    apiVersion: 'node.k8s.io/v1',
    kind: 'RuntimeClass',
    metadata: { name: 'kata' },
    handler: 'kata',
    overhead: { podFixed: { cpu: '250m' } },
    scheduling: { nodeSelector: { runtime: 'kata' }, tolerations: [{ key: 'kata', operator: 'Exists' }] },
  });
  return t;
};

describe('RuntimeClass', () => {
  it('brings its overhead, nodes and tolerations', () => {
    const spec = serverWithClass().create(pod({ runtimeClassName: 'kata' })).spec;
    expect(spec).toMatchObject({ overhead: { cpu: '250m' }, nodeSelector: { runtime: 'kata' } });
    expect((spec as { tolerations: object[] }).tolerations).toContainEqual({ key: 'kata', operator: 'Exists' });
  });
  it.each([
    [{ runtimeClassName: 'x' }, 'pod rejected: RuntimeClass "x" not found'],
    [{ overhead: { cpu: '1' } }, 'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead'],
    [
      { runtimeClassName: 'kata', overhead: { cpu: '1' } },
      "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead",
    ],
    [
      { runtimeClassName: 'kata', nodeSelector: { runtime: 'runc' } },
      'pod rejected: conflict: runtimeClass.scheduling.nodeSelector[runtime] = kata; pod.spec.nodeSelector[runtime] = runc',
    ],
  ])('%j', (spec, words) => {
    expect(serverWithClass().tryCreate(pod(spec))).toBe(`403 Forbidden: pods "p" is forbidden: ${words}`);
  });
});
