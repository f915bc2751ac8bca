import { act, cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Counterfactual, ExplainedDecision, Refuted, Remedy } from '../../view/decision.ts';
import { applyFrame, emptyRows, rows } from '../rows.ts';
import { getState, setState } from '../store.ts';
import { answering } from '../testing/answering.ts';
import { clusterFrame, trainerDecision } from '../testing/fake-rows.ts';
import { InspectorPanel } from './InspectorPanel.tsx';

const TRAINER = 'default/trainer-6b5f-x7d2p';
const initial = getState();

const settle = () => act(async () => void (await new Promise((r) => setTimeout(r, 5))));

async function show(selection: { kind: 'Pod' | 'Node'; key: string }): Promise<void> {
  render(<InspectorPanel />);
  act(() => setState({ selection }));
  await settle();
}

beforeEach(() => {
  Object.assign(rows, emptyRows());
  applyFrame(rows, clusterFrame());
  setState({ ...initial, revision: 1 }, true);
});
afterEach(cleanup);

describe('a pod that fits nowhere', () => {
  const remedy: Remedy = {
    kind: 'uncordon',
    command: 'kubectl uncordon worker-x86-2',
    text: 'uncordon worker-x86-2',
    node: 'worker-x86-2',
  };

  it('says why in one sentence and shows the table behind it', async () => {
    await answering({ explain: trainerDecision(), remedies: [remedy] });
    await show({ kind: 'Pod', key: TRAINER });
    const region = screen.getByRole('region', { name: 'Inspector' });
    expect(within(region).getByRole('heading', { level: 2 }).textContent).toBe('trainer-6b5f-x7d2p');
    expect(region.textContent).toContain(
      'Each of the 4 nodes was refused for its own reason. The nearest miss is worker-x86: it lacks 0.65 CPU.',
    );
    const table = within(region).getByRole('table', { name: 'Decision' });
    const row = within(table).getByRole('row', { name: /^worker-ppc64le/ });
    expect(
      within(row)
        .getAllByRole('cell')
        .map((c) => c.textContent),
    ).toEqual([
      'passed',
      'passed',
      'passed',
      "refused: node(s) didn't match Pod's node affinity/selector",
      'not reached',
      'selector or affinity differs',
    ]);
    expect(within(table).getByRole('row', { name: /^worker-x86 / }).textContent).toContain('0.65 CPU short');
    expect(region.textContent).toContain('0/4 nodes are available: 1 Insufficient cpu');
  });

  it('names the architecture when the pod asks for one', async () => {
    await answering({
      explain: trainerDecision(),
      remedies: [],
      inspect: { yaml: '', events: [], object: { spec: { nodeSelector: { 'kubernetes.io/arch': 'amd64' } } } },
    });
    await show({ kind: 'Pod', key: TRAINER });
    expect(screen.getByRole('row', { name: /^worker-ppc64le/ }).textContent).toContain('arch is ppc64le');
  });

  it('shows skipped plugins when asked', async () => {
    await answering({ explain: trainerDecision(), remedies: [] });
    await show({ kind: 'Pod', key: TRAINER });
    expect(screen.queryByRole('columnheader', { name: 'NodePorts' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(screen.getByRole('columnheader', { name: 'NodePorts' })).toBeTruthy();
    expect(screen.getAllByText('nothing to check').length).toBeGreaterThan(4);
  });

  it('applies a remedy with one click, through the console', async () => {
    await answering({
      explain: trainerDecision(),
      remedies: [remedy],
      run: { stdout: '', stderr: '', exitCode: 0, problems: [] },
    });
    await show({ kind: 'Pod', key: TRAINER });
    await userEvent.click(screen.getByRole('button', { name: /Uncordon worker-x86-2/ }));
    await settle();
    expect(getState().console.map((e) => e.line)).toEqual(['kubectl uncordon worker-x86-2']);
  });

  it('groups the rows above twelve nodes', async () => {
    const cell = {
      plugin: 'NodeUnschedulable',
      code: 'UnschedulableAndUnresolvable',
      reasons: ['node(s) were unschedulable'],
    };
    const filters = Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`n${i}`, cell]));
    await answering({ explain: { ...trainerDecision(), filters, nearest: undefined }, remedies: [] });
    await show({ kind: 'Pod', key: TRAINER });
    expect(screen.getAllByRole('row')).toHaveLength(2);
    await userEvent.click(screen.getByRole('button', { name: 'Show the 14 nodes' }));
    expect(screen.getByRole('button', { name: 'n13' })).toBeTruthy();
  });

  it('says what would not help and why, and why nobody has to leave', async () => {
    const refuted: Refuted[] = [
      {
        kind: 'uncordon',
        text: 'uncordon worker-x86-2',
        node: 'worker-x86-2',
        plugin: 'NodeResourcesFit',
        reasons: ['Insufficient cpu'],
      },
    ];
    const message = `${trainerDecision().message} preemption: 0/4 nodes are available: 1 No preemption victims found for incoming pod, 3 Preemption is not helpful for scheduling.`;
    await answering({ explain: { ...trainerDecision(), message }, remedies: [], refuted });
    await show({ kind: 'Pod', key: TRAINER });
    expect(screen.getByRole('heading', { name: 'Would not help' }).nextElementSibling?.textContent).toBe(
      'Uncordon worker-x86-2worker-x86-2: not enough CPU' +
        'Preemption1 node: nobody with a priority below 0; 3 nodes: removing pods changes nothing',
    );
  });

  it('compares with a pod that was placed', async () => {
    const part = (weighted: number) => [
      { plugin: 'NodeAffinity', raw: 0, normalized: weighted / 2, weight: 2, weighted },
    ];
    const placed: ExplainedDecision = {
      ...trainerDecision(),
      verdict: 'Schedulable',
      chosen: 'worker-x86',
      scores: { 'worker-x86': { total: 200, plugins: {} }, 'worker-ppc64le': { total: 8, plugins: {} } },
      detail: { 'worker-x86': part(200), 'worker-ppc64le': part(8) },
    };
    await answering({ explain: (pod: string) => (pod === TRAINER ? trainerDecision() : placed), remedies: [] });
    await show({ kind: 'Pod', key: TRAINER });
    await settle();
    expect(screen.getByRole('heading', { name: /^For comparison: a pod that was placed/ })).toBeTruthy();
    expect(screen.getByText('The difference is NodeAffinity (192).')).toBeTruthy();
    expect(getState().explained?.verdict).toBe('Unschedulable');
  });

  it('says how it would be decided now when the cluster has changed since the attempt', async () => {
    const now: ExplainedDecision = {
      ...trainerDecision(),
      attempt: 0,
      message: 'what nobody said',
      nearest: { node: 'worker-x86', plugin: 'NodeResourcesFit', short: [{ resource: 'cpu', amount: '1150m' }] },
    };
    await answering({ explain: (_: string, n?: number) => (n === 0 ? now : trainerDecision()), remedies: [] });
    await show({ kind: 'Pod', key: TRAINER });
    const region = screen.getByRole('region', { name: 'Inspector' });
    expect(region.textContent).toContain('it lacks 1.15 CPU');
    expect(region.textContent).toContain('this is how it would decide now');
    expect(getState().explained).toBe(now);
    expect(region.textContent).toContain('0/4 nodes are available: 1 Insufficient cpu');
    expect(region.textContent).not.toContain('what nobody said');
    await userEvent.click(screen.getByRole('button', { name: 'Show the attempt' }));
    await settle();
    expect(region.textContent).toContain('it lacks 0.65 CPU');
    expect(region.textContent).toContain('This is what the attempt saw. Now worker-x86 lacks 1.15 CPU.');
  });

  it('finds one of a thousand nodes and keeps the page small', async () => {
    const refused = (i: number) => ({
      plugin: 'NodeResourcesFit',
      code: 'Unschedulable',
      reasons: i % 3 ? ['Insufficient cpu'] : ['Insufficient cpu', 'Insufficient memory'],
    });
    const filters = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`n${i}`, refused(i)]));
    await answering({ explain: { ...trainerDecision(), filters, nearest: undefined }, remedies: [] });
    await show({ kind: 'Pod', key: TRAINER });
    expect(screen.getByText('1000 nodes, 2 reasons')).toBeTruthy();
    expect(screen.getByText(/^334 nodes gave more than one reason/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Show the 666 nodes' }));
    expect(within(screen.getByRole('group', { name: '666 nodes' })).getAllByRole('listitem').length).toBeLessThan(30);
    await userEvent.type(screen.getByRole('searchbox', { name: 'Find a node' }), 'n99');
    expect(screen.getByText('11 found')).toBeTruthy();
    expect(screen.getByRole('row', { name: /^n998 .*not enough CPU/ })).toBeTruthy();
  });

  it('goes through earlier attempts with the bracket keys and marks what changed', async () => {
    const latest: ExplainedDecision = {
      ...trainerDecision(),
      attempt: 12,
      attempts: [
        { attempt: 7, atMs: 1 },
        { attempt: 12, atMs: 2 },
      ],
    };
    const first: ExplainedDecision = {
      ...latest,
      attempt: 7,
      message: 'an older message',
      filters: { ...latest.filters, 'worker-x86-2': null },
    };
    await answering({ explain: (_: string, n?: number) => (n === 7 ? first : latest), remedies: [] });
    await show({ kind: 'Pod', key: TRAINER });
    expect(screen.getByText(/Attempt 2 of 2/)).toBeTruthy();
    await userEvent.click(screen.getByRole('checkbox', { name: 'Compare with the one before' }));
    await settle();
    expect(screen.getByRole('row', { name: /^worker-x86-2/ }).textContent).toContain('was: passed');
    await userEvent.keyboard('{[}');
    act(() => void document.dispatchEvent(new KeyboardEvent('keydown', { code: 'BracketLeft', bubbles: true })));
    await settle();
    expect(screen.getByText('an older message')).toBeTruthy();
    expect(getState().explained?.attempt).toBe(7);
  });
});

