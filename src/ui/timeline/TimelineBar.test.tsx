import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TimeState } from '../../worker/protocol.ts';
import { applyFrame, emptyRows, rows } from '../rows.ts';
import { getState, setState } from '../store.ts';
import { type Asked, answering } from '../testing/answering.ts';
import { clusterFrame, FIXTURE_NOW_MS } from '../testing/fake-rows.ts';
import { aimMs } from './seek.ts';
import { TimelineBar } from './TimelineBar.tsx';

const initial = getState();
const START = FIXTURE_NOW_MS - 42_300;
const time: TimeState = {
  nowMs: FIXTURE_NOW_MS,
  startMs: START,
  endMs: FIXTURE_NOW_MS,
  speed: 1,
  paused: true,
  past: false,
};
let asked: Asked[] = [];

async function show(over: Partial<TimeState> = {}, answers: Parameters<typeof answering>[0] = {}): Promise<void> {
  const state = { ...time, ...over };
  ({ asked } = await answering({
    seek: (ms: number) => ({ ...state, nowMs: START + ms, past: START + ms < state.endMs }),
    play: (speed?: number) => ({ ...state, paused: false, speed: speed ?? state.speed }),
    pause: () => ({ ...state, paused: true }),
    step: state,
    branches: [],
    ...answers,
  }));
  setState({ time: state, revision: 1 });
  render(<TimelineBar />);
  await settle();
}
const settle = () => act(async () => void (await new Promise((r) => setTimeout(r, 5))));
const calls = (method: string) => asked.filter(([m]) => m === method).map(([, ...args]) => args);

beforeEach(() => {
  Object.assign(rows, emptyRows());
  applyFrame(rows, clusterFrame());
  setState(initial, true);
});
afterEach(cleanup);

describe('the toolbar “Time”', () => {
  it('plays, pauses and steps', async () => {
    await show();
    const bar = screen.getByRole('toolbar', { name: 'Time' });
    await userEvent.click(within(bar).getByRole('button', { name: 'Play' }));
    await settle();
    await userEvent.click(within(bar).getByRole('button', { name: 'Pause' }));
    await userEvent.click(within(bar).getByRole('button', { name: 'Step' }));
    expect(asked.map(([m]) => m).filter((m) => m !== 'branches')).toEqual(['play', 'pause', 'step']);
    expect(bar.textContent).toContain('00:42.3');
  });

  it('goes to the event before', async () => {
    await show();
    await userEvent.click(screen.getByRole('button', { name: 'Previous event' }));
    expect(calls('seek')).toEqual([[42_100]]);
  });

  it('takes a speed and stays paused', async () => {
    await show();
    const speeds = screen.getByRole('radiogroup', { name: 'Speed' });
    expect(within(speeds).getAllByRole('radio')).toHaveLength(4);
    await userEvent.click(within(speeds).getByRole('radio', { name: '16×' }));
    await settle();
    expect(calls('play')).toEqual([[16]]);
    expect(getState().time.paused).toBe(true);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'More speeds' }), '64');
    expect(calls('play').at(-1)).toEqual([64]);
  });

  it('says when the machine falls behind', async () => {
    await show({ speed: 16, actualSpeed: 9.42 });
    expect(screen.getByText('9.4 of 16×')).toBeTruthy();
  });
});

describe('the slider “Timeline”', () => {
  it('says where, and what happened last', async () => {
    await show();
    const slider = screen.getByRole('slider', { name: 'Timeline' });
    expect(slider.getAttribute('aria-valuenow')).toBe('42.3');
    expect(slider.getAttribute('aria-valuetext')).toBe('42.3 seconds, web-7c9d-m4tq2');
  });

  it('in the past says how far from now', async () => {
    await show({ nowMs: START + 31_200, past: true });
    expect(screen.getByRole('slider').getAttribute('aria-valuetext')).toBe(
      '31.2 seconds, 11.1 before now, trainer: 0 of 4 nodes fit',
    );
  });

  it.each([
    ['ArrowLeft', 41_300],
    ['Home', 0],
    ['End', 42_300],
    ['ArrowRight', 42_300],
    ['PageDown', 38_070],
  ])('%s', async (key, ms) => {
    await show();
    fireEvent.keyDown(screen.getByRole('slider'), { key });
    await settle();
    expect(calls('seek')).toEqual([[ms]]);
  });

  it('adds up keys that are pressed in a row', async () => {
    let finish: () => void = () => undefined;
    await show({}, { seek: () => new Promise((r) => (finish = () => r(time))) });
    const slider = screen.getByRole('slider');
    for (let i = 0; i < 3; i++) fireEvent.keyDown(slider, { key: 'ArrowLeft' });
    await settle();
    expect(calls('seek')).toEqual([[41_300]]);
    fireEvent.keyDown(slider, { key: 'ArrowLeft' });
    expect(aimMs()).toBe(38_300);
    finish();
    await settle();
    finish();
    await settle();
    expect(aimMs()).toBeUndefined();
  });

  it('keeps only the latest wish while one is under way', async () => {
    let finish: () => void = () => undefined;
    await show({}, { seek: (ms: number) => (ms === 0 ? new Promise((r) => (finish = () => r(time))) : time) });
    const slider = screen.getByRole('slider');
    fireEvent.keyDown(slider, { key: 'Home' });
    fireEvent.keyDown(slider, { key: 'PageDown' });
    fireEvent.keyDown(slider, { key: 'End' });
    finish();
    await settle();
    expect(calls('seek')).toEqual([[0], [42_300]]);
  });
});

describe('branches', () => {
  it('are named and can be gone to', async () => {
    const branches = [
      { id: 0, name: '', atMs: START, endMs: START + 42_300, current: true, outcome: '' },
      {
        id: 1,
        name: 'kubectl drain worker-x86',
        atMs: START + 31_200,
        endMs: START + 50_000,
        current: false,
        outcome: '',
      },
    ];
    await show({}, { branches, switchBranch: time });
    await userEvent.click(screen.getByRole('button', { name: 'Branch 2: drain worker-x86' }));
    expect(calls('switchBranch')).toEqual([[1]]);
    expect(document.documentElement.style.getPropertyValue('--time-h')).toBe('132px');
  });

  it('take another name, or go', async () => {
    const side = {
      id: 1,
      name: 'kubectl drain worker-x86',
      atMs: START,
      endMs: START + 9,
      current: false,
      outcome: '',
    };
    let branches = [{ id: 0, name: '', atMs: START, endMs: START + 9, current: true, outcome: '' }, side];
    await show(
      {},
      {
        branches: () => branches,
        renameBranch: (id: number, label: string) => {
          branches = branches.map((b) => (b.id === id ? { ...b, label } : b));
          return true;
        },
        deleteBranch: (id: number) => {
          branches = branches.filter((b) => b.id !== id);
          return true;
        },
      },
    );
    await userEvent.click(screen.getByRole('button', { name: 'Rename or delete branch 2' }));
    const field = screen.getByRole('textbox', { name: 'Name of the branch' });
    await userEvent.clear(field);
    await userEvent.type(field, 'with a drain{Enter}');
    await settle();
    expect(screen.getByRole('button', { name: 'Branch 2: with a drain' })).toBeTruthy();
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Rename or delete branch 2');
    await userEvent.keyboard('{Enter}');
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('textbox')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Rename or delete branch 2' }));
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
    await settle();
    expect(calls('deleteBranch')).toEqual([[1]]);
    expect(screen.queryByRole('button', { name: /^Branch 2/ })).toBeNull();
  });
});
