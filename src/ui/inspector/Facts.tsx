import { Highlighted } from '../editor/Highlighted.tsx';
import { useT } from '../i18n/index.ts';
import { span } from '../parts/format.ts';
import { useLiveRows } from '../parts/hooks.ts';
import { useStore } from '../store.ts';
import type { Inspected, Stored } from './facts.ts';

/** The object as the API server holds it. */
export function YamlView({ yaml }: { yaml: string }) {
  return (
    <pre className="yaml-view">
      <Highlighted text={yaml} />
    </pre>
  );
}

/** Events carry whole seconds; showing more would put them in an order that nobody recorded. */
const wholeSeconds = (ms: number): number => Math.floor(ms / 1000) * 1000;

export function EventsView({ events }: { events: Inspected['events'] }) {
  const t = useT();
  const { nowMs } = useLiveRows(1000);
  if (!events.length) return <p className="p-note">{t('ins.noEvents')}</p>;
  return (
    <ul className="events">
      {events.map((e) => {
        const params = { t: span(wholeSeconds(nowMs - e.lastMs), t), from: e.from, n: e.count };
        return (
          <li key={`${e.reason} ${e.message} ${e.from}`} className={e.type === 'Warning' ? 'warning' : undefined}>
            <b>{e.reason}</b> <span>{e.message}</span>
            <small>{t(e.count > 1 ? 'ins.event' : 'ins.event.once', params)}</small>
          </li>
        );
      })}
    </ul>
  );
}

export function ConditionsView({
  conditions,
}: {
  conditions: NonNullable<NonNullable<Stored['status']>['conditions']>;
}) {
  const t = useT();
  const { startMs } = useStore((s) => s.time);
  if (!conditions.length) return <p className="p-note">{t('ins.noConditions')}</p>;
  return (
    <ul className="events">
      {conditions.map((c) => {
        const at = c.lastTransitionTime ? Date.parse(c.lastTransitionTime) - startMs : Number.NaN;
        return (
          <li key={c.type}>
            <b>{c.type}</b> <span className="mono">{c.status}</span> {c.reason && <span>{c.reason}</span>}
            {c.message && <span className="said">{c.message}</span>}
            {Number.isFinite(at) && at >= 0 && <small>{t('ins.since', { t: span(at, t) })}</small>}
          </li>
        );
      })}
    </ul>
  );
}
