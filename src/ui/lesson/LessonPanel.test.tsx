import { act, cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Lesson } from '../../scenarios/lesson.ts';
import { applyFrame, emptyRows, rows } from '../rows.ts';
import { getState, setState } from '../store.ts';
import { answering } from '../testing/answering.ts';
import { clusterFrame } from '../testing/fake-rows.ts';
import { LessonPanel } from './LessonPanel.tsx';

const w = (en: string) => ({ en, ko: `${en} (ko)` });
const lesson: Lesson = {
  number: 4,
  text: w('The ledger image is built for amd64 only.'),
  goals: [
    { ...w('ledger is Running'), when: { kind: 'running', workload: 'ledger' } },
    { ...w('no pod of db had to leave'), when: { kind: 'undisturbed', workload: 'db' } },
  ],
  steps: [
    { ...w('Look at web'), when: { kind: 'running', workload: 'web' } },
    {
      ...w('Keep ledger off ppc64le'),
      more: w('Use a nodeSelector.'),
      when: { kind: 'on', workload: 'ledger', arch: 'amd64' },
    },
  ],
  hints: [w('First hint'), w('Second hint')],
  par: { edits: 1, evictions: 0 },
  solution: ['kubectl cordon worker-ppc64le'],
};
vi.mock('../../scenarios/index.ts', () => ({
  SCENARIOS: [
    { slug: 'plain', titleEn: 'Plain', titleKo: 'Plain' },
    { slug: 'two-archs', titleEn: 'Two architectures', titleKo: '두 아키텍처', lesson },
  ],
}));

const initial = getState();
const settle = () => act(async () => void (await new Promise((r) => setTimeout(r, 20))));

beforeEach(async () => {
  Object.assign(rows, emptyRows());
  applyFrame(rows, clusterFrame());
  setState({ ...initial, lesson: 'two-archs', side: 'lesson', revision: 1 }, true);
  await answering({ run: { stdout: '', stderr: '', exitCode: 0, problems: [] } });
  render(<LessonPanel />);
  await settle();
});
afterEach(cleanup);

describe('a lesson', () => {
  it('checks its goals on the cluster and shows the current step', () => {
    const panel = screen.getByRole('region', { name: 'Lesson' });
    expect(panel.textContent).toContain('Lesson 4 of 1');
    const goals = within(panel)
      .getAllByRole('listitem')
      .slice(0, 2)
      .map((li) => li.textContent);
    expect(goals).toEqual(['ledger is Running, not yet', 'no pod of db had to leave, met']);
    expect(within(panel).getByText('Keep ledger off ppc64le').closest('li')?.getAttribute('aria-current')).toBe('step');
    expect(within(panel).getByText('Use a nodeSelector.')).toBeTruthy();
    expect(within(panel).getByRole('img', { name: '1 of 2 goals met' })).toBeTruthy();
  });

  it('gives one hint at a time, and only when asked', async () => {
    expect(screen.queryByText(/First hint/)).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Next hint' }));
    expect(screen.getByRole('status').textContent).toBe('Hint 1 of 2. First hint');
    await userEvent.click(screen.getByRole('button', { name: 'Next hint' }));
    expect(screen.queryByText(/First hint/)).toBeNull();
    expect(screen.queryByRole('button', { name: 'Next hint' })).toBeNull();
  });

  it('plays its solution as typed commands', async () => {
    await userEvent.click(screen.getByRole('button', { name: 'Show a solution' }));
    await userEvent.click(screen.getByRole('button', { name: 'Play it' }));
    await settle();
    expect(getState().console.map((e) => e.line)).toEqual(lesson.solution);
    expect(screen.getByText('Par: 1 edit, 0 evictions. You so far: 1 edit.')).toBeTruthy();
  });

  it('says when every goal is met', async () => {
    const ledger = [...rows.pods.values()].find((p) => p.workload === 'ledger')!;
    act(() => {
      rows.pods.set(ledger.uid, { ...ledger, form: 'running' });
      setState({ revision: 2 });
    });
    await act(async () => void (await new Promise((r) => setTimeout(r, 350))));
    expect(screen.getByText('Done. Every goal holds on the cluster.')).toBeTruthy();
  });

  it('gives way to the inspector and comes back', async () => {
    act(() => setState({ selection: { kind: 'Pod', key: 'default/db-0' }, inspectorOpen: true }));
    await userEvent.click(screen.getByRole('button', { name: 'Look at db-0' }));
    expect(getState()).toMatchObject({ side: 'inspector', lesson: 'two-archs' });
  });

  it('can be left', async () => {
    await userEvent.click(screen.getByRole('button', { name: 'Leave the lesson' }));
    expect(getState()).toMatchObject({ lesson: '', side: 'inspector' });
  });
});
