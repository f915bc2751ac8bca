/** What components say about objects. Upstream: k8s.io/api/core/v1, events.k8s.io/v1 */
import type { ObjectReference } from './core.ts';
import type { KubeObject } from './meta.ts';

export interface Event extends KubeObject {
  kind: 'Event';
  involvedObject: ObjectReference;
  related?: ObjectReference;
  reason?: string;
  message?: string;
  type?: string;
  action?: string;
  count?: number;
  firstTimestamp?: string | null;
  lastTimestamp?: string | null;
  eventTime?: string | null;
  series?: { count: number; lastObservedTime: string };
  source?: { component?: string; host?: string };
  reportingComponent?: string;
  reportingInstance?: string;
}
