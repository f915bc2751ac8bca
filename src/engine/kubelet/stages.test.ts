import { expect, it } from 'vitest';
import { type Position, runStages, type Stage } from './stages.ts';

interface View {
  open: boolean;
  said: string[];
}

const rows: Stage<View>[] = [
  { name: 'begin', from: 'idle', when: (v) => v.open, next: 'work' },
  { name: 'work', from: 'work', delayMs: () => 100, event: (v) => v.said.push('worked'), next: () => 'done' },
];

it('moves when a row applies and its delay is over, and speaks once', () => {
  const at: Position = { stage: 'idle' };
  const view: View = { open: false, said: [] };
  expect(runStages(rows, at, view, 0)).toBe(false);
  view.open = true;
  expect(runStages(rows, at, view, 10)).toBe(true);
  expect(at).toEqual({ stage: 'work', row: 'work', dueAt: 110 });
  expect(runStages(rows, at, view, 109)).toBe(false);
  expect(runStages(rows, at, view, 110)).toBe(true);
  expect(at).toEqual({ stage: 'done' });
  expect(view.said).toEqual(['worked']);
});

it('holds that a subject comes to rest', () => {
  const loop: Stage<null>[] = [{ name: 'round', next: 'again' }];
  expect(() => runStages(loop, { stage: 'again' }, null, 0)).toThrow('comes to rest');
});
