import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { applyFrame, emptyRows, rows } from '../rows.ts';
import { getState, setState } from '../store.ts';
import { answering } from '../testing/answering.ts';
import { clusterFrame } from '../testing/fake-rows.ts';
import { InspectorPanel } from './InspectorPanel.tsx';

const initial = getState();
beforeEach(() => {
  Object.assign(rows, emptyRows());
  setState({ ...initial, revision: 1 }, true);
});
afterEach(cleanup);

it('a pod whose schedulerName nobody has: why it waits, and the way to the configuration', async () => {
  await answering({ explain: null, schedulerText: 'kind: KubeSchedulerConfiguration\n' });
  const frame = clusterFrame();
  const pod = frame.pods.find((p) => p.node === '')!;
  pod.unserved = 'packer';
  delete pod.lane;
  applyFrame(rows, frame);
  setState({ selection: { kind: 'Pod', key: `${pod.namespace}/${pod.name}` }, inspectorOpen: true });
  render(<InspectorPanel />);
  const say = await screen.findByText(/nobody looks at this pod: it stays Pending/);
  expect(say.textContent).toContain('No scheduler is named packer');
  await userEvent.click(screen.getByRole('button', { name: 'Open the scheduler’s configuration' }));
  await act(async () => void (await new Promise((r) => setTimeout(r, 10))));
  expect(getState()).toMatchObject({ activeFile: 'scheduler.yaml', editorOpen: true });
  expect(getState().files['scheduler.yaml']).toBe('kind: KubeSchedulerConfiguration\n');
});
