import { describe, expect, it } from 'vitest';
import type { ExplainedDecision } from '../../view/decision.ts';
import { decisionModel, rowsNamed, scoreModel, withSeveralReasons } from './decision-rows.ts';

const refusal = (plugin: string, ...reasons: string[]) => ({ plugin, code: 'Unschedulable', reasons });

const decision = (over: Partial<ExplainedDecision> = {}): ExplainedDecision => ({
  pod: 'default/trainer-x7d2p',
  verdict: 'Unschedulable',
  attempt: 3,
  atMs: 28_700,
  chosen: '',
  filters: {
    'k8s-master': refusal('TaintToleration', 'node(s) had untolerated taint(s)'),
    'worker-x86': refusal('NodeResourcesFit', 'Insufficient cpu'),
    'worker-x86-2': refusal('NodeUnschedulable', 'node(s) were unschedulable'),
    'worker-ok': null,
  },
  filterPlugins: ['NodeUnschedulable', 'TaintToleration', 'NodeResourcesFit'],
  skippedPlugins: ['NodePorts', 'NodeName'],
  scores: null,
  best: [],
  message: '',
  preemption: null,
  detail: {},
  notLooked: [],
  tie: false,
  nearest: { node: 'worker-x86', plugin: 'NodeResourcesFit', short: [{ resource: 'cpu', amount: '650m' }] },
  ...over,
});

describe('decisionModel', () => {
  it('stops each row at its first refusal', () => {
    const m = decisionModel(decision());
    expect(Object.fromEntries(m.rows.map((r) => [r.node, r.cells.join(' | ')]))).toEqual({
      'k8s-master': 'passed | refused | not reached',
      'worker-x86': 'passed | passed | refused',
      'worker-x86-2': 'refused | not reached | not reached',
      'worker-ok': 'passed | passed | passed',
    });
    expect([m.passed, m.refused]).toEqual([1, 3]);
    expect(m.rows.filter((r) => r.near).map((r) => r.node)).toEqual(['worker-x86']);
  });

  it('shows skipped plugins only when asked, as nothing to check', () => {
    expect(decisionModel(decision()).plugins).not.toContain('NodePorts');
    const all = decisionModel(decision(), true);
    expect(all.plugins).toContain('NodePorts');
    expect(all.rows[1]!.cells[all.plugins.indexOf('NodePorts')]).toBe('nothing to check');
  });

  it('adds a column for a plugin that refused without being listed', () => {
    const m = decisionModel(decision({ filters: { a: refusal('VolumeBinding', 'x') } }));
    expect(m.plugins).toContain('VolumeBinding');
    expect(m.rows[0]!.cells.at(-1)).toBe('refused');
  });

  it('groups equal refusals, nearest first', () => {
    const filters = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [
        `n${i}`,
        i < 15 ? refusal('NodeUnschedulable', 'cordoned') : refusal('NodeResourcesFit', 'Insufficient cpu'),
      ]),
    );
    const m = decisionModel(decision({ filters, nearest: undefined }));
    expect(m.groups.map((g) => [g.plugin, g.rows.length])).toEqual([
      ['NodeResourcesFit', 5],
      ['NodeUnschedulable', 15],
    ]);
  });
});

describe('many nodes', () => {
  const filters = {
    'pool-a-1': refusal('NodeResourcesFit', 'Insufficient cpu', 'Insufficient memory'),
    'a-7': refusal('NodeResourcesFit', 'Insufficient cpu'),
    'pool-b-1': refusal('NodeUnschedulable', 'node(s) were unschedulable'),
  };
  const m = decisionModel(decision({ filters, nearest: undefined }));
  it('counts nodes that the message counts more than once', () => expect(withSeveralReasons(m.groups)).toBe(1));
  it.each([
    ['A-', ['a-7', 'pool-a-1']],
    [' b-1 ', ['pool-b-1']],
    ['zone', []],
  ])('finds %j', (text, names) => expect(rowsNamed(m.rows, text).map((r) => r.node)).toEqual(names));
});

const part = (plugin: string, normalized: number, weight: number) => ({
  plugin,
  raw: normalized,
  normalized,
  weight,
  weighted: normalized * weight,
});

describe('scoreModel', () => {
  const placed = decision({
    verdict: 'Schedulable',
    chosen: 'a',
    scores: { b: { total: 391, plugins: {} }, a: { total: 587, plugins: {} } },
    detail: {
      a: [part('TaintToleration', 100, 3), part('NodeAffinity', 100, 2), part('NodeResourcesFit', 87, 1)],
      b: [part('TaintToleration', 100, 3), part('NodeAffinity', 0, 2), part('NodeResourcesFit', 91, 1)],
    },
  });

  it('orders by total and names the plugin that decided', () => {
    const m = scoreModel(placed)!;
    expect(m.nodes.map((n) => n.name)).toEqual(['a', 'b']);
    expect(m.deciding).toBe('NodeAffinity');
    expect(m.rows.map((r) => [r.plugin, r.weight, r.spread])).toEqual([
      ['TaintToleration', 3, 0],
      ['NodeAffinity', 2, 200],
      ['NodeResourcesFit', 1, 4],
    ]);
  });

  it('adds up: products per node are its total', () => {
    const m = scoreModel(placed)!;
    m.nodes.forEach((n, i) => {
      expect(m.rows.reduce((sum, r) => sum + r.cells[i]!.weighted, 0)).toBe(n.total);
    });
  });

  it('is absent when nothing was compared', () => {
    expect(scoreModel(decision())).toBeNull();
  });
});
