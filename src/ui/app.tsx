/** The page: a grid of panels at three widths. Panels know the store, not each other. */
import './styles/frame.css';
import './styles/stage.css';
import './styles/dialogs.css';
import './styles/scale.css';
import './styles/onboarding.css';
import './styles/widths.css';
import { lazy, type MouseEvent, Suspense, useEffect } from 'react';
import { Caption } from './caption.tsx';
import { CrashPage } from './crash.tsx';
import { Dialogs } from './dialogs/dialogs.tsx';
import { EmbedBar } from './embed.tsx';
import { EmptyQuay } from './empty.tsx';
import { useT } from './i18n/index.ts';
import { SpriteIcon } from './icon.tsx';
import { listenToKeys } from './keys.ts';
import { ObjectMenu } from './menu.tsx';
import { Onboarding } from './onboarding.tsx';
import { PhonePeek } from './phone-peek.tsx';
import { SheetGrip } from './sheet.tsx';
import { SceneStage } from './stage.tsx';
import { setState, useStore, type Width } from './store.ts';
import { ControlPlaneStrip } from './strip.tsx';
import { TopBar } from './top-bar.tsx';
import { WhatIf } from './what-if.tsx';

const EditorPanel = lazy(async () => ({ default: (await import('./editor/EditorPanel.tsx')).EditorPanel }));
const ConsoleDrawer = lazy(async () => ({ default: (await import('./console/ConsoleDrawer.tsx')).ConsoleDrawer }));
const InspectorPanel = lazy(async () => ({ default: (await import('./inspector/InspectorPanel.tsx')).InspectorPanel }));
const LessonPanel = lazy(async () => ({ default: (await import('./lesson/LessonPanel.tsx')).LessonPanel }));
const TimelineBar = lazy(async () => ({ default: (await import('./timeline/TimelineBar.tsx')).TimelineBar }));

const widthOf = (px: number): Width => (px >= 1200 ? 'wide' : px >= 720 ? 'medium' : 'narrow');

/** Keeps `width` true to the window. */
function useWidth(): void {
  useEffect(() => {
    const measure = () => setState({ width: widthOf(innerWidth) });
    measure();
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  }, []);
}

export function App() {
  useWidth();
  useEffect(listenToKeys, []);
  const embed = useStore((s) => s.embed);
  const past = useStore((s) => s.time.past);
  const crashed = useStore((s) => s.crash !== null);
  const className = ['app', embed ? 'embed' : '', past ? 'past' : '', crashed ? 'crashed' : '']
    .filter(Boolean)
    .join(' ');
  return (
    <>
      <SkipLink />
      <div className={className}>
        {embed ? <EmbedFrame /> : <FullFrame />}
        <CrashPage />
      </div>
      <ObjectMenu />
      <Dialogs />
    </>
  );
}

/** The hash belongs to what is open, so the link moves the focus and leaves the address alone. */
function skipToCluster(event: MouseEvent): void {
  event.preventDefault();
  document.querySelector<SVGElement>('.quay [tabindex="0"], .quay')?.focus();
}

function SkipLink() {
  const t = useT();
  return (
    <a className="skip" href="#cluster" onClickCapture={skipToCluster}>
      {t('app.skip')}
    </a>
  );
}

function EmbedFrame() {
  return (
    <main className="stage">
      <WhatIf />
      <SceneStage />
      <Caption />
      <EmbedBar />
    </main>
  );
}

function FullFrame() {
  const width = useStore((s) => s.width);
  const projector = useStore((s) => s.projector);
  const side = useStore((s) =>
    s.side === 'lesson' && s.lesson ? 'lesson' : s.inspectorOpen ? 'inspector' : s.lesson ? 'lesson' : '',
  );
  const sheet = useStore((s) => s.sheet);
  const editorOpen = useStore((s) => s.editorOpen);
  const consoleOpen = useStore((s) => s.consoleOpen);
  const editor = editorOpen || (width === 'wide' && !projector);
  return (
    <>
      <TopBar />
      {width === 'medium' && <Rail />}
      {editor && (
        <div className="edit">
          <Suspense fallback={<div className="panel-wait" />}>
            <EditorPanel />
          </Suspense>
          {width !== 'wide' && <CloseEditor />}
        </div>
      )}
      <main className="stage">
        {width !== 'narrow' && !projector && <ControlPlaneStrip />}
        <WhatIf />
        <div className="scene-wrap">
          <SceneStage />
          <EmptyQuay />
        </div>
        <Onboarding />
        {width === 'narrow' && <PhonePeek />}
        <Caption />
        {((width === 'wide' && !projector) || consoleOpen) && (
          <Suspense fallback={null}>
            <ConsoleDrawer />
          </Suspense>
        )}
      </main>
      {side && (
        <div className={`side ${side} at-${sheet}`}>
          <Suspense fallback={<div className="panel-wait" />}>
            {side === 'lesson' ? <LessonPanel /> : <InspectorPanel />}
          </Suspense>
          {width === 'narrow' && <SheetGrip stop={sheet} />}
        </div>
      )}
      <footer className="time-area">
        <Suspense fallback={<div className="panel-wait" />}>
          <TimelineBar />
        </Suspense>
        {width === 'narrow' && <PhoneTools />}
      </footer>
    </>
  );
}

function CloseEditor() {
  const t = useT();
  return (
    <button
      type="button"
      className="tb icon edit-close"
      aria-label={t('close')}
      onClick={() => setState({ editorOpen: false })}
    >
      <SpriteIcon name="close" />
    </button>
  );
}

/** Medium width: what is folded away, at the left edge. */
function Rail() {
  const t = useT();
  const open = useStore((s) => s.editorOpen);
  return (
    <nav className="rail" aria-label={t('menu')}>
      <button
        type="button"
        className="tb icon"
        aria-label={t('console.open')}
        onClick={() => setState((s) => ({ consoleOpen: !s.consoleOpen }))}
      >
        <SpriteIcon name="console" />
      </button>
      <button
        type="button"
        className="tb icon"
        aria-label={t('find')}
        onClick={() => setState({ dialog: { name: 'find' } })}
      >
        <SpriteIcon name="search" />
      </button>
      <span className="grow" />
      <button type="button" className="tab-v" aria-expanded={open} onClick={() => setState({ editorOpen: !open })}>
        {t('region.editor')}
      </button>
    </nav>
  );
}

function PhoneTools() {
  const t = useT();
  return (
    <div className="phone-tools">
      <button
        type="button"
        className="tb icon"
        aria-label={t('editor.open')}
        onClick={() => setState({ editorOpen: true })}
      >
        <SpriteIcon name="editor" />
      </button>
      <button
        type="button"
        className="tb icon"
        aria-label={t('console.open')}
        onClick={() => setState({ consoleOpen: true })}
      >
        <SpriteIcon name="console" />
      </button>
    </div>
  );
}
