import { describe, expect, it } from 'vitest';
import type { Deployment, ReplicaSet } from '../../api/apps.ts';
import { type Lab, lab } from '../../testing/lab.ts';

const web = (more = '', image = 'nginx:1.26', replicas = 4): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  ${more}
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: "${image}"}]}}
`;

const setImage = (c: Lab, image: string): void =>
  c.patch('Deployment', 'web', { spec: { template: { spec: { containers: [{ name: 'c', image }] } } } });

const sets = (c: Lab): string[] =>
  c.all<ReplicaSet>('ReplicaSet').map((rs) => {
    const revision = rs.metadata.annotations?.['deployment.kubernetes.io/revision'];
    return `${rs.spec.template.spec.containers[0]!.image} r${revision} ${rs.spec.replicas}`;
  });

describe('rolling update', () => {
  it('goes step by step', () => {
    const c = lab('w1');
    c.create(web('strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}'));
    c.run(5);
    setImage(c, 'nginx:1.27');
    c.run(10);
    expect(c.events('Deployment')).toEqual([
      'ScalingReplicaSet Scaled up replica set web-H from 0 to 4',
      'ScalingReplicaSet Scaled up replica set web-H from 0 to 1',
      'ScalingReplicaSet Scaled down replica set web-H from 4 to 3',
      'ScalingReplicaSet Scaled up replica set web-H from 1 to 2',
      'ScalingReplicaSet Scaled down replica set web-H from 3 to 2',
      'ScalingReplicaSet Scaled up replica set web-H from 2 to 3',
      'ScalingReplicaSet Scaled down replica set web-H from 2 to 1',
      'ScalingReplicaSet Scaled up replica set web-H from 3 to 4',
      'ScalingReplicaSet Scaled down replica set web-H from 1 to 0',
    ]);
    expect(sets(c)).toEqual(['nginx:1.26 r1 0', 'nginx:1.27 r2 4']);
    expect(c.conditions('Deployment', 'web')).toEqual([
      'Available=True MinimumReplicasAvailable',
      'Progressing=True NewReplicaSetAvailable',
    ]);
    expect(c.disturb()).toEqual([]);
  });

  it('stops at an image that cannot be pulled and is undone by the old template', () => {
    const c = lab('w1');
    c.create(web());
    c.run(5);
    setImage(c, 'nginx:no-such');
    c.run(5);
    expect(sets(c)).toEqual(['nginx:1.26 r1 3', 'nginx:no-such r2 2']);
    expect(c.conditions('Deployment', 'web')).toEqual([
      'Available=True MinimumReplicasAvailable',
      'Progressing=True ReplicaSetUpdated',
    ]);
    expect(c.disturb()).toEqual([]);
    setImage(c, 'nginx:1.26');
    c.run(5);
    expect(sets(c)).toEqual(['nginx:1.26 r3 4', 'nginx:no-such r2 0']);
  });

  it('gives up after its deadline', () => {
    const c = lab('w1');
    c.create(web('progressDeadlineSeconds: 20', 'nginx:no-such'));
    c.run(15);
    expect(c.conditions('Deployment', 'web')).toContain('Progressing=True ReplicaSetUpdated');
    c.run(15);
    expect(c.conditions('Deployment', 'web')).toContain('Progressing=False ProgressDeadlineExceeded');
    expect(c.disturb()).toEqual([]);
  });
});

it('recreates: all old pods go before the first new one comes', () => {
  const c = lab('w1');
  c.create(web('strategy: {type: Recreate}'));
  c.run(5);
  setImage(c, 'nginx:1.27');
  c.run(5);
  expect(sets(c)).toEqual(['nginx:1.26 r1 0', 'nginx:1.27 r2 4']);
  expect(c.pods()).toHaveLength(4);
  expect(c.disturb()).toEqual([]);
});

it('scales up and down with one event each', () => {
  const c = lab('w1');
  c.create(web());
  c.run(3);
  for (const replicas of [6, 1, 0]) {
    c.patch('Deployment', 'web', { spec: { replicas } });
    c.run(3);
    expect(c.pods()).toHaveLength(replicas);
  }
  expect(c.events('Deployment').slice(1)).toEqual([
    'ScalingReplicaSet Scaled up replica set web-H from 4 to 6',
    'ScalingReplicaSet Scaled down replica set web-H from 6 to 1',
    'ScalingReplicaSet Scaled down replica set web-H from 1 to 0',
  ]);
});

it('keeps revisionHistoryLimit old sets, the lowest revisions go', () => {
  const c = lab('w1');
  c.create(web('revisionHistoryLimit: 2', 'nginx:1.25', 3));
  for (const v of [26, 27, 28]) {
    c.run(5);
    setImage(c, `nginx:1.${v}`);
  }
  c.run(5);
  expect(sets(c)).toEqual(['nginx:1.26 r2 0', 'nginx:1.27 r3 0', 'nginx:1.28 r4 3']);
  setImage(c, 'nginx:1.27');
  c.run(5);
  expect(sets(c)).toEqual(['nginx:1.26 r2 0', 'nginx:1.27 r5 3', 'nginx:1.28 r4 0']);
  expect(c.get('Deployment', 'web')!.metadata.annotations!['deployment.kubernetes.io/revision']).toBe('5');
});

it('scales in proportion while a rollout is stuck', () => {
  const c = lab('w1');
  c.create(web('strategy: {rollingUpdate: {maxSurge: 3, maxUnavailable: 2}}', 'nginx:1.26', 10));
  c.run(5);
  setImage(c, 'nginx:no-such');
  c.run(5);
  expect(sets(c)).toEqual(['nginx:1.26 r1 8', 'nginx:no-such r2 5']);
  c.patch('Deployment', 'web', { spec: { replicas: 15 } });
  c.run(3);
  expect(sets(c)).toEqual(['nginx:1.26 r1 11', 'nginx:no-such r2 7']);
});

it('paused: scales but does not roll; the change cause is copied', () => {
  const c = lab('w1');
  c.create(web());
  c.run(3);
  c.patch('Deployment', 'web', {
    spec: { paused: true },
    metadata: { annotations: { 'kubernetes.io/change-cause': 'why' } },
  });
  setImage(c, 'nginx:1.27');
  c.patch('Deployment', 'web', { spec: { replicas: 5 } });
  c.run(3);
  expect(sets(c)).toEqual(['nginx:1.26 r1 5']);
  expect(c.conditions('Deployment', 'web')).toContain('Progressing=Unknown DeploymentPaused');
  c.patch('Deployment', 'web', { spec: { paused: false } });
  c.run(8);
  expect(sets(c)).toEqual(['nginx:1.26 r1 0', 'nginx:1.27 r2 5']);
  expect(c.all<ReplicaSet>('ReplicaSet')[1]!.metadata.annotations).toMatchObject({
    'kubernetes.io/change-cause': 'why',
  });
  expect(c.get<Deployment>('Deployment', 'web')!.status).toMatchObject({
    replicas: 5,
    updatedReplicas: 5,
    terminatingReplicas: 0,
  });
  expect(c.disturb()).toEqual([]);
});
