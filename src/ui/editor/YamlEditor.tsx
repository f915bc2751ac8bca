import { type RefObject, useEffect, useRef } from 'react';
import type { Problem } from '../../worker/protocol.ts';
import { useT } from '../i18n/index.ts';
import { useStore } from '../store.ts';
import { nextIndent } from './indent.ts';
import { type Lens, lensText } from './lenses.ts';
import { monaco, setupYaml } from './monaco.ts';
import type { EditorProps } from './PlainEditor.tsx';
import { withScheduler } from './scheduler-schema.ts';
import { shortTexts } from './short-texts.ts';
import { sizes, themeFromTokens } from './theme.ts';

/** The full editor: loaded on first focus, one for all files; each file keeps its own undo history. */

type Editor = monaco.editor.IStandaloneCodeEditor;

let configured = false;

function configureYaml(): void {
  if (configured) return;
  configured = true;
  void import('./k8s.schema.json').then(({ default: schema }) =>
    setupYaml({
      enableSchemaRequest: false,
      isKubernetes: true,
      yamlVersion: '1.1',
      validate: true,
      hover: true,
      completion: true,
      format: { enable: false },
      schemas: [{ uri: 'k8s://schema', fileMatch: ['**'], schema: withScheduler(shortTexts(schema)) as never }],
    }),
  );
}

const uriOf = (file: string) => monaco.Uri.file(/\.ya?ml$/i.test(file) ? file : `${file}.yaml`);

function modelOf(file: string, text: string): monaco.editor.ITextModel {
  const uri = uriOf(file);
  return monaco.editor.getModel(uri) ?? monaco.editor.createModel(text, 'yaml', uri);
}

/** Models of files that were closed or renamed go, with their undo history. */
function dropModels(files: Readonly<Record<string, string>>): void {
  const kept = new Set(Object.keys(files).map((f) => uriOf(f).toString()));
  for (const model of monaco.editor.getModels())
    if (model.uri.scheme === 'file' && !kept.has(model.uri.toString())) model.dispose();
}

/** Whether Escape has nothing of its own to close. */
const ESCAPE_FREE =
  'editorTextFocus && !suggestWidgetVisible && !findWidgetVisible && !inSnippetMode && !markersNavigationVisible && !parameterHintsVisible && !editorHasMultipleSelections && !editorHoverVisible';

function create(host: HTMLElement, label: string): Editor {
  return monaco.editor.create(host, {
    model: null,
    ariaLabel: label,
    // a text that is inserted whole keeps its own indentation; Enter has a command of its own
    autoIndent: 'none',
    automaticLayout: true,
    contextmenu: true,
    fixedOverflowWidgets: true,
    folding: false,
    glyphMargin: false,
    guides: { indentation: false },
    lineDecorationsWidth: 16,
    lineNumbersMinChars: 3,
    minimap: { enabled: false },
    overviewRulerLanes: 0,
    padding: { top: 8 },
    quickSuggestions: { strings: true, other: true, comments: false },
    renderFinalNewline: 'on',
    renderLineHighlight: 'line',
    renderLineHighlightOnlyWhenFocus: true,
    scrollBeyondLastLine: false,
    scrollbar: { verticalScrollbarSize: 8, horizontalScrollbarSize: 8, useShadows: false },
    stickyScroll: { enabled: false },
    tabSize: 2,
    insertSpaces: true,
    detectIndentation: false,
    wordBasedSuggestions: 'off',
    ...sizes(),
  });
}

const ENTER_FREE = 'editorTextFocus && !editorReadonly && !suggestWidgetVisible && !inSnippetMode';

/** Enter: a new line with the indentation that fits. */
function newLine(e: Editor): void {
  const model = e.getModel();
  const range = e.getSelection();
  if (!model || !range) return;
  const before = model.getLineContent(range.startLineNumber).slice(0, range.startColumn - 1);
  e.pushUndoStop();
  e.executeEdits('newline', [{ range, text: `\n${nextIndent(before)}`, forceMoveMarkers: true }]);
  const at = e.getPosition();
  if (at) e.revealPosition(at);
}

