import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resourceOfKind } from '../../api/discovery.ts';
import type { KubeObject } from '../../api/meta.ts';
import { Store } from '../store.ts';
import { KINDS } from './index.ts';

/** Objects that a real 1.36.3 API server was given, and what it said: all complaints in order, or none. */
interface Recorded {
  from: string;
  object: KubeObject;
  errors: string[];
  warnings: string[];
}

const recorded = JSON.parse(readFileSync(new URL('./testdata/refusals.json', import.meta.url), 'utf8')) as Recorded[];

function judge(object: KubeObject) {
  const o = structuredClone(object);
  const kind = KINDS.get(o.kind)!;
  const store = new Store();
  kind.default?.(o);
  const name = o.metadata.name || (o.metadata.generateName ? `${o.metadata.generateName}xxxxx` : '');
  o.metadata = { ...o.metadata, name, uid: '00000000-0000-0000-0000-000000000000' };
  if (resourceOfKind(o.kind)!.namespaced) o.metadata.namespace ??= 'default';
  kind.prepareCreate?.(o, store, 0);
  const errors = kind.validate?.(o, store) ?? [];
  // a refused object gets no warnings
  const warnings = errors.length ? [] : (kind.warnings?.(o) ?? []);
  return { errors: [...new Set(errors.map((e) => `${e.field}: ${e.message}`))], warnings };
}

describe('what a real server refused and accepted', () => {
  it.each(recorded.map((r, i) => [`${r.from} #${i} ${r.object.kind}`, r] as const))('%s', (_, r) => {
    expect(judge(r.object)).toEqual({ errors: r.errors, warnings: r.warnings });
  });
});
