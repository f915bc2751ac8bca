/** The link and the other ways out. Nothing is uploaded. */
import { useEffect, useState } from 'react';
import { copyText } from '../actions.ts';
import { downloadBlob, downloadText } from '../export/download.ts';
import { pictureOfPage, toPng } from '../export/picture.ts';
import { embedCode, manifestsText, markdownText } from '../export/texts.ts';
import { useT } from '../i18n/index.ts';
import { makeLink, pageUrl } from '../link.ts';
import { getState, useStore } from '../store.ts';
import { Dialog } from './dialog.tsx';

type Moment = 'now' | 'start';

function useLink(moment: Moment, playing: boolean) {
  const [link, setLink] = useState<{ url: string; length: number; json: string } | { error: string }>();
  useEffect(() => {
    let dropped = false;
    const { time } = getState();
    makeLink({ atMs: moment === 'now' ? time.nowMs - time.startMs : 0, playing })
      .then(
        ({ url, length, recording }) => !dropped && setLink({ url, length, json: JSON.stringify(recording, null, 2) }),
      )
      .catch((error) => !dropped && setLink({ error: String(error?.message ?? error) }));
    return () => {
      dropped = true;
    };
  }, [moment, playing]);
  return link;
}

const FITS_CHAT = 2000;
const TOO_LONG = 8000;

export function ShareDialog() {
  const t = useT();
  const [moment, setMoment] = useState<Moment>('now');
  const [playing, setPlaying] = useState(false);
  const [said, setSaid] = useState('');
  const link = useLink(moment, playing);
  const time = useStore((s) => s.time);
  const url = link && 'url' in link ? link.url : '';
  const copy = async (what: string, text: string) => {
    if (await copyText(text)) setSaid(t('share.copiedWhat', { what }));
  };
  return (
    <Dialog title={t('share.title')}>
      <p className="sub">{t('share.text')}</p>
      <div className="row">
        <input
          className="link-field"
          readOnly
          value={url}
          aria-label={t('share.link')}
          onFocus={(e) => e.target.select()}
        />
        <button type="button" className="tb solid" disabled={!url} onClick={() => void copy(t('share.link'), url)}>
          {t('copy')}
        </button>
      </div>
      {link && 'error' in link && <p className="sub">{t('share.failed', { why: link.error })}</p>}
      <dl className="facts">
        <Pick
          label={t('share.at')}
          value={moment}
          onChange={(v) => setMoment(v as Moment)}
          options={[
            ['now', t('share.at.now', { t: ((time.nowMs - time.startMs) / 1000).toFixed(1) })],
            ['start', t('share.at.start')],
          ]}
        />
        <Pick
          label={t('share.start')}
          value={playing ? 'play' : 'paused'}
          onChange={(v) => setPlaying(v === 'play')}
          options={[
            ['paused', t('share.paused')],
            ['play', t('share.playing')],
          ]}
        />
        <div>
          <dt>{t('share.size')}</dt>
          <dd>{link && 'length' in link ? sizeWords(link.length, t) : '…'}</dd>
        </div>
      </dl>
      <Exits url={url} json={link && 'json' in link ? link.json : ''} copy={copy} />
      <p className="sub" role="status">
        {said}
      </p>
    </Dialog>
  );
}

function Pick(props: { label: string; value: string; onChange: (v: string) => void; options: [string, string][] }) {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>
        <select
          className="quiet"
          aria-label={props.label}
          value={props.value}
          onChange={(e) => props.onChange(e.target.value)}
        >
          {props.options.map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </select>
      </dd>
    </div>
  );
}

function sizeWords(length: number, t: ReturnType<typeof useT>): string {
  const n = length.toLocaleString();
  return length <= FITS_CHAT
    ? t('share.fits', { n })
    : length <= TOO_LONG
      ? t('share.long', { n })
      : t('share.tooLong');
}

function Exits({
  url,
  json,
  copy,
}: {
  url: string;
  json: string;
  copy: (what: string, text: string) => Promise<void>;
}) {
  const t = useT();
  const title = useStore((s) => s.title);
  return (
    <div className="foot">
      <button
        type="button"
        className="tb line"
        onClick={() => void copy(t('share.embed'), embedCode(pageUrl(), url, title))}
      >
        {t('share.embed')}
      </button>
      <button type="button" className="tb line" onClick={() => void copy(t('share.markdown'), markdownText(url))}>
        {t('share.markdown')}
      </button>
      <button
        type="button"
        className="tb line"
        onClick={() => downloadText('berth.yaml', manifestsText(getState().files), 'application/yaml')}
      >
        {t('share.yaml')}
      </button>
      <button
        type="button"
        className="tb line"
        onClick={() => void toPng(pictureOfPage()).then((b) => downloadBlob('berth.png', b))}
      >
        {t('share.png')}
      </button>
      <button
        type="button"
        className="tb line"
        onClick={() => downloadText('berth.svg', pictureOfPage().svg, 'image/svg+xml')}
      >
        {t('share.svg')}
      </button>
      <button
        type="button"
        className="tb line"
        disabled={!json}
        onClick={() => downloadText('berth-recording.json', json)}
      >
        {t('share.file')}
      </button>
    </div>
  );
}
