import { expect, it } from 'vitest';
import { CycleState } from '../framework/interface.ts';
import { PodClasses } from '../framework/pod-info.ts';
import { plugin, pod } from '../testing/cluster.ts';
import { DefaultBinder } from './default-binder.ts';

it('has no objection of its own', () =>
  expect(plugin(DefaultBinder).bind!(new CycleState(), new PodClasses().info(pod('p')), 'n1')).toBeNull());
