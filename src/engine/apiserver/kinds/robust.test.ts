import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../api/meta.ts';
import { clonePlain } from '../../sim/plain.ts';
import { Store } from '../store.ts';
import { KINDS } from './index.ts';
import { SAMPLES } from './samples/all.ts';
import { created, row, updated, type Written } from './testing.ts';

type Plain = Record<string, unknown> | unknown[];

/** The objects that differ from the sample in one place: gone, empty, or of another value of the same type. */
function* variants(o: Written, at: Plain = o as Plain): Generator<Written> {
  for (const key of Object.keys(at)) {
    const holder = at as Record<string, unknown>;
    const was = holder[key];
    const others: unknown[] =
      typeof was === 'string' ? ['', 'Bad_é', '-1'] : typeof was === 'number' ? [0, -1, 2 ** 31] : [];
    if (Array.isArray(was)) others.push([], [...was, ...was], typeof was[0] === 'object' ? [{}] : ['']);
    else if (typeof was === 'object') others.push({});
    if (!Array.isArray(at)) {
      delete holder[key];
      yield clonePlain(o);
    }
    for (const other of others) {
      holder[key] = other;
      yield clonePlain(o);
    }
    holder[key] = was;
    if (typeof was === 'object' && was) yield* variants(o, was as Plain);
  }
}

const lister = new Store();

/** All that the server asks of a kind, of one object and of a change to it. */
function exercise(
  name: string,
  kind: NonNullable<ReturnType<typeof KINDS.get>>,
  before: KubeObject,
  written: Written,
): void {
  const o = created(name, written);
  kind.validate?.(o, lister);
  kind.warnings?.(o);
  row(name, written, true);
  kind.selectableFields?.(o);
  const next = updated(name, before, written);
  kind.validateUpdate?.(next, before, lister);
  kind.validateStatusUpdate?.(next, before, lister);
  kind.warnings?.(next, before);
  updated(name, o, written);
}

describe('no object breaks a kind', () => {
  it.each([...KINDS])('%s', (name, kind) => {
    const sample = { metadata: {}, ...clonePlain(SAMPLES[name] ?? {}) };
    const before = created(name, sample);
    const broken: string[] = [];
    for (const written of [sample, { metadata: {} }, ...variants(sample)]) {
      try {
        exercise(name, kind, before, written);
      } catch (e) {
        const frames = String((e as Error).stack).split('\n');
        broken.push(frames.slice(0, 3).join(' '));
      }
    }
    expect([...new Set(broken)]).toEqual([]);
  });

  it('knows every kind of the samples', () => {
    expect(Object.keys(SAMPLES).filter((name) => !KINDS.has(name))).toEqual([]);
  });
});