interface Zone {
  line: number;
  className: string;
  text: string;
  onClick?: () => void;
}

/** Height of a note of this width, measured outside the editor. */
function measured(node: HTMLElement, width: number): number {
  const box = document.createElement('div');
  box.style.cssText = `position:absolute;visibility:hidden;width:${width}px`;
  box.append(node.cloneNode(true));
  document.body.append(box);
  const height = box.offsetHeight;
  box.remove();
  return Math.max(height, 16);
}

/** Puts notes under their lines; returns what takes them away again. */
function placeZones(editor: Editor, zones: readonly Zone[]): () => void {
  const ids: string[] = [];
  const clicks = new Map<string, () => void>();
  const width = editor.getLayoutInfo().contentWidth;
  editor.changeViewZones((change) => {
    for (const z of zones) {
      const domNode = document.createElement('div');
      domNode.className = z.className;
      // the zone is as wide as the longest line, its text is to be read without scrolling
      const note = document.createElement('div');
      note.className = 'ed-note';
      note.style.width = `${width}px`;
      note.textContent = z.text;
      domNode.append(note);
      const marginDomNode = document.createElement('div');
      marginDomNode.className = z.className;
      const heightInPx = measured(note, width);
      const id = change.addZone({ afterLineNumber: z.line, heightInPx, domNode, marginDomNode });
      ids.push(id);
      if (z.onClick) clicks.set(id, z.onClick);
    }
  });
  const mouse = editor.onMouseDown((e) => {
    if (e.target.type === monaco.editor.MouseTargetType.CONTENT_VIEW_ZONE) clicks.get(e.target.detail.viewZoneId)?.();
  });
  return () => {
    mouse.dispose();
    editor.changeViewZones((change) => {
      for (const id of ids) change.removeZone(id);
    });
  };
}

const whole = (line: number, className: string): monaco.editor.IModelDeltaDecoration => ({
  range: new monaco.Range(line, 1, line, 1),
  options: { isWholeLine: true, className, marginClassName: className },
});

export interface YamlEditorProps extends EditorProps {
  files: Readonly<Record<string, string>>;
  /** Where the caret goes, and that the editor takes the focus: it replaces a field that had it. */
  start?: { line: number; column: number };
}

type Latest = RefObject<YamlEditorProps>;

/** The editor itself, made once; commands read the latest props. */
function useEditor(host: RefObject<HTMLDivElement | null>, latest: Latest): RefObject<Editor | undefined> {
  const t = useT();
  const editor = useRef<Editor>(undefined);
  useEffect(() => {
    const e = create(host.current!, t('editor.manifest'));
    editor.current = e;
    configureYaml();
    const why = () => {
      const line = e.getPosition()?.lineNumber ?? 1;
      const { lenses, onWhy } = latest.current;
      const lens = lenses.find((l) => l.line >= line) ?? lenses[0];
      if (lens) onWhy(lens);
    };
    const { CtrlCmd, Alt } = monaco.KeyMod;
    const { Enter, Escape } = monaco.KeyCode;
    e.addAction({
      id: 'berth.apply',
      label: t('edit.apply'),
      keybindings: [CtrlCmd | Enter],
      run: () => latest.current.onApply(),
    });
    e.addAction({ id: 'berth.why', label: t('edit.whyHere'), keybindings: [Alt | Enter], run: why });
    e.addCommand(Escape, () => e.updateOptions({ tabFocusMode: true }), ESCAPE_FREE);
    e.addCommand(Enter, () => newLine(e), ENTER_FREE);
    e.onDidBlurEditorWidget(() => e.updateOptions({ tabFocusMode: false }));
    e.onDidChangeModelContent(() => {
      const value = e.getModel()?.getValue();
      if (value !== undefined && value !== latest.current.text) latest.current.onChange(value);
    });
    host.current?.querySelector('[role="textbox"], textarea')?.setAttribute('aria-description', t('edit.leave'));
    return () => e.dispose();
  }, [t, host, latest]);
  return editor;
}

