import { describe, expect, it } from 'vitest';
import { testServer } from '../../testing/server.ts';

const pod = (name: string, resources: object = {}, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name, image: 'nginx', resources }], ...spec },
});

describe('Priority', () => {
  const high = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 5 };
  it('resolves the class', () => {
    const t = testServer();
    t.create(high);
    expect(t.create(pod('p', {}, { priorityClassName: 'high' })).spec).toMatchObject({ priority: 5 });
    expect(t.tryCreate(pod('q', {}, { priorityClassName: 'x' }))).toBe(
      '403 Forbidden: pods "q" is forbidden: no PriorityClass with name x was found',
    );
    expect(t.tryCreate(pod('r', {}, { priority: 5 }))).toBe(
      '403 Forbidden: pods "r" is forbidden: the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name',
    );
  });

  it('takes the global default', () => {
    const t = testServer();
    t.create({ ...high, globalDefault: true });
    expect(t.create(pod('p')).spec).toMatchObject({ priority: 5, priorityClassName: 'high' });
  });
});
