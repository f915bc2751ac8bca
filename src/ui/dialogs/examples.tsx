/** The gallery: examples, lessons, and what was open recently. */
import { useEffect, useState } from 'react';
import { readRecording } from '../../share/recording.ts';
import { load, report } from '../actions.ts';
import { openSaved, openScenario } from '../address.ts';
import { documents, type SavedDocument, startDocument } from '../autosave.ts';
import { useT } from '../i18n/index.ts';
import { type GalleryEntry, useGallery } from '../scenario-list.ts';
import { setState } from '../store.ts';
import { closeDialog, Dialog } from './dialog.tsx';

async function openEntry(entry: GalleryEntry): Promise<void> {
  closeDialog();
  await openScenario(entry.slug);
  if (entry.lesson) setState({ lesson: entry.slug, side: 'lesson' });
}

async function openFile(file: File | undefined): Promise<void> {
  if (!file) return;
  try {
    const read = readRecording(JSON.parse(await file.text()));
    if (!read.ok) throw new Error(read.message);
    closeDialog();
    startDocument();
    await load(
      { recording: read.recording },
      { scenario: read.recording.scenario ?? '', title: file.name, atMs: read.recording.endMs, paused: true },
    );
  } catch (error) {
    report(error);
    closeDialog();
  }
}

function Cards({ entries }: { entries: GalleryEntry[] }) {
  return (
    <ul className="gallery">
      {entries.map((entry) => (
        <li key={entry.slug}>
          <button type="button" onClick={() => void openEntry(entry)}>
            <b>{entry.title}</b>
            <small>{entry.summary}</small>
          </button>
        </li>
      ))}
    </ul>
  );
}

export function ExamplesDialog() {
  const t = useT();
  const gallery = useGallery();
  const [recent, setRecent] = useState<SavedDocument[]>([]);
  useEffect(() => {
    documents()
      .then(setRecent)
      .catch(() => undefined); // no storage, no list
  }, []);
  const lessons = gallery.filter((e) => e.lesson);
  return (
    <Dialog title={t('examples.title')} wide>
      <p className="sub">{t('examples.text')}</p>
      <Cards entries={gallery.filter((e) => !e.lesson)} />
      {lessons.length > 0 && (
        <>
          <h3>{t('lessons')}</h3>
          <Cards entries={lessons} />
        </>
      )}
      <h3>{t('examples.recent')}</h3>
      {recent.length === 0 && <p className="sub">{t('examples.none')}</p>}
      <ul className="gallery">
        {recent.map((d) => (
          <li key={d.id}>
            <button
              type="button"
              onClick={() => {
                closeDialog();
                startDocument();
                openSaved(d).catch(report);
              }}
            >
              <b>{d.title || d.scenario}</b>
              <small>{new Date(d.savedAtMs).toLocaleString()}</small>
            </button>
          </li>
        ))}
      </ul>
      <label className="tb line">
        {t('examples.file')}
        <input
          type="file"
          accept="application/json,.json"
          className="p-hidden"
          onChange={(e) => void openFile(e.target.files?.[0])}
        />
      </label>
    </Dialog>
  );
}
