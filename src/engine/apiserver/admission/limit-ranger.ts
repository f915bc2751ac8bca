/** Default requests and limits, and their bounds. Upstream: plugin/pkg/admission/limitranger/admission.go */
import type { Container, LimitRange, PersistentVolumeClaim, Pod, ResourceList } from '../../api/core.ts';
import { compareQuantity, parseMilli } from '../../api/quantity.ts';
import { podResources } from '../../api/quota.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import { aggregate, forbidden } from '../errors.ts';
import type { Scope } from '../scope.ts';

const ANNOTATION = 'kubernetes.io/limit-ranger';
type Limit = LimitRange['spec']['limits'][number];

export const LimitRanger = {
  name: 'LimitRanger',
  kinds: new Set(['Pod', 'PersistentVolumeClaim']),
  admit(s, op, o) {
    if (op !== 'CREATE' || o.kind !== 'Pod') return undefined;
    for (const range of rangesOf(s)) setDefaults(o as unknown as Pod, range);
    return undefined;
  },
  validate(s, op, o) {
    if (op === 'DELETE' || (op === 'UPDATE' && o.kind === 'Pod')) return undefined;
    for (const range of rangesOf(s)) {
      const errors =
        o.kind === 'Pod'
          ? podErrors(o as unknown as Pod, range)
          : claimErrors(o as unknown as PersistentVolumeClaim, range);
      if (errors.length) return forbidden(s.info, o.metadata.name, aggregate(errors));
    }
    return undefined;
  },
} satisfies AdmissionPlugin;

const rangesOf = (s: Scope): Iterable<LimitRange> => s.server.store.list<LimitRange>('LimitRange', s.namespace);

function setDefaults(pod: Pod, range: LimitRange): void {
  const requests: ResourceList = {};
  const limits: ResourceList = {};
  for (const l of range.spec.limits)
    if (l.type === 'Container') {
      Object.assign(requests, l.defaultRequest);
      Object.assign(limits, l.default);
    }
  const notes: string[] = [];
  for (const c of pod.spec.containers ?? []) fill(c, requests, limits, 'container', notes);
  for (const c of pod.spec.initContainers ?? []) fill(c, requests, limits, 'init container', notes);
  if (notes.length)
    pod.metadata.annotations = {
      ...pod.metadata.annotations,
      [ANNOTATION]: `LimitRanger plugin set: ${notes.join('; ')}`,
    };
}

function fill(c: Container, requests: ResourceList, limits: ResourceList, what: string, notes: string[]): void {
  const missing = (have: ResourceList | undefined, defaults: ResourceList): string[] =>
    Object.keys(defaults)
      .filter((name) => have?.[name] === undefined)
      .sort();
  const addRequests = missing(c.resources?.requests, requests);
  const addLimits = missing(c.resources?.limits, limits);
  if (!addRequests.length && !addLimits.length) return;
  const pick = (names: string[], from: ResourceList): ResourceList =>
    Object.fromEntries(names.map((name) => [name, from[name]!]));
  c.resources = { ...c.resources };
  if (addRequests.length) {
    c.resources.requests = { ...c.resources.requests, ...pick(addRequests, requests) };
    notes.push(`${addRequests.join(', ')} request for ${what} ${c.name}`);
  }
  if (addLimits.length) {
    c.resources.limits = { ...c.resources.limits, ...pick(addLimits, limits) };
    notes.push(`${addLimits.join(', ')} limit for ${what} ${c.name}`);
  }
}

function podErrors(pod: Pod, range: LimitRange): string[] {
  const errors: string[] = [];
  for (const limit of range.spec.limits) {
    if (limit.type === 'Container')
      for (const c of [...pod.spec.containers, ...(pod.spec.initContainers ?? [])])
        bounds(limit, c.resources?.requests ?? {}, c.resources?.limits ?? {}, errors);
    else if (limit.type === 'Pod')
      bounds(limit, podResources(pod.spec, 'requests'), podResources(pod.spec, 'limits'), errors);
  }
  return errors;
}

function bounds(limit: Limit, requests: ResourceList, limits: ResourceList, errors: string[]): void {
  for (const name of Object.keys(limit.min ?? {}).sort())
    note(errors, tooLow(limit.type, name, limit.min![name]!, requests[name], limits[name]));
  for (const name of Object.keys(limit.max ?? {}).sort())
    note(errors, tooHigh(limit.type, name, limit.max![name]!, requests[name], limits[name]));
  for (const name of Object.keys(limit.maxLimitRequestRatio ?? {}).sort())
    note(errors, ratio(limit.type, name, limit.maxLimitRequestRatio![name]!, requests[name], limits[name]));
}

function note(errors: string[], complaint: string | undefined): void {
  if (complaint) errors.push(complaint);
}

type Amount = string | undefined;

function tooLow(type: string, name: string, least: string, request: Amount, limit: Amount): string | undefined {
  const head = `minimum ${name} usage per ${type} is ${least}`;
  if (request === undefined) return `${head}.  No request is specified`;
  if (compareQuantity(request, least) < 0) return `${head}, but request is ${request}`;
  return limit !== undefined && compareQuantity(limit, least) < 0 ? `${head}, but limit is ${limit}` : undefined;
}

function tooHigh(type: string, name: string, most: string, request: Amount, limit: Amount): string | undefined {
  const head = `maximum ${name} usage per ${type} is ${most}`;
  if (limit === undefined) return `${head}.  No limit is specified`;
  if (compareQuantity(limit, most) > 0) return `${head}, but limit is ${limit}`;
  return request !== undefined && compareQuantity(request, most) > 0 ? `${head}, but request is ${request}` : undefined;
}

function ratio(type: string, name: string, most: string, request: Amount, limit: Amount): string | undefined {
  const head = `${name} max limit to request ratio per ${type} is ${most}`;
  const r = Number(parseMilli(request ?? '0') ?? 0n);
  const l = Number(parseMilli(limit ?? '0') ?? 0n);
  if (r === 0) return `${head}, but no request is specified or request is 0`;
  if (l === 0) return `${head}, but no limit is specified or limit is 0`;
  return (l / r) * 1000 > Number(parseMilli(most) ?? 0n)
    ? `${head}, but provided ratio is ${(l / r).toFixed(6)}`
    : undefined;
}

function claimErrors(claim: PersistentVolumeClaim, range: LimitRange): string[] {
  const errors: string[] = [];
  const requests = claim.spec.resources?.requests ?? {};
  for (const limit of range.spec.limits) {
    if (limit.type !== 'PersistentVolumeClaim') continue;
    for (const name in limit.min) note(errors, tooLow(limit.type, name, limit.min[name]!, requests[name], undefined));
    for (const name in limit.max) {
      const head = `maximum ${name} usage per ${limit.type} is ${limit.max[name]}`;
      if (requests[name] === undefined) errors.push(`${head}.  No request is specified`);
      else if (compareQuantity(requests[name], limit.max[name]!) > 0)
        errors.push(`${head}, but request is ${requests[name]}`);
    }
  }
  return errors;
}
