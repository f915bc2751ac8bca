/** When an invariant broke: what is safe, what it was, and how to go on. */
import { useEffect, useRef } from 'react';
import { copyText, report } from './actions.ts';
import { rebuild } from './connection.ts';
import { downloadText } from './export/download.ts';
import { useT } from './i18n/index.ts';
import { type Crash, setState, useStore } from './store.ts';

const seconds = (ms: number): string => (ms / 1000).toFixed(1);

/** All that reproduces it. */
function bugReport(crash: Crash): string {
  return JSON.stringify(
    {
      message: crash.message,
      seed: crash.seed,
      lastGoodMs: crash.lastGoodMs,
      browser: navigator.userAgent,
      recording: crash.recording,
    },
    null,
    2,
  );
}

export function CrashPage() {
  const t = useT();
  const crash = useStore((s) => s.crash);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (crash) heading.current?.focus();
  }, [crash]);
  if (!crash) return null;
  const { recording } = crash;
  const end = recording ? recording.endMs : crash.lastGoodMs;
  return (
    <div className="crash-page">
      <div role="alertdialog" aria-labelledby="crash-title" aria-describedby="crash-text">
        <h2 id="crash-title" tabIndex={-1} ref={heading}>
          {t('crash.title')}
        </h2>
        <p id="crash-text">
          {t('crash.bug')}. {t('crash.safe', { t: seconds(end), n: recording?.inputs.length ?? 0 })}
        </p>
        <pre className="msg">{`${crash.message}\nseed ${crash.seed}, Kubernetes 1.36`}</pre>
        <div className="row">
          <button type="button" className="tb solid" onClick={() => rebuild().catch(report)}>
            {t('crash.rebuild', { t: seconds(crash.lastGoodMs) })}
          </button>
          <button
            type="button"
            className="tb line"
            onClick={async () => {
              if (await copyText(bugReport(crash))) setState({ notice: { actor: 'error', text: t('crash.copied') } });
            }}
          >
            {t('crash.copy')}
          </button>
          <span className="grow" />
          {recording && (
            <button
              type="button"
              className="tb"
              onClick={() => downloadText('berth-recording.json', JSON.stringify(recording, null, 2))}
            >
              {t('crash.download')}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}
