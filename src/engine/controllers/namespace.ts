import type { Namespace, Pod } from '../api/core.ts';
import { RESOURCES, type ResourceInfo } from '../api/discovery.ts';
import type { Condition, KubeObject } from '../api/meta.ts';
import type { Component, Context } from '../client/component.ts';
import { equalPlain } from '../sim/plain.ts';
import { type Ms, parseTime, rfc3339 } from '../sim/time.ts';
import { conditionOf } from './shared/conditions.ts';
import { isTerminal } from './shared/pods.ts';

/** From the delete call until content is touched. */
const GRACE_MS = 5000;
/** What a finalizer is expected to take. */
const FINALIZER_SECONDS = 15;

/** Empties a namespace that is being deleted, then lets it go. Upstream: pkg/controller/namespace */
export const namespaceController = (): Component => ({
  name: 'namespace-controller',
  watches: ['Namespace'],
  keysFor: (e) => (e.type !== 'DELETED' && e.object.metadata.deletionTimestamp !== undefined ? [e.key] : []),
  initial: () => null,
  reconcile(key, ctx) {
    const ns = ctx.list.byKey<Namespace>('Namespace', key);
    const since = parseTime(ns?.metadata.deletionTimestamp);
    if (!ns || since === undefined) return;
    const begins = since + GRACE_MS;
    if (ctx.now < begins) return { requeueAt: begins };
    const left = deleteContent(ns, ctx);
    writeConditions(ns, left, ctx);
    if (left.seconds > 0) return { requeueAt: ctx.now + (Math.floor(left.seconds / 2) + 1) * 1000 };
    finalize(key, ctx);
  },
});

/** What could not go at once. */
interface Remaining {
  /** How long the rest is expected to take; 0: nothing is left. */
  seconds: number;
  resources: { resource: string; count: number }[];
  finalizers: Map<string, number>;
  failure?: string;
}

const namespaced = RESOURCES.filter((r) => r.namespaced);
/** Upstream writes `resource.group`; the core group leaves the dot. */
const title = (r: ResourceInfo): string => `${r.plural}.${r.group}`;

/** Deletes all pods; once none is left, everything else. */
function deleteContent(ns: Namespace, ctx: Context): Remaining {
  const left: Remaining = { seconds: 0, resources: [], finalizers: new Map() };
  deleteKind(ns, resourceOf('Pod'), left, ctx);
  if (left.seconds > 0) return left;
  for (const r of namespaced) if (r.kind !== 'Pod') deleteKind(ns, r, left, ctx);
  return left;
}

const resourceOf = (kind: string): ResourceInfo => namespaced.find((r) => r.kind === kind)!;

function deleteKind(ns: Namespace, r: ResourceInfo, left: Remaining, ctx: Context): void {
  const name = ns.metadata.name;
  let graceSeconds = 0;
  for (const o of [...ctx.list.list<KubeObject>(r.kind, name)]) {
    if (o.kind === 'Pod' && !isTerminal(o as Pod))
      graceSeconds = Math.max(graceSeconds, (o as Pod).spec.terminationGracePeriodSeconds ?? 30);
    const answer = ctx.api.delete(r.kind, name, o.metadata.name, { propagationPolicy: 'Background' });
    if (!answer.ok && answer.status.reason !== 'NotFound') left.failure ??= answer.status.message;
  }
  const rest = [...ctx.list.list<KubeObject>(r.kind, name)];
  if (rest.length === 0) return;
  left.resources.push({ resource: title(r), count: rest.length });
  let held = false;
  for (const o of rest)
    for (const f of o.metadata.finalizers ?? []) {
      held = true;
      left.finalizers.set(f, (left.finalizers.get(f) ?? 0) + 1);
    }
  left.seconds = Math.max(left.seconds, graceSeconds, held ? FINALIZER_SECONDS : 1);
}

interface Report {
  type: string;
  problem: { reason: string; message: string } | undefined;
  fine: { reason: string; message: string };
}

function reports(left: Remaining): Report[] {
  const resources = left.resources.map((r) => `${r.resource} has ${r.count} resource instances`);
  const finalizers = [...left.finalizers].map(([f, n]) => `${f} in ${n} resource instances`).sort();
  const problem = (on: boolean, reason: string, message: string): Report['problem'] =>
    on ? { reason, message } : undefined;
  return [
    {
      type: 'NamespaceDeletionDiscoveryFailure',
      problem: undefined,
      fine: { reason: 'ResourcesDiscovered', message: 'All resources successfully discovered' },
    },
    {
      type: 'NamespaceDeletionGroupVersionParsingFailure',
      problem: undefined,
      fine: { reason: 'ParsedGroupVersions', message: 'All legacy kube types successfully parsed' },
    },
    {
      type: 'NamespaceDeletionContentFailure',
      problem: problem(left.failure !== undefined, 'ContentDeletionFailed', left.failure ?? ''),
      fine: {
        reason: 'ContentDeleted',
        message: 'All content successfully deleted, may be waiting on finalization',
      },
    },
    {
      type: 'NamespaceContentRemaining',
      problem: problem(
        resources.length > 0,
        'SomeResourcesRemain',
        `Some resources are remaining: ${resources.sort().join(', ')}`,
      ),
      fine: { reason: 'ContentRemoved', message: 'All content successfully removed' },
    },
    {
      type: 'NamespaceFinalizersRemaining',
      problem: problem(
        finalizers.length > 0,
        'SomeFinalizersRemain',
        `Some content in the namespace has finalizers remaining: ${finalizers.join(', ')}`,
      ),
      fine: { reason: 'ContentHasNoFinalizers', message: 'All content-preserving finalizers finished' },
    },
  ];
}

function writeConditions(ns: Namespace, left: Remaining, ctx: Context): void {
  const current = ctx.list.get<Namespace>('Namespace', undefined, ns.metadata.name);
  if (!current) return;
  const conditions = reports(left).map((r) => conditionFor(r, current, ctx.now));
  if (equalPlain(conditions, current.status?.conditions)) return;
  ctx.api.updateStatus<Namespace>({ ...current, status: { ...current.status, conditions } });
}

function conditionFor(r: Report, ns: Namespace, now: Ms): Condition {
  const known = conditionOf(ns.status?.conditions, r.type);
  const status = r.problem ? 'True' : 'False';
  const lastTransitionTime =
    known?.status === status && known.lastTransitionTime ? known.lastTransitionTime : rfc3339(now);
  return { type: r.type, status, lastTransitionTime, ...(r.problem ?? r.fine) };
}

/** Drops the finalizer `kubernetes`; with the last one the object goes. */
function finalize(key: string, ctx: Context): void {
  const ns = ctx.list.byKey<Namespace>('Namespace', key);
  if (!ns) return;
  const finalizers = (ns.spec?.finalizers ?? []).filter((f) => f !== 'kubernetes');
  const body = { ...ns, spec: { ...ns.spec, finalizers } };
  ctx.api.request({ verb: 'update', resource: 'namespaces', name: ns.metadata.name, subresource: 'finalize', body });
}
