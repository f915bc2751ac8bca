/** The bar on top: what is open, what can be opened, undo and redo, and how the page looks. Never the state of the cluster. */
import { undo } from './actions.ts';
import { useT } from './i18n/index.ts';
import { SpriteIcon } from './icon.tsx';
import { toggleLanguage, toggleProjector, toggleTheme } from './looks.ts';
import { useGallery } from './scenario-list.ts';
import { type DialogName, setState, useStore } from './store.ts';

const open = (dialog: DialogName) => () => setState({ dialog });

export function TopBar() {
  const t = useT();
  const readonly = useStore((s) => s.readonly);
  const narrow = useStore((s) => s.width === 'narrow');
  return (
    <header className="top">
      <span className="brand">
        <SpriteIcon name="logo" />
        Berth
      </span>
      <OpenTitle />
      <button type="button" className="tb" onClick={open({ name: 'examples' })}>
        {t('examples')}
        <SpriteIcon name="chev" />
      </button>
      <span className="grow" />
      {!narrow && !readonly && <EditGroup />}
      {!narrow && (
        <>
          <button type="button" className="tb fold" aria-label={t('find')} onClick={open({ name: 'find' })}>
            <SpriteIcon name="search" />
            <span>{t('find')}</span>
          </button>
          <span className="sep" />
          <LooksGroup />
        </>
      )}
      {narrow && (
        <button type="button" className="tb icon" aria-label={t('lessons')} onClick={openLessons}>
          <SpriteIcon name="lesson" />
        </button>
      )}
      <button
        type="button"
        className="tb icon"
        aria-label={t('help')}
        title={`${t('help')} (?)`}
        onClick={open({ name: 'help' })}
      >
        <SpriteIcon name="help" />
      </button>
      <button type="button" className="tb line" aria-label={t('share')} onClick={open({ name: 'share' })}>
        <SpriteIcon name="link" />
        <span>{t('share')}</span>
      </button>
    </header>
  );
}

/** What is open, in the reader's language. */
function OpenTitle() {
  const t = useT();
  const scenario = useStore((s) => s.scenario);
  const given = useStore((s) => s.title);
  const edited = useStore((s) => s.edited);
  const title = useGallery().find((e) => e.slug === scenario)?.title ?? given;
  const narrow = useStore((s) => s.width === 'narrow');
  // A phone has no room for it, but its readers still want a heading.
  if (narrow) return <h1 className="p-hidden">{title}</h1>;
  return (
    <>
      <span className="sep" />
      <h1 className="scn">
        <span>{title}</span>
        {edited && <small>{t('app.edited')}</small>}
      </h1>
    </>
  );
}

/** The lessons stand in the gallery; the running one takes the right side. */
function openLessons(): void {
  setState((s) => (s.lesson ? { side: 'lesson' } : { dialog: { name: 'examples' } }));
}

function EditGroup() {
  const t = useT();
  const { canUndo = true, canRedo = true } = useStore((s) => s.time);
  return (
    <>
      <button
        type="button"
        className="tb icon"
        aria-label={t('undo')}
        title={`${t('undo')} (Ctrl+Z)`}
        disabled={!canUndo}
        onClick={() => void undo()}
      >
        <SpriteIcon name="undo" />
      </button>
      <button
        type="button"
        className="tb icon"
        aria-label={t('redo')}
        title={`${t('redo')} (Ctrl+Shift+Z)`}
        disabled={!canRedo}
        onClick={() => void undo(true)}
      >
        <SpriteIcon name="redo" />
      </button>
      <span className="sep" />
      <button type="button" className="tb fold" aria-label={t('node.add')} onClick={open({ name: 'addNode' })}>
        <SpriteIcon name="plus" />
        <span>{t('node')}</span>
      </button>
      <button type="button" className="tb fold" aria-label={t('lessons')} onClick={openLessons}>
        <SpriteIcon name="lesson" />
        <span>{t('lessons')}</span>
      </button>
    </>
  );
}

function LooksGroup() {
  const t = useT();
  const dark = useStore((s) => s.theme === 'dark');
  const projector = useStore((s) => s.projector);
  return (
    <>
      <button type="button" className="tb" aria-label={t('language.label')} onClick={() => void toggleLanguage()}>
        {t('language.other')}
      </button>
      <button
        type="button"
        className="tb icon"
        aria-label={t('projector')}
        title={t('projector')}
        aria-pressed={projector}
        onClick={toggleProjector}
      >
        <SpriteIcon name="screen" />
      </button>
      <button
        type="button"
        className="tb icon"
        aria-label={t(dark ? 'theme.light' : 'theme.dark')}
        title={t(dark ? 'theme.light' : 'theme.dark')}
        onClick={toggleTheme}
      >
        <SpriteIcon name={dark ? 'sun' : 'moon'} />
      </button>
    </>
  );
}
