import { expect, it } from 'vitest';
import { completeLine } from '../complete.ts';
import { Playground } from '../playground.ts';
import { runLine } from '../programs.ts';
import { worldOf } from '../world.ts';
import { berthOptions } from './complete.ts';
import { BERTH_COMMANDS } from './index.ts';

const p = new Playground(worldOf({ scenario: 'opening' }).world, runLine);
p.writeFile('s.yaml', 'a');
const offered = (line: string): string => completeLine(p, line, line.length).options.join(' ');

it.each([
  ['berth ga', 'gate'],
  ['berth gate ', 'RequiredDuringExecution'],
  ['berth gate RequiredDuringExecution o', 'off on'],
  ['berth scheduler ', 'apply show'],
  ['berth scheduler show --', '--defaults'],
  ['berth scheduler apply -f s', 's.yaml'],
  ['berth scheduler apply ', '-f'],
  ['berth drain-preview worker-p', 'worker-ppc64le'],
  ['berth fault stop-', 'stop-kubelet'],
  ['berth fault stop-kubelet worker-x', 'worker-x86'],
  ['berth node remove k8s', 'k8s-master'],
  ['berth node add n --c', '--cpu'],
  ['ls | berth ti', 'time'],
  ['berth nothing ', ''],
])('%s', (line, options) => expect(offered(line)).toBe(options));

it('every command has its words', () => {
  const names = { nodes: () => [], pods: () => [], files: () => [] };
  expect(berthOptions([], names)).toEqual(expect.arrayContaining(BERTH_COMMANDS.map((c) => c.name)));
  expect(berthOptions([], names)).toHaveLength(BERTH_COMMANDS.length);
});
