import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PodRow } from '../../view/rows.ts';
import { applyFrame, emptyRows, rows } from '../rows.ts';
import { getState, setState } from '../store.ts';
import { answering } from '../testing/answering.ts';
import { clusterFrame, trainerDecision } from '../testing/fake-rows.ts';
import { InspectorPanel } from './InspectorPanel.tsx';

const initial = getState();
beforeEach(() => {
  Object.assign(rows, emptyRows());
  setState({ ...initial, revision: 1 }, true);
});
afterEach(cleanup);

/** The first pod on a node, owned so, whose decision is only what would be decided now. */
async function show(owner: PodRow['owner']): Promise<string> {
  await answering({ explain: { ...trainerDecision(), attempt: 0, attempts: [] }, remedies: [] });
  const frame = clusterFrame();
  const pod = frame.pods.find((p) => p.node !== '')!;
  pod.owner = owner;
  applyFrame(rows, frame);
  setState({ selection: { kind: 'Pod', key: `${pod.namespace}/${pod.name}` }, inspectorOpen: true });
  render(<InspectorPanel />);
  await screen.findByRole('table', { name: 'Decision' });
  return screen.getByRole('region', { name: 'Inspector' }).textContent ?? '';
}

it('a static pod: the scheduler was never asked, and what it would have said', async () => {
  const text = await show('static');
  expect(text).toContain('The kubelet runs it from a file on its node; the scheduler was never asked.');
  expect(text).toContain('Asked now, this is how it would decide.');
  expect(text).not.toContain('has not tried it yet');
});

it('a pod created with its node', async () => {
  expect(await show('none')).toContain('It was created with its node already written in');
});