describe('a pod that was placed', () => {
  it('shows bars and numbers that add up, and names what decided', async () => {
    const part = (plugin: string, normalized: number, weight: number) => ({
      plugin,
      raw: 0,
      normalized,
      weight,
      weighted: normalized * weight,
    });
    await answering({
      explain: {
        ...trainerDecision(),
        verdict: 'Schedulable',
        filters: { 'worker-x86': null, 'worker-ppc64le': null },
        chosen: 'worker-x86',
        best: ['worker-x86'],
        message: '',
        scores: { 'worker-x86': { total: 500, plugins: {} }, 'worker-ppc64le': { total: 308, plugins: {} } },
        detail: {
          'worker-x86': [part('TaintToleration', 100, 3), part('NodeAffinity', 100, 2)],
          'worker-ppc64le': [part('TaintToleration', 100, 3), part('NodeAffinity', 4, 2)],
        },
      } satisfies ExplainedDecision,
      counterfactuals: [
        {
          text: 'drop the preferred node affinity',
          node: 'worker-ppc64le',
          differs: true,
          total: 308,
          next: { node: 'worker-x86', total: 300 },
        },
        { text: 'uncordon worker-x86-2', node: 'worker-x86-2', differs: true },
      ] satisfies Counterfactual[],
    });
    await show({ kind: 'Pod', key: 'default/web-7c9d-h8w4z' });
    const region = screen.getByRole('region', { name: 'Inspector' });
    expect(region.textContent).toContain(
      'worker-x86 won by 192 points. 2 nodes passed every filter; NodeAffinity made the difference.',
    );
    expect(
      within(region).getByRole('img', { name: 'worker-ppc64le: 308 points, TaintToleration 300, NodeAffinity 8' }),
    ).toBeTruthy();
    expect(within(region).getByRole('row', { name: /^Node ?Affinity/ }).textContent).toBe(
      'NodeAffinity×2100 → 2004 → 8',
    );
    expect(
      within(region).getByRole('heading', { name: /^If you had changed one thing/ }).nextElementSibling?.textContent,
    ).toBe('Without the preferred node affinityworker-ppc64le, 308 : 300Uncordon worker-x86-2worker-x86-2');
  });

  it('says so when the scheduler was never asked', async () => {
    await answering({ explain: null });
    await show({ kind: 'Pod', key: 'kube-system/etcd-k8s-master' });
    expect(screen.getByText(/The kubelet runs it from a file on its node/)).toBeTruthy();
  });
});

