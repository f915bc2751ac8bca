import { describe, expect, it } from 'vitest';
import type { ExplainedDecision } from '../../view/decision.ts';
import type { NodeRow, PodRow } from '../../view/rows.ts';
import { lensesOf } from './lens.ts';

const trainer = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: trainer
spec:
  template:
    spec:
      nodeSelector:
        kubernetes.io/arch: amd64
      containers:
      - name: side
        resources: {requests: {cpu: 100m}}
      - name: trainer
        resources:
          requests:
            cpu: "2.5"
`;
const node = (name: string, arch: string, allocatable = 3800, requested = 1950) =>
  ({
    name,
    arch,
    cpuMilli: { capacity: 4000, allocatable, requested },
    memoryBytes: { capacity: 0, allocatable: 0, requested: 0 },
  }) as NodeRow;
const nodes = new Map(
  ['worker-x86:amd64', 'worker-ppc64le:ppc64le', 'master:amd64'].map((x) => {
    const [name, arch] = x.split(':') as [string, string];
    return [name, node(name, arch)];
  }),
);
const pod = { namespace: 'default', name: 'trainer-6b5f-x7d2p', workload: 'trainer' } as PodRow;
const refusals = (filters: Record<string, [plugin: string, reason: string]>) => [
  {
    pod,
    decision: {
      filters: Object.fromEntries(
        Object.entries(filters).map(([n, [plugin, reason]]) => [
          n,
          { plugin, code: 'Unschedulable', reasons: [reason] },
        ]),
      ),
    } as unknown as ExplainedDecision,
  },
];

describe('lensesOf', () => {
  it('puts each refusal under the line that caused it', () => {
    const found = lensesOf(
      trainer,
      refusals({
        'worker-ppc64le': ['NodeAffinity', "node(s) didn't match Pod's node affinity/selector"],
        'worker-x86': ['NodeResourcesFit', 'Insufficient cpu'],
        'worker-x86-2': ['NodeUnschedulable', 'node(s) were unschedulable'],
      }),
      nodes,
    );
    expect(found.map((l) => [l.line, l.nodes, l.fact])).toEqual([
      [9, ['worker-ppc64le'], { kind: 'arch', arch: 'ppc64le' }],
      [16, ['worker-x86'], { kind: 'free', resource: 'cpu', free: 1850, of: 3800 }],
    ]);
    expect(found[0]!.pod).toBe('default/trainer-6b5f-x7d2p');
  });

  it('lets nodes with the same fact share a line', () => {
    const found = lensesOf(
      trainer,
      refusals({
        'worker-x86': ['NodeResourcesFit', 'Insufficient cpu'],
        master: ['NodeResourcesFit', 'Insufficient cpu'],
      }),
      nodes,
    );
    expect(found.map((l) => l.nodes)).toEqual([['worker-x86', 'master']]);
  });

  it('says at the spec that a toleration is missing, when nothing else is to blame', () => {
    const found = lensesOf(
      trainer,
      refusals({ master: ['TaintToleration', 'node(s) had untolerated taint(s)'] }),
      nodes,
    );
    expect(found).toMatchObject([{ line: 7, nodes: ['master'], fact: { kind: 'taint' } }]);
  });

  it('has none for another workload, another namespace or a broken text', () => {
    const r = refusals({ 'worker-x86': ['NodeResourcesFit', 'Insufficient cpu'] });
    expect(lensesOf(trainer.replace('name: trainer', 'name: other'), r, nodes)).toEqual([]);
    expect(lensesOf(trainer.replace('  name: trainer', '  name: trainer\n  namespace: shop'), r, nodes)).toEqual([]);
    expect(lensesOf('a: [', r, nodes)).toEqual([]);
    expect(lensesOf('', r, nodes)).toEqual([]);
  });
});
