import { describe, expect, it } from 'vitest';
import { changed, EMPTY, entered, moved, recalled, tabbed } from './prompt-state.ts';

const history = ['one', 'two', 'three'];

describe('the prompt', () => {
  it('goes back and forth through the history and keeps the draft', () => {
    let s = recalled(changed(EMPTY, 'dra'), 1, history);
    expect(s.line).toBe('three');
    s = recalled(recalled(recalled(s, 1, history), 1, history), 1, history);
    expect(s).toMatchObject({ line: 'one', back: 3 });
    s = recalled(recalled(recalled(s, -1, history), -1, history), -1, history);
    expect(s).toMatchObject({ line: 'dra', back: 0 });
    expect(recalled(EMPTY, 1, [])).toBe(EMPTY);
  });

  it('gives the arrows to the list only after Tab had nothing to add', () => {
    const completion = { from: 0, options: ['aa1', 'aa2'] };
    let s = tabbed(changed(EMPTY, 'a'), completion);
    expect(s).toMatchObject({ line: 'aa', picking: false });
    s = tabbed(s, completion);
    expect(s).toMatchObject({ line: 'aa', picking: true, active: 0 });
    s = moved(s, -1, 2);
    expect(s.active).toBe(1);
    expect(tabbed(s, completion)).toMatchObject({ line: 'aa2 ', picking: false });
  });

  it('collects a here-document until its end', () => {
    const first = entered(changed(EMPTY, 'cat <<EOF'));
    expect(first).toEqual({ state: { ...EMPTY, open: 'cat <<EOF' } });
    const second = entered(changed(first.state, 'x'));
    expect(second.run).toBeUndefined();
    expect(entered(changed(second.state, 'EOF')).run).toBe('cat <<EOF\nx\nEOF');
  });

  it('runs nothing for an empty line', () => {
    expect(entered(changed(EMPTY, '  '))).toEqual({ state: EMPTY });
  });
});
