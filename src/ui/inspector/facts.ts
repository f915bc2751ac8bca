import type { Methods } from '../../worker/protocol.ts';
import { call } from '../connection.ts';
import { useAnswer } from '../parts/hooks.ts';
import { useStore } from '../store.ts';

export type Inspected = NonNullable<Methods['inspect'][1]>;

interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
}

/** What of a stored object the inspector reads; everything may be missing. */
export interface Stored {
  spec?: { nodeSelector?: Record<string, string>; priorityClassName?: string; nodeName?: string };
  metadata?: { annotations?: Record<string, string>; creationTimestamp?: string };
  status?: {
    conditions?: Condition[];
    capacity?: Record<string, string>;
    allocatable?: Record<string, string>;
    images?: { names?: string[]; sizeBytes?: number }[];
    nodeInfo?: Record<string, string>;
  };
}

/** How often a playing cluster is asked again about the selected object, ms of virtual time. */
const ASK_EVERY_MS = 1000;

/** One object as YAML with its events, asked again while the cluster moves. `version` changes when its row did. */
export function useInspected(kind: 'Pod' | 'Node', key: string, version: string): Inspected | null | undefined {
  const beat = useStore((s) => Math.floor(s.time.nowMs / Math.max(ASK_EVERY_MS, s.time.speed * ASK_EVERY_MS)));
  const subject = `${kind} ${key}`;
  return useAnswer(subject, `${subject} ${version} ${beat}`, () => call('inspect', kind, key));
}

export const storedOf = (inspected: Inspected | null | undefined): Stored => (inspected?.object ?? {}) as Stored;
