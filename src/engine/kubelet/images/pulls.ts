/** Pulls on one machine: one at a time, each as long as its size asks for. Upstream: pkg/kubelet/images/image_manager.go */
import type { Image } from '../../api/policy.ts';
import type { Lister } from '../../client/lister.ts';
import type { Ms } from '../../sim/time.ts';
import type { Machine } from '../machine/machine.ts';
import type { BackOff, Pull } from '../pod/runtime.ts';
import { BACK_OFF_FORGET_MS, BACK_OFF_MAX_MS, BACK_OFF_MS, PULL_BYTES_PER_S, REGISTRY_MS } from '../timing.ts';
import { nameOf, parseReference } from './reference.ts';
import { pull } from './registry.ts';

const FAILURE_MS: Ms = 700;

/** The stored image that a reference names on this machine. */
export function storedImage(m: Machine, reference: string): { id: string; name: string } | undefined {
  const r = parseReference(reference);
  if ('error' in r) return undefined;
  const name = nameOf(r);
  for (const [id, image] of Object.entries(m.images))
    if (image.names.includes(name) || id === name) return { id, name };
  return undefined;
}

/** Joins the machine's queue. A pull whose image is there already only asks the registry. */
export function askPull(m: Machine, reference: string, list: Lister, now: Ms): Pull {
  const result = pull(reference, m.arch, list.list<Image>('Image'));
  const beganAt = Math.max(now, m.pullFreeAt);
  // a pull queued before this one may bring the image
  const present = result.ok && (m.images[result.id] !== undefined || m.queued[result.id] !== undefined);
  const downloadMs = result.ok
    ? present
      ? 0
      : Math.round((result.sizeBytes / PULL_BYTES_PER_S) * 1000)
    : FAILURE_MS - REGISTRY_MS;
  const endsAt = beganAt + REGISTRY_MS + downloadMs;
  m.pullFreeAt = endsAt;
  if (!result.ok) return { askedAt: now, beganAt, endsAt, error: result.error };
  const { name, id, arch, sizeBytes, exit } = result;
  m.queued[id] = endsAt;
  return { askedAt: now, beganAt, endsAt, name, id, arch, sizeBytes, ...(exit ? { exit } : {}) };
}

/** Keeps what a pull brought. Whether the machine's list of images changed. */
export function storeImage(m: Machine, pulled: Pull, now: Ms): boolean {
  delete m.queued[pulled.id!];
  const known = m.images[pulled.id!];
  if (known) {
    known.usedAt = now;
    if (known.names.includes(pulled.name!)) return false;
    known.names.push(pulled.name!);
    return true;
  }
  const names = pulled.id === pulled.name ? [pulled.id!] : [pulled.id!, pulled.name!];
  m.images[pulled.id!] = {
    names,
    sizeBytes: pulled.sizeBytes!,
    usedAt: now,
    arch: pulled.arch!,
    ...(pulled.exit ? { exit: pulled.exit } : {}),
  };
  return true;
}

/** The next delay of a back-off that is raised at `now`; `idleSince` is when the last trouble was over. */
export function raise(b: BackOff | undefined, now: Ms, idleSince: Ms): BackOff {
  if (!b || idleSince - b.at > BACK_OFF_FORGET_MS) return { delayMs: BACK_OFF_MS, at: now };
  return { delayMs: Math.min(b.delayMs * 2, BACK_OFF_MAX_MS), at: now };
}

/** A duration as Go prints it, cut to milliseconds: `834ms`, `2.345s`, `1m3.2s`. */
export function goDuration(ms: Ms): string {
  if (ms < 1) return '0s';
  if (ms < 1000) return `${ms}ms`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor((ms % 3_600_000) / 60_000);
  const seconds = (ms % 60_000) / 1000;
  return `${hours ? `${hours}h` : ''}${hours || minutes ? `${minutes}m` : ''}${seconds}s`;
}
