import { type ClipboardEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { call } from '../connection.ts';
import { useT } from '../i18n/index.ts';
import { setState, useStore } from '../store.ts';
import { runAll, runningId, stop, useSession } from './commands.ts';
import { type Completion, ghostOf, NO_COMPLETION, onTab, take } from './completion.ts';
import { commandsOf, unfinished } from './output.ts';

const ASK_AFTER_MS = 60;
const OPTIONS_MAX = 12;

/** Asks the worker how a line could go on; an answer for an older line is dropped. */
function useCompletion(line: string, enabled: boolean): [Completion, () => void] {
  const [found, setFound] = useState<{ line: string; completion: Completion }>();
  useEffect(() => {
    if (!line.trim() || !enabled) return;
    let dropped = false;
    const timer = setTimeout(() => {
      call('complete', line, line.length)
        .then((completion) => {
          if (!dropped) setFound({ line, completion });
        })
        .catch(() => undefined);
    }, ASK_AFTER_MS);
    return () => {
      dropped = true;
      clearTimeout(timer);
    };
  }, [line, enabled]);
  const completion = found?.line === line ? found.completion : NO_COMPLETION;
  return [completion, () => setFound(undefined)];
}

function Options(props: {
  id: string;
  completion: Completion;
  active: number;
  left: number;
  onTake: (o: string) => void;
}) {
  const t = useT();
  const shown = props.completion.options.slice(0, OPTIONS_MAX);
  return (
    <div
      className="con-options"
      role="listbox"
      id={props.id}
      aria-label={t('con.options', { n: shown.length })}
      style={{ left: `${props.left}ch` }}
    >
      {shown.map((o, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's
        <div
          key={o}
          id={`${props.id}-${i}`}
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

/** The line one types on: history with up and down, completion with Tab, Ctrl+C, pastes of several lines. */
export function Prompt() {
  const t = useT();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [line, setLine] = useState('');
  /** Lines of a command that goes on: a here-document or a trailing backslash. */
  const [open, setOpen] = useState('');
  const [focused, setFocused] = useState(false);
  const [picking, setPicking] = useState(false);
  const [active, setActive] = useState(0);
  const [back, setBack] = useState(0);
  const history = useSession((s) => s.history);
  const draft = useRef('');
  const [completion, drop] = useCompletion(line, focused && !open);
  const shown = focused && completion.options.length > 0;
  const ghost = shown ? ghostOf(line, completion, active) : '';

  const change = (next: string) => {
    setLine(next);
    setPicking(false);
    setActive(0);
  };
  const takeOption = (option: string) => {
    change(take(line, completion, option));
    input.current?.focus();
  };
  const submit = () => {
    const whole = open ? `${open}\n${line}` : line;
    change('');
    setBack(0);
    if (unfinished(whole)) return setOpen(whole);
    setOpen('');
    if (whole.trim()) void runAll(commandsOf(whole));
  };
  const recall = (step: 1 | -1) => {
    const to = Math.min(Math.max(back + step, 0), history.length);
    if (to === back) return;
    if (back === 0) draft.current = line;
    setBack(to);
    change(to === 0 ? draft.current : history[history.length - to]!);
    drop();
  };
  const interrupt = (event: KeyboardEvent<HTMLInputElement>) => {
    const { selectionStart, selectionEnd } = event.currentTarget;
    if (selectionStart !== selectionEnd) return;
    event.preventDefault();
    if (runningId()) stop();
    else {
      change('');
      setOpen('');
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const end = event.currentTarget.selectionStart === line.length;
    if (event.ctrlKey && event.code === 'KeyC') return interrupt(event);
    if (event.ctrlKey && event.code === 'KeyL') {
      event.preventDefault();
      return setState({ console: [] });
    }
    const count = Math.min(completion.options.length, OPTIONS_MAX);
    const handled: Record<string, (() => void) | false> = {
      Enter: () => (picking ? takeOption(completion.options[active]!) : submit()),
      Tab: shown && !event.shiftKey && (() => tab()),
      ArrowRight: ghost !== '' && end && (() => takeOption(completion.options[active]!)),
      ArrowUp: () => (picking ? setActive((active + count - 1) % count) : recall(1)),
      ArrowDown: () => (picking ? setActive((active + 1) % count) : recall(-1)),
      Escape: shown && (() => drop()),
    };
    const action = handled[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  const tab = () => {
    if (picking) return takeOption(completion.options[active]!);
    const next = onTab(line, completion);
    change(next.line);
    setPicking(next.pick);
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const text = event.clipboardData.getData('text');
    if (!/\n\s*\S/.test(text)) return;
    event.preventDefault();
    change('');
    void runAll(commandsOf(line + text));
  };
  return (
    <div className="con-prompt">
      <span aria-hidden="true">{open ? '>' : '$'}</span>
      <span className="con-line">
        <input
          ref={input}
          id="console-input"
          role="combobox"
          aria-label={t('console.command')}
          aria-expanded={shown}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={shown && picking ? `${id}-list-${active}` : undefined}
          aria-description={t('con.hint')}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          value={line}
          onChange={(e) => change(e.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onFocus={() => {
            setFocused(true);
            if (!useStore.getState().consoleOpen) setState({ consoleOpen: true });
          }}
          onBlur={() => setFocused(false)}
        />
        <span className="con-ghost" aria-hidden="true">
          <i>{line}</i>
          {ghost}
        </span>
        {shown && (
          <Options
            id={`${id}-list`}
            completion={completion}
            active={active}
            left={completion.from}
            onTake={takeOption}
          />
        )}
      </span>
    </div>
  );
}