/** Shows the file's model, and follows texts that changed elsewhere (`kubectl edit`, undo). */
function useModel(editor: RefObject<Editor | undefined>, props: YamlEditorProps): void {
  const { file, text, files, readonly } = props;
  const t = useT();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new language makes a new editor, which needs its model
  useEffect(() => {
    const model = modelOf(file, text);
    if (model.getValue() !== text)
      model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
    if (editor.current?.getModel() !== model) editor.current?.setModel(model);
    editor.current?.updateOptions({ readOnly: readonly });
  }, [editor, file, text, readonly, t]);
  useEffect(() => dropModels(files), [files]);
}

function useTheme(editor: RefObject<Editor | undefined>): void {
  const theme = useStore((s) => s.theme);
  const projector = useStore((s) => s.projector);
  useEffect(() => {
    // the tokens' values change one frame after the attribute did
    const frame = requestAnimationFrame(() => {
      monaco.editor.defineTheme('berth', themeFromTokens(theme === 'dark' && !projector));
      monaco.editor.setTheme('berth');
      editor.current?.updateOptions(sizes());
    });
    return () => cancelAnimationFrame(frame);
  }, [editor, theme, projector]);
}

/** Squiggles, tinted lines and notes. */
function useMarks(editor: RefObject<Editor | undefined>, props: YamlEditorProps, latest: Latest): void {
  const t = useT();
  const { file, lenses, problems, changed } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another file is another model
  useEffect(() => {
    const e = editor.current;
    const model = e?.getModel();
    if (!e || !model) return;
    monaco.editor.setModelMarkers(model, 'apiserver', problems.map(markerOf));
    const decorations = e.createDecorationsCollection(tints(lenses, problems, changed));
    return () => decorations.clear();
  }, [editor, changed, lenses, problems, file]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another file is another model
  useEffect(() => {
    const e = editor.current;
    if (!e) return;
    const zones = (): Zone[] => [
      ...problems.map((p) => ({ line: p.line, className: 'ed-problem', text: p.message })),
      ...lenses.map((l) => ({
        line: l.line,
        className: 'ed-lens',
        text: lensText(l, t),
        onClick: () => latest.current.onWhy(l),
      })),
    ];
    let clear = placeZones(e, zones());
    let width = e.getLayoutInfo().contentWidth;
    const layout = e.onDidLayoutChange((info) => {
      if (info.contentWidth === width) return;
      width = info.contentWidth;
      clear();
      clear = placeZones(e, zones());
    });
    return () => {
      layout.dispose();
      clear();
    };
  }, [editor, latest, lenses, problems, file, t]);
}

const markerOf = (p: Problem): monaco.editor.IMarkerData => ({
  severity: monaco.MarkerSeverity.Error,
  message: p.message,
  startLineNumber: p.line,
  startColumn: p.column,
  endLineNumber: p.endLine,
  endColumn: p.endColumn,
});

function tints(lenses: readonly Lens[], problems: readonly Problem[], changed: readonly number[]) {
  const bad = new Set(problems.map((p) => p.line));
  const hot = new Set(lenses.map((l) => l.line));
  return [
    ...changed.filter((n) => !bad.has(n) && !hot.has(n)).map((n) => whole(n, 'ed-add')),
    ...[...hot].filter((n) => !bad.has(n)).map((n) => whole(n, 'ed-hot')),
    ...[...bad].map((n) => whole(n, 'ed-bad')),
  ];
}

export default function YamlEditor(props: YamlEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const editor = useEditor(host, latest);
  useModel(editor, props);
  useTheme(editor);
  useMarks(editor, props, latest);
  useEffect(() => {
    const { start } = latest.current;
    if (!start) return;
    editor.current?.setPosition({ lineNumber: start.line, column: start.column });
    editor.current?.revealLineInCenterIfOutsideViewport(start.line);
    editor.current?.focus();
  }, [editor]);
  return <div className="ed-monaco" ref={host} />;
}
