/** What happened, from the Events that components record: marks for the timeline and sentences for the caption. */
import type { Event } from '../engine/api/core.ts';
import type { CaptionRow, MarkRow } from './rows.ts';

const MARK_OF: Record<string, MarkRow['kind']> = {
  Scheduled: 'progress',
  Started: 'progress',
  SuccessfulCreate: 'progress',
  ScalingReplicaSet: 'progress',
  FailedScheduling: 'unschedulable',
  Killing: 'leaving',
  Preempted: 'leaving',
  Evicted: 'leaving',
  TaintManagerEviction: 'leaving',
  WhatIfEviction: 'leaving',
  SuccessfulDelete: 'leaving',
};

const key = (e: Event): string =>
  e.involvedObject.namespace ? `${e.involvedObject.namespace}/${e.involvedObject.name}` : (e.involvedObject.name ?? '');

/** The mark of one recorded Event, or `undefined` when it would only repeat another. */
export function markOf(e: Event, id: number, atMs: number): MarkRow | undefined {
  const reason = e.reason ?? '';
  const kind = MARK_OF[reason] ?? (e.type === 'Warning' ? 'trouble' : undefined);
  if (!kind) return undefined;
  const { kind: subject } = e.involvedObject;
  return {
    id,
    atMs,
    kind,
    text: `${reason}: ${e.message ?? ''}`,
    ...(subject === 'Pod' || subject === 'Node' ? { subject: { kind: subject, key: key(e) } } : {}),
  };
}

/** `0/4 nodes are available: 1 Insufficient cpu, 2 node(s) were unschedulable. preemption: …` as counted reasons. */
export function countedReasons(message: string): { nodes: number; reasons: { reason: string; count: number }[] } {
  const m = /^0\/(\d+) nodes are available: ([\s\S]*?)\.(?: |$)/.exec(message);
  if (!m) return { nodes: 0, reasons: [] };
  const reasons = m[2]!.split(/, (?=\d+ )/).flatMap((part) => {
    const counted = /^(\d+) ([\s\S]+)$/.exec(part);
    return counted ? [{ reason: counted[2]!, count: Number(counted[1]) }] : [{ reason: part, count: Number(m[1]) }];
  });
  return { nodes: Number(m[1]), reasons };
}

/** What the caption says of one Event; the page words it. `placed` is told apart by the caller, who knows the scores. */
export function captionOf(e: Event, arch: (node: string) => string): CaptionRow | undefined {
  const subject = key(e);
  const message = e.message ?? '';
  const node = e.source?.host ?? '';
  switch (e.reason) {
    case 'Scheduled': {
      const to = / to (\S+)$/.exec(message)?.[1] ?? '';
      return { kind: 'placed', pod: subject, node: to, score: 0, refused: 0, attempt: 0 };
    }
    case 'FailedScheduling':
      return { kind: 'refused', pod: subject, ...countedReasons(message), attempt: e.count ?? 1 };
    case 'Pulling':
      return { kind: 'pulling', pod: subject, node, image: /"([^"]*)"/.exec(message)?.[1] ?? '', arch: arch(node) };
    case 'Started':
      return { kind: 'running', pod: subject, node, arch: arch(node) };
    case 'Failed':
    case 'BackOff':
      return { kind: 'failed', pod: subject, node, reason: e.reason, message };
    case 'Killing':
      return { kind: 'deleted', pod: subject, node };
    case 'Preempted':
    case 'Evicted':
    case 'TaintManagerEviction':
    case 'WhatIfEviction':
      return { kind: 'evicted', pod: subject, node, by: e.reason };
    default:
      return undefined;
  }
}
