import { select } from '../actions.ts';
import { useT } from '../i18n/index.ts';
import { span } from '../parts/format.ts';
import { useLiveRows } from '../parts/hooks.ts';
import { useStore } from '../store.ts';

/** Older ones stay on the timeline. */
const EVENTS_MAX = 300;

/** Everything on the timeline as a list, the latest last; names select. */
export function EventsTab() {
  const t = useT();
  const { marks } = useLiveRows(500);
  const { startMs } = useStore((s) => s.time);
  if (!marks.length) return <p className="con-empty">{t('con.noEvents')}</p>;
  return (
    <table className="con-events" aria-label={t('con.events')}>
      <thead className="p-hidden">
        <tr>
          <th scope="col">{t('con.eventTime')}</th>
          <th scope="col">{t('con.eventKind')}</th>
          <th scope="col">{t('con.eventWhat')}</th>
        </tr>
      </thead>
      <tbody>
        {marks.slice(-EVENTS_MAX).map((m) => (
          <tr key={m.id} className={m.kind}>
            <td>{span(m.atMs - startMs, t)}</td>
            <td>{t(`con.kind.${m.kind}`)}</td>
            <td>
              {m.subject ? (
                <button type="button" className="p-name" onClick={() => select(m.subject!)}>
                  {m.text || m.subject.key}
                </button>
              ) : (
                m.text
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