describe('a node', () => {
  it('adds up and offers what can be done', async () => {
    await answering({ run: { stdout: '', stderr: '', exitCode: 0, problems: [] } });
    await show({ kind: 'Node', key: 'worker-x86' });
    expect(screen.getByRole('row', { name: /^cpu/ }).textContent).toBe('cpu40.23.81.72.1');
    await userEvent.click(screen.getByRole('button', { name: 'Cordon' }));
    await userEvent.click(screen.getByRole('button', { name: 'Power off' }));
    await settle();
    expect(getState().console.map((e) => e.line)).toEqual([
      'kubectl cordon worker-x86',
      'berth fault power-off worker-x86',
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'Taint' }));
    expect(getState().dialog).toEqual({ name: 'taint', node: 'worker-x86' });
  });

  it('previews a drain before it drains', async () => {
    await answering({
      drainPreview: [
        { pod: 'default/web-5d8f-9xk2v', outcome: 'replaced', node: 'worker-ppc64le' },
        { pod: 'kube-system/kube-proxy-x86x2', outcome: 'stays', node: '' },
      ],
      run: { stdout: '', stderr: '', exitCode: 0, problems: [] },
    });
    await show({ kind: 'Node', key: 'worker-x86' });
    await userEvent.click(screen.getByRole('button', { name: 'Drain' }));
    await settle();
    expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('If you drain worker-x86');
    expect(screen.getByText('1 pod is replaced elsewhere, 1 stay')).toBeTruthy();
    expect(getState().console).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Drain' }));
    await settle();
    expect(getState().console.map((e) => e.line)).toEqual(['kubectl drain worker-x86 --ignore-daemonsets']);
  });

  it('shows YAML, events and conditions of the stored object', async () => {
    await answering({
      inspect: {
        yaml: 'kind: Node\nmetadata: {}\n',
        events: [
          {
            type: 'Warning',
            reason: 'NodeNotReady',
            message: 'Node is not ready',
            from: 'node-controller',
            count: 3,
            lastMs: rows.nowMs - 4000,
          },
        ],
        object: { status: { conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady' }] } },
      },
    });
    await show({ kind: 'Node', key: 'worker-x86' });
    await userEvent.click(screen.getByRole('tab', { name: 'YAML' }));
    expect(screen.getByRole('tabpanel', { name: 'YAML' }).textContent).toContain('kind: Node');
    await userEvent.keyboard('{ArrowRight}');
    expect(screen.getByText('3 times, last 4 s ago, from node-controller')).toBeTruthy();
    await userEvent.click(screen.getByRole('tab', { name: 'Conditions' }));
    expect(screen.getByText('KubeletReady')).toBeTruthy();
  });

  it('says when the selected object is gone', async () => {
    await answering({});
    await show({ kind: 'Node', key: 'worker-z' });
    expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('worker-z is no longer there.');
  });
});
