/** Spans of time as kubectl prints them. Upstream: apimachinery/pkg/util/duration/duration.go */
import type { Ms } from '../sim/time.ts';

/** AGE and DURATION: `59s`, `2m`, `9m59s`, `3h`, `7h59m`, `47h`, `7d23h`, `729d`, `3y10d`; `<invalid>` for more than a second in the future. */
export function humanDuration(ms: Ms): string {
  const seconds = Math.trunc(ms / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.trunc(seconds / 60);
  if (minutes < 10) return withRest(minutes, 'm', seconds % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.trunc(minutes / 60);
  if (hours < 8) return withRest(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  const days = Math.trunc(hours / 24);
  if (hours < 192) return withRest(days, 'd', hours % 24, 'h');
  if (days < 730) return `${days}d`;
  const years = Math.trunc(days / 365);
  if (years < 8) return withRest(years, 'y', days % 365, 'd');
  return `${years}y`;
}

const withRest = (n: number, unit: string, rest: number, restUnit: string): string =>
  rest === 0 ? `${n}${unit}` : `${n}${unit}${rest}${restUnit}`;

/** How long ago a timestamp was: its human duration, `<unknown>` when there is none. */
export function ageOf(timestamp: string | null | undefined, now: Ms): string {
  if (!timestamp) return '<unknown>';
  const at = Date.parse(timestamp);
  return Number.isNaN(at) ? '<unknown>' : humanDuration(now - at);
}
