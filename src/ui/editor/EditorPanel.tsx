import '../parts/parts.css';
import './editor.css';
import { type ClipboardEvent, type ComponentType, type DragEvent, useEffect, useMemo, useRef, useState } from 'react';
import { select } from '../actions.ts';
import { call } from '../connection.ts';
import { useT } from '../i18n/index.ts';
import { useLiveRows } from '../parts/hooks.ts';
import { Splitter } from '../splitter.tsx';
import { setState, useStore } from '../store.ts';
import { applyFile, forgetUndone, noteStory } from './apply.ts';
import { changesOf } from './changes.ts';
import { FileTabs } from './FileTabs.tsx';
import { addFile, pasteDocuments, setText } from './files.ts';
import { footText } from './foot.ts';
import { type Lens, lensText, useLenses } from './lenses.ts';
import { PlainEditor } from './PlainEditor.tsx';
import { QuickFix } from './QuickFix.tsx';
import type { YamlEditorProps } from './YamlEditor.tsx';

/** The worker notes the texts of the tabs once typing has paused for this long. */
const NOTE_AFTER_MS = 800;

type Full = ComponentType<YamlEditorProps>;
let loading: Promise<Full> | undefined;

/** Fetches the full editor once; a failed fetch may be tried again. */
function loadFull(): Promise<Full> {
  loading ??= import('./YamlEditor.tsx').then((m) => m.default);
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

/** Fingers have no use for the full editor: its field is no native one. */
const byTouch = (): boolean => window.matchMedia?.('(pointer: coarse)').matches ?? false;

const openWhy = (lens: Lens): void => {
  select({ kind: 'Pod', key: lens.pod });
  setState({ inspectorTab: 'why' });
};

function Code({ file, text, lenses }: { file: string; text: string; lenses: readonly Lens[] }) {
  const t = useT();
  const files = useStore((s) => s.files);
  const applied = useStore((s) => s.applied[file]);
  const allProblems = useStore((s) => s.problems);
  const readonly = useStore((s) => s.readonly);
  const field = useRef<HTMLTextAreaElement>(null);
  const pressed = useRef<number>(undefined);
  const [full, setFull] = useState<{ Editor: Full; start?: { line: number; column: number } }>();
  const [state, setLoad] = useState<'idle' | 'loading' | 'failed'>('idle');
  const [touch] = useState(byTouch);
  const problems = useMemo(() => allProblems.filter((p) => p.file === file), [allProblems, file]);
  const changed = useMemo(() => changesOf(applied, text).lines, [applied, text]);

  const load = async () => {
    if (touch || state !== 'idle') return;
    setLoad('loading');
    try {
      const Editor = await loadFull();
      setFull({ Editor, start: caret(field.current, pressed.current) });
    } catch {
      setLoad('failed');
    }
  };
  const shared = {
    file,
    text,
    lenses,
    problems,
    changed,
    readonly,
    onWhy: openWhy,
    onChange: (next: string) => setText(file, next),
    onApply: () => void applyFile(file),
  };
  if (full) return <full.Editor {...shared} files={files} start={full.start} />;
  return (
    <>
      <PlainEditor
        {...shared}
        field={field}
        lasting={touch || state === 'failed'}
        onPress={(line) => {
          pressed.current = line;
        }}
        onFocus={() => void load()}
      />
      <span className="p-hidden" role="status">
        {state === 'loading' && t('edit.loading')}
        {state === 'failed' && t('edit.failed')}
      </span>
    </>
  );
}

/** Where the caret of a field stands; `undefined` when the field does not have the focus (any more). */
function caret(
  field: HTMLTextAreaElement | null,
  pressedLine: number | undefined,
): { line: number; column: number } | undefined {
  if (!field || document.activeElement !== field) return undefined;
  const before = field.value.slice(0, field.selectionStart).split('\n');
  return pressedLine !== undefined && pressedLine !== before.length
    ? { line: pressedLine, column: 1 + (field.value.split('\n')[pressedLine - 1]?.length ?? 0) }
    : { line: before.length, column: 1 + before.at(-1)!.length };
}

function Foot({ file, text, lenses }: { file: string; text: string; lenses: readonly Lens[] }) {
  const t = useT();
  const applied = useStore((s) => s.applied[file]);
  const past = useStore((s) => s.time.past);
  const problems = useStore((s) => s.problems.filter((p) => p.file === file).length);
  const readonly = useStore((s) => s.readonly);
  const [busy, setBusy] = useState(false);
  const apply = async () => {
    setBusy(true);
    await applyFile(file);
    setBusy(false);
  };
  return (
    <div className="ed-foot">
      <button
        type="button"
        className="p-btn solid"
        data-apply=""
        disabled={readonly || !text.trim()}
        onClick={() => void apply()}
      >
        {t('apply')}
        <span aria-hidden="true">
          <kbd>Ctrl ↵</kbd>
        </span>
      </button>
      <span className={problems ? 'ed-say bad' : 'ed-say'}>
        {busy ? t('edit.applying') : footText({ text, applied, past, problems }, t)}
      </span>
      {lenses.length > 0 && (
        <ul className="ed-lens-list" aria-label={t('edit.lenses')}>
          {lenses.map((l) => (
            <li key={`${l.line} ${l.plugin} ${l.nodes.join()}`}>
              <button type="button" onClick={() => openWhy(l)}>
                {t('edit.line', { n: l.line })}: {lensText(l, t)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Empty() {
  const t = useT();
  return (
    <div className="ed-empty">
      <p>{t('edit.empty')}</p>
      <p>{t('edit.emptyHow')}</p>
      <button type="button" className="p-btn line" onClick={() => addFile('new.yaml', '')}>
        {t('edit.new')}
      </button>
    </div>
  );
}

async function takeDropped(list: FileList): Promise<void> {
  for (const f of list) addFile(f.name, await f.text());
}

/** Tells the worker the texts, and notes which of them the story itself applied. */
function useTold(files: Record<string, string>): void {
  const connected = useStore((s) => s.connected);
  // in the past a changed text is told when it is applied: until then there is no branch
  const past = useStore((s) => s.time.past);
  const { marks, resets } = useLiveRows(1000);
  const count = marks.length;
  useEffect(() => {
    if (!connected || past) return;
    const timer = setTimeout(() => void call('files', files).catch(() => undefined), NOTE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [files, connected, past]);
  const seen = useRef(resets);
  useEffect(() => {
    if (resets === seen.current || past) return;
    seen.current = resets;
    forgetUndone(marks);
  }, [resets, past, marks]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is the same one, it only grows
  useEffect(() => noteStory(marks), [count, files]);
}

/** Manifests as files, what would change, and the lines that make nodes refuse. */
export function EditorPanel() {
  const t = useT();
  const files = useStore((s) => s.files);
  const active = useStore((s) => s.activeFile);
  const wide = useStore((s) => s.width === 'wide');
  const [over, setOver] = useState(false);
  const text = files[active] ?? '';
  const lenses = useLenses(active, text);
  useTold(files);
  const onPaste = (e: ClipboardEvent) => {
    if (pasteDocuments(active, e.clipboardData.getData('text'))) {
      e.preventDefault();
      e.stopPropagation();
    }
  };
  const onDrop = (e: DragEvent) => {
    setOver(false);
    if (!e.dataTransfer.files.length) return;
    e.preventDefault();
    void takeDropped(e.dataTransfer.files);
  };
  return (
    <section
      className={over ? 'editor over' : 'editor'}
      aria-label={t('region.editor')}
      onPointerEnter={() => !byTouch() && void loadFull().catch(() => undefined)}
      onPasteCapture={onPaste}
      onDragOver={(e) => {
        if (!e.dataTransfer.types.includes('Files')) return;
        e.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <FileTabs />
      {active in files ? (
        <>
          <div className="ed-panel" role="tabpanel" id="file-panel" aria-labelledby={`file-tab-${active}`}>
            <Code file={active} text={text} lenses={lenses} />
          </div>
          <QuickFix file={active} />
          <Foot file={active} text={text} lenses={lenses} />
        </>
      ) : (
        <Empty />
      )}
      {wide && <Splitter side="left" />}
      {over && (
        <p className="ed-drop" aria-hidden="true">
          {t('edit.drop')}
        </p>
      )}
    </section>
  );
}
