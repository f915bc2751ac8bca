/** No more than a namespace's quotas allow. Upstream: apiserver/pkg/admission/plugin/resourcequota/controller.go */
import type { Pod, ResourceQuota as Quota, ResourceList } from '../../api/core.ts';
import type { AnyObject } from '../../api/meta.ts';
import { addQuantities, compareQuantity, formatMilli, parseMilli } from '../../api/quantity.ts';
import { quotaConstraints, quotaCovers, quotaUsage } from '../../api/quota.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import { forbidden, type Refusal } from '../errors.ts';
import { type Or, type Scope, value } from '../scope.ts';

/** Kinds whose changed objects may use more than before. */
const GROWING = new Set(['Service', 'PersistentVolumeClaim']);

export const ResourceQuota = {
  name: 'ResourceQuota',
  validate(s, op, o, old) {
    if (!s.info.namespaced || op === 'DELETE' || (op === 'UPDATE' && !GROWING.has(o.kind))) return undefined;
    if (s.server.store.count('ResourceQuota') === 0) return undefined;
    const quotas = [...s.server.store.list<Quota>('ResourceQuota', s.namespace)];
    if (!quotas.length) return undefined;
    const delta = op === 'UPDATE' && old ? growth(quotaUsage(o), quotaUsage(old)) : quotaUsage(o);
    const next: { quota: Quota; used: ResourceList }[] = [];
    for (const quota of quotas) {
      const checked = check(s, quota, o, delta);
      if (!checked) continue;
      if (!checked.ok) return checked;
      next.push({ quota, used: checked.value });
    }
    if (!s.r.dryRun) for (const n of next) charge(s, n.quota, n.used);
    return undefined;
  },
} satisfies AdmissionPlugin;

/** What is used more than before. */
function growth(now: ResourceList, before: ResourceList): ResourceList {
  const out: ResourceList = {};
  for (const name in now) {
    const more = (parseMilli(now[name]!) ?? 0n) - (parseMilli(before[name] ?? '0') ?? 0n);
    if (more > 0n) out[name] = formatMilli(more, /i$/.test(now[name]!) ? 'BinarySI' : 'DecimalSI');
  }
  return out;
}

const names = (list: ResourceList): string[] => Object.keys(list).sort();
const print = (list: ResourceList, which: readonly string[]): string =>
  which.map((name) => `${name}=${list[name] ?? '0'}`).join(',');

/** The quota's new usage, a refusal, or nothing when the quota does not speak of this object. */
function check(s: Scope, quota: Quota, o: AnyObject, delta: ResourceList): Or<ResourceList> | undefined {
  if (!quotaCovers(quota, o)) return undefined;
  const hard = quota.status?.hard ?? {};
  const counted = names(hard).filter((name) => name in delta);
  const name = quota.metadata.name;
  const no = (why: string): Refusal => forbidden(s.info, o.metadata.name, why);
  if (o.kind === 'Pod') {
    const missing = quotaConstraints(o as unknown as Pod, Object.keys(hard));
    if (missing) return no(`failed quota: ${name}: ${missing}`);
  }
  if (!counted.length) return undefined;
  const used = quota.status?.used ?? {};
  const unknown = counted.filter((n) => used[n] === undefined);
  if (unknown.length) return no(`status unknown for quota: ${name}, resources: ${unknown.join(',')}`);
  const after: ResourceList = { ...used };
  for (const n of counted) after[n] = addQuantities(used[n], delta[n]);
  const exceeded = counted.filter((n) => compareQuantity(after[n]!, hard[n]!) > 0);
  if (exceeded.length)
    return no(
      `exceeded quota: ${name}, requested: ${print(delta, exceeded)}, used: ${print(used, exceeded)}, limited: ${print(hard, exceeded)}`,
    );
  return value(after);
}

function charge(s: Scope, quota: Quota, used: ResourceList): void {
  s.server.put({
    ...quota,
    metadata: { ...quota.metadata },
    status: { ...quota.status, used },
  } as unknown as AnyObject);
}
