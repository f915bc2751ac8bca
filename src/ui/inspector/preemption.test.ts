import { describe, expect, it } from 'vitest';
import type { ExplainedDecision, PreemptionCandidate } from '../../view/decision.ts';
import type { PodRow } from '../../view/rows.ts';
import { decidingCriterion, fates, notHelpful, noVictims } from './preemption.ts';

const candidate = (node: string, over: Partial<PreemptionCandidate> = {}): PreemptionCandidate => ({
  node,
  pdbViolations: 0,
  highestPriority: 0,
  sumPriority: 0,
  victims: ['default/a'],
  startMs: 1000,
  ...over,
});

describe('decidingCriterion', () => {
  it.each([
    ['pdbs', [{}, { pdbViolations: 1 }]],
    ['top', [{}, { highestPriority: 5, sumPriority: 5 }]],
    ['sum', [{ sumPriority: 1 }, { sumPriority: 3, victims: ['a', 'b', 'c'] }]],
    ['victims', [{}, { victims: ['a', 'b'] }]],
    ['start', [{ startMs: 9000 }, { startMs: 1000 }]],
    // the first comparison drops one, the second the other
    ['victims', [{}, { pdbViolations: 1 }, { victims: ['a', 'b'] }]],
    [undefined, [{}, {}]],
    [undefined, [{}]],
  ])('%s', (expected, overs) => {
    expect(decidingCriterion(overs.map((o, i) => candidate(`n${i}`, o)))).toBe(expected);
  });
});

const pod = (name: string, priority: number, node = 'w') =>
  ({ uid: name, namespace: 'default', name, priority, node, form: 'running', createdMs: 1000 }) as PodRow;

describe('fates', () => {
  const d = {
    preemption: [{ node: 'w', victims: ['default/low', 'default/left'] }],
    filters: {},
    atMs: 5000,
  } as unknown as ExplainedDecision;
  it('says who goes, who stays and why', () => {
    const all = [pod('low', 0), pod('spared', 5), pod('flannel', 2_000_001_000), pod('elsewhere', 0, 'x')];
    expect(fates(d, pod('me', 1000, ''), all)).toEqual([
      { pod: 'default/low', goes: true, priority: 0 },
      { pod: 'default/left', goes: true },
      { pod: 'default/spared', goes: false, priority: 5, why: 'room' },
      { pod: 'default/flannel', goes: false, priority: 2_000_001_000, why: 'priority' },
    ]);
  });

  it('leaves out the pod itself and those that came after the attempt', () => {
    const late = { ...pod('late', 0), createdMs: 6000 };
    const me = pod('me', 1000);
    expect(fates(d, me, [me, late, pod('spared', 5)]).map((f) => f.pod)).toEqual([
      'default/low',
      'default/left',
      'default/spared',
    ]);
  });

  it('lists the nodes where removing pods changes nothing', () => {
    const filters = {
      a: { plugin: 'TaintToleration', code: 'UnschedulableAndUnresolvable', reasons: [] },
      b: { plugin: 'NodeResourcesFit', code: 'Unschedulable', reasons: [] },
      c: null,
    };
    expect(notHelpful({ filters } as unknown as ExplainedDecision)).toEqual([{ node: 'a', plugin: 'TaintToleration' }]);
  });
});

describe('noVictims', () => {
  const none = { never: false, nobody: 0, useless: 0 };
  it.each([
    [
      '0/4 nodes are available: 4 Insufficient cpu. no new claims to deallocate, preemption: 0/4 nodes are available: 1 No preemption victims found for incoming pod, 3 Preemption is not helpful for scheduling.',
      { ...none, nobody: 1, useless: 3 },
    ],
    [
      '0/1 nodes are available: 1 Insufficient cpu. preemption: not eligible due to preemptionPolicy=Never.',
      { ...none, never: true },
    ],
    ['0/1 nodes are available: 1 Insufficient cpu.', undefined],
  ])('%s', (message, expected) => expect(noVictims(message)).toEqual(expected));
});
