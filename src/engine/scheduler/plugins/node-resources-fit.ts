import type { Node, Pod } from '../../api/core.ts';
import { type Amounts, amounts, isExtendedResource, podRequests } from '../../api/resources.ts';
import { ADD, DELETE, UPDATE_NODE_ALLOCATABLE, UPDATE_POD_SCALE_DOWN } from '../framework/events.ts';
import type { Hint, PluginFactory } from '../framework/interface.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import type { Resource } from '../framework/pod-info.ts';
import { type Status, success } from '../framework/status.ts';
import { makeScorer, type ScoringStrategy } from './resource-score.ts';

const name = 'NodeResourcesFit';

export interface Shortfall {
  resource: string;
  reason: string;
  requested: number;
  used: number;
  capacity: number;
  /** More than the whole node has: no eviction can help. */
  unresolvable: boolean;
}

export interface Ignored {
  resources: ReadonlySet<string>;
  groups: ReadonlySet<string>;
}

const NOTHING_IGNORED: Ignored = { resources: new Set(), groups: new Set() };

/** Everything of which the node has too little for the request, in upstream's order. */
export function shortfalls(request: Resource, node: NodeInfo, ignored: Ignored = NOTHING_IGNORED): Shortfall[] {
  const out: Shortfall[] = [];
  const { allocatable, requested } = node;
  if (node.pods.length + 1 > node.allowedPods)
    out.push({
      resource: 'pods',
      reason: 'Too many pods',
      requested: 1,
      used: node.pods.length,
      capacity: node.allowedPods,
      unresolvable: false,
    });
  const check = (resource: string, want: number, capacity: number, used: number): void => {
    if (want > 0 && want > capacity - used)
      out.push({
        resource,
        reason: `Insufficient ${resource}`,
        requested: want,
        used,
        capacity,
        unresolvable: want > capacity,
      });
  };
  check('cpu', request.milliCpu, allocatable.milliCpu, requested.milliCpu);
  check('memory', request.memory, allocatable.memory, requested.memory);
  check('ephemeral-storage', request.ephemeralStorage, allocatable.ephemeralStorage, requested.ephemeralStorage);
  for (const resource of [...request.scalar.keys()].sort()) {
    if (
      isExtendedResource(resource) &&
      (ignored.resources.has(resource) || ignored.groups.has(resource.split('/')[0]!))
    )
      continue;
    check(
      resource,
      request.scalar.get(resource)!,
      allocatable.scalar.get(resource) ?? 0,
      requested.scalar.get(resource) ?? 0,
    );
  }
  return out;
}

const texts = new Map<string, Status>();

/** One object for equal refusals, so that they can be counted by identity. */
function refusal(short: readonly Shortfall[]): Status {
  const code = short.some((s) => s.unresolvable) ? 'UnschedulableAndUnresolvable' : 'Unschedulable';
  const reasons = short.map((s) => s.reason);
  const key = `${code}\0${reasons.join('\0')}`;
  let status = texts.get(key);
  if (!status) {
    status = { code, reasons, plugin: name };
    if (texts.size > 1000) texts.clear();
    texts.set(key, status);
  }
  return status;
}

/** Whether the request fits: the quick test before `shortfalls` names what is missing. */
function fits(r: Resource, node: NodeInfo): boolean {
  const { allocatable: a, requested: u } = node;
  return (
    node.pods.length < node.allowedPods &&
    (r.milliCpu <= 0 || r.milliCpu <= a.milliCpu - u.milliCpu) &&
    (r.memory <= 0 || r.memory <= a.memory - u.memory) &&
    (r.ephemeralStorage <= 0 || r.ephemeralStorage <= a.ephemeralStorage - u.ephemeralStorage) &&
    r.scalar.size === 0
  );
}

function nodeHint(ignored: Ignored): Hint {
  return (pod, { old, now }) => {
    const request = podRequests(pod.spec);
    const after = amounts((now as Node).status?.allocatable);
    if (!fitsEmpty(request, after, ignored)) return 'Skip';
    if (!old) return 'Queue';
    const before = amounts((old as Node).status?.allocatable);
    if ((after.pods ?? 0) > (before.pods ?? 0)) return 'Queue';
    for (const r in request) if (request[r]! > 0 && (after[r] ?? 0) > (before[r] ?? 0)) return 'Queue';
    return 'Skip';
  };
}

function fitsEmpty(request: Amounts, allocatable: Amounts, ignored: Ignored): boolean {
  if ((allocatable.pods ?? 0) < 1) return false;
  for (const r in request) {
    if (isExtendedResource(r) && (ignored.resources.has(r) || ignored.groups.has(r.split('/')[0]!))) continue;
    if (request[r]! > (allocatable[r] ?? 0)) return false;
  }
  return true;
}

/** The bound pod now asks for less of something the waiting pod asks for, or the waiting pod itself asks for less. */
const scaleDownHint: Hint = (pod, { old, now }) => {
  const before = old as Pod;
  const after = now as Pod;
  if (after.metadata.uid === pod.metadata.uid) return 'Queue';
  if (!after.spec.nodeName) return 'Skip';
  const wanted = podRequests(pod.spec);
  const was = podRequests(before.spec, { status: before.status });
  const is = podRequests(after.spec, { status: after.status });
  for (const r in wanted) if (wanted[r]! > 0 && (is[r] ?? 0) < (was[r] ?? 0)) return 'Queue';
  return 'Skip';
};

/** The node has room for what the pod requests. Upstream: pkg/scheduler/framework/plugins/noderesources/fit.go */
export const NodeResourcesFit: PluginFactory = (_handle, args) => {
  const ignored: Ignored = {
    resources: new Set(args.ignoredResources as string[] | undefined),
    groups: new Set(args.ignoredResourceGroups as string[] | undefined),
  };
  const score = makeScorer((args.scoringStrategy ?? { type: 'LeastAllocated' }) as ScoringStrategy);
  return {
    name,
    needs: { preFilter: 'error reading "PreFilterNodeResourcesFit" from cycleState: not found' },
    local: true,
    events: () => [
      { resource: 'Node', action: ADD | UPDATE_NODE_ALLOCATABLE, hint: nodeHint(ignored) },
      {
        resource: 'Pod',
        action: DELETE | UPDATE_POD_SCALE_DOWN,
        hint: (pod, happening) => {
          if (happening.action === UPDATE_POD_SCALE_DOWN) return scaleDownHint(pod, happening);
          const gone = happening.old as Pod;
          return gone.spec.nodeName || gone.status?.nominatedNodeName ? 'Queue' : 'Skip';
        },
      },
    ],
    preFilter: () => ({ status: success }),
    filter(_state, pod, node) {
      if (fits(pod.cls.requests, node)) return success;
      const short = shortfalls(pod.cls.requests, node, ignored);
      return short.length ? refusal(short) : success;
    },
    preScore: () => success,
    score: (_state, pod, node) => score(pod.cls.scoreRequests, node),
  };
};
