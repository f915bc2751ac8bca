import { type ClipboardEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { useT } from '../i18n/index.ts';
import { setState, useStore } from '../store.ts';
import { runAll, runningId, stop, useSession } from './commands.ts';
import { type Completion, ghostOf } from './completion.ts';
import { commandsOf } from './output.ts';
import { changed, EMPTY, entered, moved, type PromptState, recalled, tabbed, taken } from './prompt-state.ts';
import { useCompletion } from './use-completion.ts';

const OPTIONS_MAX = 12;

function Options(props: { id: string; completion: Completion; active: number; onTake: (o: string) => void }) {
  const t = useT();
  const { completion, id } = props;
  return (
    <div
      className="con-options"
      role="listbox"
      id={id}
      aria-label={t('con.options', { n: completion.options.length })}
      style={{ left: `${completion.from}ch` }}
    >
      {completion.options.slice(0, OPTIONS_MAX).map((o, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's
        <div
          key={o}
          id={`${id}-${i}`}
          role="option"
          tabIndex={-1}
          aria-selected={i === props.active}
          onMouseDown={(e) => e.preventDefault()}
          onClick={() => props.onTake(o)}
        >
          {o}
        </div>
      ))}
    </div>
  );
}

interface Keys {
  s: PromptState;
  set: (s: PromptState) => void;
  completion: Completion;
  shown: boolean;
  ghost: string;
  history: readonly string[];
  drop: () => void;
}

function submit({ s, set }: Keys): void {
  const { state, run } = entered(s);
  set(state);
  if (run) void runAll(commandsOf(run));
}

/** Ctrl+C copies what is selected, else stops what runs, else clears the line. */
function interrupt(event: KeyboardEvent<HTMLInputElement>, { set }: Keys): void {
  const { selectionStart, selectionEnd } = event.currentTarget;
  if (selectionStart !== selectionEnd) return;
  event.preventDefault();
  if (runningId()) stop();
  else set(EMPTY);
}

function keyAction(event: KeyboardEvent<HTMLInputElement>, k: Keys): (() => void) | undefined {
  const { s, set, completion } = k;
  const count = Math.min(completion.options.length, OPTIONS_MAX);
  const option = completion.options[s.active] ?? '';
  switch (event.key) {
    case 'Enter':
      return s.picking ? () => set(taken(s, completion, option)) : () => submit(k);
    case 'Tab':
      return k.shown && !event.shiftKey ? () => set(tabbed(s, completion)) : undefined;
    case 'ArrowRight':
      return k.ghost && event.currentTarget.selectionStart === s.line.length
        ? () => set(taken(s, completion, option))
        : undefined;
    case 'ArrowUp':
    case 'ArrowDown': {
      const step = event.key === 'ArrowUp' ? 1 : -1;
      if (s.picking) return () => set(moved(s, step === 1 ? -1 : 1, count));
      return () => {
        set(recalled(s, step, k.history));
        k.drop();
      };
    }
    case 'Escape':
      return k.shown ? k.drop : undefined;
    default:
      return undefined;
  }
}

function onKeyDown(event: KeyboardEvent<HTMLInputElement>, k: Keys): void {
  if (event.nativeEvent.isComposing) return;
  if (event.ctrlKey && event.code === 'KeyC') {
    interrupt(event, k);
    return;
  }
  const action = event.ctrlKey && event.code === 'KeyL' ? () => setState({ console: [] }) : keyAction(event, k);
  if (!action) return;
  event.preventDefault();
  event.stopPropagation();
  action();
}

function onPaste(event: ClipboardEvent<HTMLInputElement>, { s, set }: Keys): void {
  const text = event.clipboardData.getData('text');
  if (!/\n\s*\S/.test(text)) return;
  event.preventDefault();
  set(EMPTY);
  void runAll(commandsOf(s.line + text));
}

/** The line one types on: history with up and down, completion with Tab, Ctrl+C, pastes of several lines. */
export function Prompt() {
  const t = useT();
  const list = `${useId()}-list`;
  const input = useRef<HTMLInputElement>(null);
  const [s, set] = useState(EMPTY);
  const [focused, setFocused] = useState(false);
  const history = useSession((x) => x.history);
  const [completion, drop] = useCompletion(s.line, focused && !s.open);
  const shown = focused && completion.options.length > 0;
  const ghost = shown ? ghostOf(s.line, completion, s.active) : '';
  const keys: Keys = { s, set, completion, shown, ghost, history, drop };
  const onFocus = () => {
    setFocused(true);
    if (!useStore.getState().consoleOpen) setState({ consoleOpen: true });
  };
  return (
    <div className="con-prompt">
      <span aria-hidden="true">{s.open ? '>' : '$'}</span>
      <span className="con-line">
        <input
          ref={input}
          id="console-input"
          role="combobox"
          aria-label={t('console.command')}
          aria-expanded={shown}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={shown && s.picking ? `${list}-${s.active}` : undefined}
          aria-description={t('con.hint')}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          placeholder={t('con.placeholder')}
          value={s.line}
          onChange={(e) => set(changed(s, e.target.value))}
          onKeyDown={(e) => onKeyDown(e, keys)}
          onPaste={(e) => onPaste(e, keys)}
          onFocus={onFocus}
          onBlur={() => setFocused(false)}
        />
        <span className="con-ghost" aria-hidden="true">
          <i>{s.line}</i>
          {ghost}
        </span>
        {shown && (
          <Options id={list} completion={completion} active={s.active} onTake={(o) => set(taken(s, completion, o))} />
        )}
      </span>
    </div>
  );
}
