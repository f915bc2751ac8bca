import { memo, type PointerEvent, type ReactNode, type RefObject } from 'react';
import type { Problem } from '../../worker/protocol.ts';
import { useT } from '../i18n/index.ts';
import { HighlightedLine } from './Highlighted.tsx';
import { type Lens, lensText } from './lenses.ts';

/** Longer texts are shown without colours: drawing them line by line would be felt at each key. */
const COLOUR_MAX = 200_000;

export interface EditorProps {
  file: string;
  text: string;
  lenses: readonly Lens[];
  problems: readonly Problem[];
  /** 1-based lines that differ from what is applied. */
  changed: readonly number[];
  readonly: boolean;
  onChange: (text: string) => void;
  onWhy: (lens: Lens) => void;
  onApply: () => void;
}

const Line = memo(function Line({ text, n, className }: { text: string; n: number; className: string }) {
  return (
    <div className={className} data-line={n} aria-hidden="true">
      <i>{n}</i>
      <span>
        <HighlightedLine line={text} />
      </span>
    </div>
  );
});

function Notes({
  line,
  lenses,
  problems,
  onWhy,
}: Pick<EditorProps, 'lenses' | 'problems' | 'onWhy'> & { line: number }) {
  const t = useT();
  return (
    <>
      {problems
        .filter((p) => p.line === line)
        .map((p) => (
          <p key={p.message} className="ed-note ed-problem">
            {p.message}
          </p>
        ))}
      {lenses
        .filter((l) => l.line === line)
        .map((l) => (
          <button
            key={`${l.plugin} ${l.nodes.join()}`}
            type="button"
            className="ed-note ed-lens"
            onClick={() => onWhy(l)}
          >
            {lensText(l, t)}
          </button>
        ))}
    </>
  );
}

function Lines(props: EditorProps): ReactNode {
  const { text, lenses, problems, changed } = props;
  const hot = new Set(lenses.map((l) => l.line));
  const bad = new Set(problems.map((p) => p.line));
  const add = new Set(changed);
  return text.split('\n').map((line, i) => {
    const n = i + 1;
    const kind = bad.has(n) ? 'ln err' : hot.has(n) ? 'ln hl' : add.has(n) ? 'ln add' : 'ln';
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity
      <div key={i}>
        <Line text={line} n={n} className={kind} />
        {(bad.has(n) || hot.has(n)) && <Notes line={n} {...props} />}
      </div>
    );
  });
}

/**
 * The text in the editor's colours under a transparent text field: it can be typed into at once, on a phone for good and
 * elsewhere until the full editor is there. Nothing shifts when that takes over.
 */
export function PlainEditor(
  props: EditorProps & {
    field: RefObject<HTMLTextAreaElement | null>;
    /** True where the full editor never comes: then notes fold away while typing, so that the caret stands where it types. */
    lasting: boolean;
    /** Where the pointer went down, so that the full editor can put its caret there. */
    onPress: (line: number) => void;
    onFocus: () => void;
  },
) {
  const t = useT();
  const { text, field, lasting } = props;
  const coloured = text.length <= COLOUR_MAX;
  const press = (e: PointerEvent) => {
    const under = document.elementsFromPoint?.(e.clientX, e.clientY) ?? [];
    const line = under.map((el) => el.closest<HTMLElement>('[data-line]')?.dataset.line).find(Boolean);
    if (line) props.onPress(Number(line));
  };
  return (
    <div className={`ed-plain${lasting ? ' lasting' : ''}${coloured ? '' : ' bare'}`}>
      <div className="ed-in">
        {coloured && <Lines {...props} />}
        <textarea
          ref={field}
          aria-label={t('editor.manifest')}
          aria-description={t('edit.leave')}
          value={text}
          readOnly={props.readonly}
          wrap="off"
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          onChange={(e) => props.onChange(e.target.value)}
          onPointerDown={press}
          onFocus={props.onFocus}
          onKeyDown={(e) => {
            if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
              e.preventDefault();
              props.onApply();
            }
          }}
        />
      </div>
    </div>
  );
}
