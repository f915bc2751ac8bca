import { expect, it } from 'vitest';
import type { PodDisruptionBudget } from '../api/policy.ts';
import { type Lab, lab } from '../testing/lab.ts';

const deployment = (replicas: number): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: nginx}]}}
`;
const budget = (name: string, rule: string, app = 'web'): string =>
  `{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: ${name}}, spec: {${rule}, selector: {matchLabels: {app: ${app}}}}}`;

function status(c: Lab, name: string): string {
  const s = c.get<PodDisruptionBudget>('PodDisruptionBudget', name)!.status;
  return `allowed ${s.disruptionsAllowed} healthy ${s.currentHealthy} desired ${s.desiredHealthy} expected ${s.expectedPods}`;
}

it.each([
  ['minAvailable: 50%', 'allowed 1 healthy 3 desired 2 expected 3', 'True SufficientPods'],
  ['minAvailable: 1', 'allowed 2 healthy 3 desired 1 expected 3', 'True SufficientPods'],
  ['maxUnavailable: 1', 'allowed 1 healthy 3 desired 2 expected 3', 'True SufficientPods'],
  ['maxUnavailable: 50%', 'allowed 2 healthy 3 desired 1 expected 3', 'True SufficientPods'],
  ['maxUnavailable: 0', 'allowed 0 healthy 3 desired 3 expected 3', 'False InsufficientPods'],
])('three pods, %s', (rule, expected, condition) => {
  const c = lab('w1');
  c.create(deployment(3));
  c.run(2);
  c.create(budget('b', rule));
  c.run(1);
  expect(status(c, 'b')).toBe(expected);
  expect(c.conditions('PodDisruptionBudget', 'b')).toEqual([`DisruptionAllowed=${condition}`]);
  expect(c.disturb()).toEqual([]);
});

it('follows its pods; bare pods count for nothing with maxUnavailable', () => {
  const c = lab('w1');
  c.create(deployment(3));
  c.create(budget('b', 'minAvailable: 50%'));
  c.create(budget('none', 'maxUnavailable: 1', 'nothing'));
  c.create(
    '{apiVersion: v1, kind: Pod, metadata: {name: solo, labels: {app: solo}}, spec: {containers: [{name: c, image: nginx}]}}',
  );
  c.create(budget('solo', 'maxUnavailable: 0', 'solo'));
  c.run(2);
  expect(status(c, 'solo')).toBe('allowed 0 healthy 1 desired 0 expected 0');
  expect(status(c, 'none')).toBe('allowed 0 healthy 0 desired 0 expected 0');
  expect(c.events('PodDisruptionBudget')).toContain('NoPods No matching pods found');
  expect(
    c
      .events('PodDisruptionBudget')
      .some((e) => e.includes('(selector: &LabelSelector{MatchLabels:map[string]string{app: solo,}')),
  ).toBe(true);
  c.patch('Deployment', 'web', { spec: { replicas: 1 } });
  c.run(2);
  expect(status(c, 'b')).toBe('allowed 0 healthy 1 desired 1 expected 1');
  expect(c.disturb()).toEqual([]);
});

it('an eviction takes one from the allowance and gives it back when a new pod is ready', () => {
  const c = lab('w1');
  c.create(deployment(2));
  c.create(budget('b', 'maxUnavailable: 1'));
  c.run(2);
  const evict = (name: string): boolean =>
    c.request({
      verb: 'create',
      resource: 'pods',
      namespace: 'default',
      name,
      subresource: 'eviction',
      body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } },
    }).ok;
  const names = c.all('Pod').map((p) => p.metadata.name);
  expect(evict(names[0]!)).toBe(true);
  expect(evict(names[1]!)).toBe(false);
  c.run(2);
  expect(status(c, 'b')).toBe('allowed 1 healthy 2 desired 1 expected 2');
  expect(evict(names[1]!)).toBe(true);
});

it('daemon pods have no scale', () => {
  const c = lab('w1');
  c.create(
    '{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: d}, spec: {selector: {matchLabels: {app: d}}, template: {metadata: {labels: {app: d}}, spec: {containers: [{name: c, image: nginx}]}}}}',
  );
  c.create(budget('b', 'maxUnavailable: 1', 'd'));
  c.run(3);
  expect(c.conditions('PodDisruptionBudget', 'b')).toEqual(['DisruptionAllowed=False SyncFailed']);
  expect(c.events('PodDisruptionBudget').at(-1)).toBe(
    'CalculateExpectedPodCountFailed Failed to calculate the number of expected pods: daemonsets.apps does not implement the scale subresource',
  );
  expect(c.disturb()).toEqual([]);
});
