import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useT } from '../i18n/index.ts';
import { Icon } from '../parts/Icon.tsx';
import { setState, useStore } from '../store.ts';
import { addFile, closeFile, renameFile } from './files.ts';
import { SCHEDULER_FILE } from './fix.ts';
import { openScheduler } from './scheduler-file.ts';

const show = (file: string): void => setState({ activeFile: file });

function Rename({ file, onDone }: { file: string; onDone: () => void }) {
  const t = useT();
  const [name, setName] = useState(file);
  const done = (take: boolean) => {
    if (take) renameFile(file, name);
    onDone();
  };
  return (
    <input
      className="ed-rename"
      aria-label={t('edit.renameTo', { file })}
      value={name}
      size={Math.max(name.length, 6)}
      // biome-ignore lint/a11y/noAutofocus: the person asked to rename, this is where they type
      autoFocus
      onFocus={(e) => e.target.setSelectionRange(0, name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length)}
      onChange={(e) => setName(e.target.value)}
      onBlur={() => done(true)}
      onKeyDown={(e) => {
        e.stopPropagation();
        if (e.key === 'Enter') done(true);
        if (e.key === 'Escape') done(false);
      }}
    />
  );
}

function FileTab({ file, active, onRename }: { file: string; active: boolean; onRename: () => void }) {
  const t = useT();
  const differs = useStore((s) => s.applied[file] !== undefined && s.applied[file] !== s.files[file]);
  const refused = useStore((s) => s.problems.some((p) => p.file === file));
  const tab = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (active) tab.current?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }, [active]);
  return (
    <button
      ref={tab}
      type="button"
      role="tab"
      id={`file-tab-${file}`}
      aria-selected={active}
      aria-controls="file-panel"
      tabIndex={active ? 0 : -1}
      className={refused ? 'bad' : undefined}
      onClick={() => show(file)}
      onDoubleClick={onRename}
    >
      {file}
      {differs && (
        <>
          <i className="ed-dot" aria-hidden="true" />
          <span className="p-hidden">, {t('edit.unsaved')}</span>
        </>
      )}
    </button>
  );
}

/** What can be done beside the tabs: close, make a new one, open the scheduler's. */
function Buttons({ names, active }: { names: readonly string[]; active: string }) {
  const t = useT();
  return (
    <>
      {active && names.length > 0 && (
        <button
          type="button"
          className="p-btn icon"
          aria-label={t('edit.close', { file: active })}
          onClick={() => closeFile(active)}
        >
          <Icon name="close" />
        </button>
      )}
      <button type="button" className="p-btn icon" aria-label={t('edit.new')} onClick={() => addFile('new.yaml', '')}>
        <Icon name="plus" />
      </button>
      {!names.includes(SCHEDULER_FILE) && (
        <button
          type="button"
          className="p-btn ed-scheduler"
          title={t('sch.openLong')}
          onClick={() => void openScheduler()}
        >
          {t('sch.open')}
        </button>
      )}
    </>
  );
}

/** Files as tabs: arrows move, F2 or a double click renames, Delete closes. */
export function FileTabs() {
  const t = useT();
  const files = useStore((s) => s.files);
  const active = useStore((s) => s.activeFile);
  const readonly = useStore((s) => s.readonly);
  const [renaming, setRenaming] = useState('');
  const names = Object.keys(files);
  const onKey = (e: KeyboardEvent) => {
    if (renaming) return;
    const at = names.indexOf(active);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: names.length - 1 }[e.key];
    if (to !== undefined && names.length) {
      e.preventDefault();
      const next = names[(to + names.length) % names.length]!;
      show(next);
      document.getElementById(`file-tab-${next}`)?.focus();
    } else if (e.key === 'F2' && !readonly) setRenaming(active);
    else if (e.key === 'Delete' && !readonly && active) {
      closeFile(active);
      requestAnimationFrame(() => document.querySelector<HTMLElement>('.ed-tabs [aria-selected="true"]')?.focus());
    }
  };
  return (
    <div className="ed-files">
      <div className="p-tabs ed-tabs" role="tablist" aria-label={t('edit.files')} onKeyDown={onKey}>
        {names.map((file) =>
          file === renaming ? null : (
            <FileTab key={file} file={file} active={file === active} onRename={() => !readonly && setRenaming(file)} />
          ),
        )}
      </div>
      {renaming && <Rename key={renaming} file={renaming} onDone={() => setRenaming('')} />}
      {!readonly && <Buttons names={names} active={active} />}
    </div>
  );
}
