/** Numbers as a person reads them; the picture, the panels and the caption use the same ones, so that they add up. */
import { parseMilli } from '../../engine/api/quantity.ts';
import type { Translate } from '../i18n/index.ts';

/** At most `digits` decimals, no trailing zeros. */
export function decimal(n: number, digits = 2): string {
  return String(Number(n.toFixed(digits)));
}

/** CPU from thousandths: `2.5`, `0.65`. */
export const cpu = (milli: number): string => decimal(milli / 1000, 3);

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** Bytes in the largest unit that keeps the number at 1 or more: `256 MiB`, `7.2 GiB`. */
export function memory(bytes: number): string {
  let n = Math.abs(bytes);
  let unit = 0;
  while (n >= 1024 && unit < UNITS.length - 1) {
    n /= 1024;
    unit++;
  }
  return `${bytes < 0 ? '-' : ''}${decimal(n, n >= 100 ? 0 : 1)} ${UNITS[unit]}`;
}

/** A stretch of virtual time: `13.9 s`, `2 min 5 s`, `3 h 20 min`. */
export function span(ms: number, t: Translate): string {
  const s = Math.max(0, ms) / 1000;
  if (s < 60) return t('tim.unit.s', { n: decimal(s, 1) });
  if (s < 3600) {
    const rest = Math.floor(s % 60);
    const min = t('tim.unit.min', { n: Math.floor(s / 60) });
    return rest ? `${min} ${t('tim.unit.s', { n: rest })}` : min;
  }
  const rest = Math.floor((s % 3600) / 60);
  const hours = t('tim.unit.h', { n: Math.floor(s / 3600) });
  return rest ? `${hours} ${t('tim.unit.min', { n: rest })}` : hours;
}

/** A resource amount with its unit, from Kubernetes' own spelling: cpu `650m` → `0.65 CPU`. */
export function amount(resource: string, text: string): string {
  const milli = parseMilli(text);
  if (milli === undefined) return `${text} ${resource}`;
  if (resource === 'cpu') return `${cpu(Number(milli))} CPU`;
  if (resource === 'memory' || resource === 'ephemeral-storage') return memory(Number(milli) / 1000);
  return `${decimal(Number(milli) / 1000)} ${resource}`;
}

/** What a pod asks for, `''` when nothing. */
export function asks(pod: { cpuMilli: number; memoryBytes: number }, t: Translate): string {
  const parts = [
    ...(pod.cpuMilli ? [t('ins.cpu', { n: cpu(pod.cpuMilli) })] : []),
    ...(pod.memoryBytes ? [memory(pod.memoryBytes)] : []),
  ];
  return parts.join(', ');
}
