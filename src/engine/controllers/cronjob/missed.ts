/** The latest run that is due. Upstream: pkg/controller/cronjob/utils.go mostRecentScheduleTime */
import { nextTime, type Schedule } from '../../api/cron.ts';
import type { Ms } from '../../sim/time.ts';

/** More missed runs than this are worth a warning. */
const MANY = 100;

/** The last time after `from` and not after `now` that the schedule names, and whether more than 100 were missed. */
export function mostRecent(
  s: Schedule,
  from: Ms,
  now: Ms,
  zone: string | undefined,
): { at: Ms | undefined; many: boolean } {
  const first = nextTime(s, from, zone);
  if (first === undefined || first > now) return { at: undefined, many: false };
  const second = nextTime(s, first, zone);
  if (second === undefined || second > now) return { at: first, many: false };
  // by the distance of the first two, as upstream estimates it
  const missed = Math.floor((now - first) / (second - first)) + 1;
  let at = second;
  // jump near the end: a year of minutes need not be walked
  const near = nextTime(s, now - 2 * (second - first) - 1, zone);
  if (near !== undefined && near <= now && near > at) at = near;
  for (let next = nextTime(s, at, zone); next !== undefined && next <= now; next = nextTime(s, at, zone)) at = next;
  return { at, many: missed > MANY };
}
