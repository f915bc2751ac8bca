import { expect, it } from 'vitest';
import { Playground } from '../playground/playground.ts';
import { runLine } from '../playground/programs.ts';
import { worldOf } from '../playground/world.ts';
import { Projector } from './projector.ts';

const POD = `apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {schedulerName: packer, containers: [{name: c, image: nginx}]}
`;
const CONFIG = `apiVersion: kubescheduler.config.k8s.io/v1
kind: KubeSchedulerConfiguration
profiles: [{schedulerName: default-scheduler}, {schedulerName: packer}]
`;

it('a pod whose schedulerName nobody has says so, until somebody has it', () => {
  const p = new Playground(worldOf({ scenario: 'opening' }).world, runLine);
  const projector = new Projector();
  projector.frame(p.cluster);
  const row = () => projector.frame(p.cluster).pods.find((r) => r.name === 'p');
  p.start('kubectl apply -f -', POD);
  p.playTo(5_000);
  const waiting = row();
  expect(waiting).toMatchObject({ unserved: 'packer', node: '', word: 'Pending' });
  expect(waiting).not.toHaveProperty('lane');
  p.start('berth scheduler apply -f -', CONFIG);
  p.playTo(5_001);
  expect(row()).not.toHaveProperty('unserved');
  p.playTo(10_000);
  expect(row()!.node).not.toBe('');
});
