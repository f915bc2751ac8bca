import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { getState, setState } from './store.ts';
import { answering } from './testing/answering.ts';
import { WhatIf } from './what-if.tsx';

const initial = getState();
beforeEach(() => setState(initial, true));
afterEach(cleanup);

it('is there while a what-if is on, says that it is not Kubernetes, and turns it off', async () => {
  const { asked } = await answering({ run: { stdout: '', stderr: '', exitCode: 0, problems: [] } });
  render(<WhatIf />);
  expect(screen.queryByRole('note')).toBeNull();
  act(() => setState((s) => ({ time: { ...s.time, gates: ['RequiredDuringExecution'] } })));
  expect(screen.getByRole('note').textContent).toContain('what-if: RequiredDuringExecution (not Kubernetes)');
  await userEvent.click(screen.getByRole('button', { name: 'Turn RequiredDuringExecution off' }));
  expect(asked.map(([method, , line]) => [method, line])).toEqual([['run', 'berth gate RequiredDuringExecution off']]);
  act(() => setState({ readonly: true }));
  expect(screen.queryByRole('button')).toBeNull();
});
