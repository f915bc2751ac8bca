import { describe, expect, it } from 'vitest';
import { nextTime, parseCron, type Schedule } from './cron.ts';
import { rfc3339In, zoneOffsetMs } from './time-zones.ts';

const next = (text: string, after: string, zone?: string): string => {
  const parsed = parseCron(text);
  const at = nextTime((parsed as { schedule: Schedule }).schedule, Date.parse(after), zone);
  return at === undefined ? 'never' : new Date(at).toISOString().slice(0, 16);
};

it.each([
  ['*/5 * * * *', '2026-01-01T00:00:30Z', undefined, '2026-01-01T00:05'],
  ['0 0 29 2 *', '2026-01-01T00:00:00Z', undefined, '2028-02-29T00:00'],
  ['0 12 1 * MON', '2026-01-02T00:00:00Z', undefined, '2026-01-05T12:00'],
  ['15,45 8-9 * JAN,JUL *', '2026-01-31T09:45:00Z', undefined, '2026-07-01T08:15'],
  ['@hourly', '2026-01-01T00:00:00Z', undefined, '2026-01-01T01:00'],
  ['@every 90m', '2026-01-01T00:00:00Z', undefined, '2026-01-01T01:30'],
  ['59 23 31 2 *', '2026-01-01T00:00:00Z', undefined, 'never'],
  ['0 9 * * *', '2026-03-28T09:00:00Z', 'Europe/Berlin', '2026-03-29T07:00'],
  ['30 2 * * *', '2026-03-29T00:00:00Z', 'Europe/Berlin', '2026-03-30T00:30'],
  ['0 0 * * *', '2026-01-01T00:00:00Z', 'Asia/Seoul', '2026-01-01T15:00'],
])('%s after %s in %s', (text, after, zone, expected) => {
  expect(next(text, after, zone)).toBe(expected);
});

it.each([
  ['* * * *', 'expected exactly 5 fields, found 4: [* * * *]'],
  ['60 * * * *', 'end of range (60) above maximum (59): 60'],
  ['5-3 * * * *', 'beginning of range (5) beyond end of range (3): 5-3'],
  ['x * * * *', 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
  ['*/0 * * * *', 'step of range should be a positive number: */0'],
  ['@often', 'unrecognized descriptor: @often'],
])('%s is refused', (text, error) => {
  expect(parseCron(text)).toEqual({ ok: false, error });
});

describe('zones', () => {
  it.each([
    ['America/New_York', '2026-03-08T06:59:00Z', -5],
    ['America/New_York', '2026-03-08T07:00:00Z', -4],
    ['America/New_York', '2026-11-01T05:59:00Z', -4],
    ['America/New_York', '2026-11-01T06:00:00Z', -5],
    ['Australia/Sydney', '2026-01-01T00:00:00Z', 11],
    ['Europe/London', '2026-07-01T00:00:00Z', 1],
    ['Asia/Kolkata', '2026-07-01T00:00:00Z', 5.5],
  ])('%s at %s', (zone, at, hours) => {
    expect(zoneOffsetMs(zone, Date.parse(at))! / 3_600_000).toBe(hours);
  });
  it('writes times', () => {
    expect(rfc3339In('Asia/Seoul', Date.UTC(2026, 0, 1))).toBe('2026-01-01T09:00:00+09:00');
    expect(rfc3339In(undefined, Date.UTC(2026, 0, 1))).toBe('2026-01-01T00:00:00Z');
    expect(zoneOffsetMs('Mars/Olympus', 0)).toBeUndefined();
  });
});
