import { expect, it } from 'vitest';
import { yard } from '../../testing/yard.ts';
import type { KubeletState } from '../state.ts';

const pod =
  '{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {nodeName: w1, containers: [{name: c, image: "nginx:1.27"}]}}';

it('a saved state does not follow what happens later, whoever does it', () => {
  const y = yard('w1 w2');
  y.create(pod);
  y.run(1);
  const check = (change: () => void): void => {
    const saved = y.cluster.snapshot();
    const before = JSON.stringify(saved.states.kubelet);
    change();
    y.run(3);
    expect(JSON.stringify(saved.states.kubelet)).toBe(before);
    expect(JSON.stringify(y.cluster.stateOf<KubeletState>('kubelet'))).not.toBe(before);
  };
  check(() => y.run(3));
  check(() =>
    y.request({
      verb: 'create',
      resource: 'pods',
      namespace: 'default',
      name: 'p',
      subresource: 'exec',
      query: { command: ['touch', '/tmp/x'] },
    }),
  );
  check(() => y.fault('eat-memory', 'w1'));
  check(() => y.fault('power-off', 'w1'));
});

it('shares what nobody touches', () => {
  const y = yard();
  y.create(pod);
  y.run(6);
  const first = y.cluster.snapshot().states.kubelet as KubeletState;
  y.run(60);
  const second = y.cluster.snapshot().states.kubelet as KubeletState;
  expect(second.pods['default/p']).toBe(first.pods['default/p']);
});
