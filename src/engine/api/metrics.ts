/** The port through which the autoscaler and `kubectl top` learn what pods use. Upstream: k8s.io/metrics */

import type { Ms } from '../sim/time.ts';
import type { Pod } from './core.ts';

/** What one pod used lately, container by container. */
export interface PodUsage {
  /** When it was measured, and over how long a time. */
  at: Ms;
  windowMs: Ms;
  containers: Record<string, { cpuMilli: number; memoryBytes: number }>;
}

/** Where the resource metrics API would be answered; absent, the API itself is absent. */
export interface MetricsSource {
  usage(pod: Pod, now: Ms): PodUsage | undefined;
}
