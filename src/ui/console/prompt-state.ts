import { type Completion, onTab, take } from './completion.ts';
import { unfinished } from './output.ts';

/** What stands on the prompt: pure steps, so that history, completion and here-documents can be tested by themselves. */
export interface PromptState {
  line: string;
  /** Lines of a command that goes on: a here-document or a trailing backslash. */
  open: string;
  /** The list of options has the arrow keys. */
  picking: boolean;
  active: number;
  /** How far back in the history; 0 is the line being typed, kept in `draft` meanwhile. */
  back: number;
  draft: string;
}

export const EMPTY: PromptState = { line: '', open: '', picking: false, active: 0, back: 0, draft: '' };

export const changed = (s: PromptState, line: string): PromptState => ({ ...s, line, picking: false, active: 0 });

/** One step back (1) or forward (-1) through the history. */
export function recalled(s: PromptState, step: 1 | -1, history: readonly string[]): PromptState {
  const back = Math.min(Math.max(s.back + step, 0), history.length);
  if (back === s.back) return s;
  const draft = s.back === 0 ? s.line : s.draft;
  return { ...changed(s, back === 0 ? draft : history[history.length - back]!), back, draft };
}

export const moved = (s: PromptState, step: 1 | -1, count: number): PromptState => ({
  ...s,
  active: (s.active + step + count) % count,
});

export const taken = (s: PromptState, completion: Completion, option: string): PromptState =>
  changed(s, take(s.line, completion, option));

export function tabbed(s: PromptState, completion: Completion): PromptState {
  if (s.picking) return taken(s, completion, completion.options[s.active]!);
  const next = onTab(s.line, completion);
  return { ...changed(s, next.line), picking: next.pick };
}

/** Enter: the command that is complete now, or nothing while more lines must come. */
export function entered(s: PromptState): { state: PromptState; run?: string } {
  const whole = s.open ? `${s.open}\n${s.line}` : s.line;
  if (unfinished(whole)) return { state: { ...EMPTY, open: whole } };
  return whole.trim() ? { state: EMPTY, run: whole } : { state: EMPTY };
}
