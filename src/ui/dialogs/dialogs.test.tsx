import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { applyFrame, rows } from '../rows.ts';
import { setState } from '../store.ts';
import { clusterFrame } from '../testing/fake-rows.ts';
import Forms from './forms.tsx';
import { HelpDialog } from './help.tsx';
import Tables from './tables.tsx';

const ran = vi.hoisted(() => [] as string[]);
vi.mock('../connection.ts', () => ({
  call: () => Promise.resolve([]),
  run: (line: string) => {
    ran.push(line);
    return Promise.resolve({ stdout: '', stderr: '', exitCode: 0, problems: [] });
  },
}));

beforeEach(() => {
  ran.length = 0;
  applyFrame(rows, clusterFrame());
  setState({ readonly: false, dialog: null });
  HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
    this.open = true;
  };
});

describe('forms end in one command', () => {
  it('adds a node as the preview says', async () => {
    render(<Forms dialog={{ name: 'addNode' }} />);
    const user = userEvent.setup();
    const name = screen.getByLabelText('Name');
    await user.clear(name);
    await user.type(name, 'gpu-1');
    await user.selectOptions(screen.getByLabelText('Architecture'), 'arm64');
    await user.click(screen.getByRole('button', { name: 'Add' }));
    expect(ran).toEqual(['berth node add gpu-1 --arch arm64 --cpu 4 --memory 8Gi']);
  });

  it('taints, and takes a taint away', async () => {
    render(<Forms dialog={{ name: 'taint', node: 'k8s-master' }} />);
    const user = userEvent.setup();
    await user.selectOptions(screen.getByLabelText('Effect'), 'NoExecute');
    await user.click(screen.getByRole('button', { name: 'Add the taint' }));
    await user.click(screen.getByRole('button', { name: 'Remove node-role.kubernetes.io/control-plane:NoSchedule' }));
    expect(ran).toEqual([
      'kubectl taint nodes k8s-master dedicated:NoExecute',
      'kubectl taint nodes k8s-master node-role.kubernetes.io/control-plane:NoSchedule-',
    ]);
  });

  it('does nothing in a picture that is only to be looked at', async () => {
    setState({ readonly: true });
    render(<Forms dialog={{ name: 'capacity', node: 'worker-x86' }} />);
    await userEvent.setup().click(screen.getByRole('button', { name: 'Apply' }));
    expect(ran).toEqual([]);
  });
});

it('the legend explains every state', () => {
  render(<HelpDialog />);
  for (const state of ['Pending', 'SchedulingGated', 'CrashLoopBackOff', 'ImagePullBackOff', 'Evicted', 'Unknown'])
    expect(screen.getByText(state)).toBeTruthy();
});

it('the table has the facts of the picture', () => {
  render(<Tables dialog={{ name: 'table' }} />);
  const row = screen.getByRole('row', { name: /worker-x86-2/ });
  expect(row.textContent).toContain('Ready, cordoned');
  expect(row.textContent).toContain('0.85 / 3.8');
});
