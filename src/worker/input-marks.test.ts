import { describe, expect, it } from 'vitest';
import type { FrameRows } from '../view/rows.ts';
import { InputMarks } from './input-marks.ts';

const frame = (reset: boolean): FrameRows => ({
  reset,
  nowMs: 0,
  revision: 0,
  nodes: [],
  removedNodes: [],
  pods: [],
  removedPods: [],
  marks: [{ id: 1, atMs: 1500, kind: 'progress', text: '' }],
});
const inputs = ['kubectl apply -f web.yaml', 'kubectl get po', 'cat > web.yaml', 'kubectl cordon a', '^C'].map(
  (line, i) => ({
    atMs: i * 1000,
    line,
  }),
);
const flags = (f: FrameRows) => f.marks.filter((m) => m.kind === 'input').map((m) => [m.atMs, m.text]);

describe('InputMarks', () => {
  it('flags what was done, once, in order of time', () => {
    const marks = new InputMarks();
    const first = frame(true);
    marks.add(first, inputs.slice(0, 2), 1000);
    expect(flags(first)).toEqual([[1000, 'kubectl apply -f web.yaml']]);
    expect(first.marks.map((m) => m.atMs)).toEqual([1000, 1500]);
    const second = frame(false);
    marks.add(second, inputs, 1000);
    expect(flags(second)).toEqual([[4000, 'kubectl cordon a']]);
    const third = frame(false);
    marks.add(third, inputs, 1000);
    expect(flags(third)).toEqual([]);
  });

  it('sends all again after a jump', () => {
    const marks = new InputMarks();
    marks.add(frame(true), inputs, 0);
    const again = frame(true);
    marks.add(again, inputs.slice(0, 4), 0);
    expect(flags(again)).toHaveLength(2);
  });
});
