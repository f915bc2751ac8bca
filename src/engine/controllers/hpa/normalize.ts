/** Bounds, speed and calm of scaling. Upstream: pkg/controller/podautoscaler/horizontal.go normalizeDesiredReplicas… */
import type { HorizontalPodAutoscaler } from '../../api/policy.ts';
import type { Ms } from '../../sim/time.ts';

/** What an autoscaler remembers. Plain data. */
export interface Memory {
  /** Recommendations of the last minutes. */
  recommended: { at: Ms; replicas: number }[];
  /** Changes that were made. */
  changes: { at: Ms; by: number }[];
}

export interface Verdict {
  replicas: number;
  limited?: { reason: string; message: string };
  stabilized?: 'ScaleDownStabilized' | 'ScaleUpStabilized';
}

interface Policy {
  type: string;
  value: number;
  periodSeconds: number;
}
interface Rules {
  stabilizationWindowSeconds?: number;
  selectPolicy?: string;
  policies?: Policy[];
}

const DEFAULT_UP: Required<Rules> = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};
const DEFAULT_DOWN: Required<Rules> = {
  stabilizationWindowSeconds: 300,
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
};

const rulesOf = (given: Rules | undefined, fallback: Required<Rules>): Required<Rules> => ({ ...fallback, ...given });

/** Keeps a wish within window, speed and bounds. `memory` gets the wish. */
export function normalize(
  hpa: HorizontalPodAutoscaler,
  current: number,
  wish: number,
  memory: Memory,
  now: Ms,
): Verdict {
  const behavior = (hpa.spec.behavior ?? {}) as { scaleUp?: Rules; scaleDown?: Rules };
  const up = rulesOf(behavior.scaleUp, DEFAULT_UP);
  const down = rulesOf(behavior.scaleDown, DEFAULT_DOWN);
  const calm = stabilize(current, wish, up, down, memory, now);
  const min = hpa.spec.minReplicas ?? 1;
  const max = hpa.spec.maxReplicas;
  if (calm > current) return { ...limitUp(current, calm, max, up, memory, now), ...stability(calm, wish) };
  if (calm < current) return { ...limitDown(current, calm, min, down, memory, now), ...stability(calm, wish) };
  return { replicas: calm, ...stability(calm, wish) };
}

function stability(calm: number, wish: number): Pick<Verdict, 'stabilized'> {
  if (calm === wish) return {};
  return { stabilized: calm > wish ? 'ScaleDownStabilized' : 'ScaleUpStabilized' };
}

/** The highest wish of the downscale window and the lowest of the upscale window bound the change. */
function stabilize(
  current: number,
  wish: number,
  up: Required<Rules>,
  down: Required<Rules>,
  memory: Memory,
  now: Ms,
): number {
  const [upMs, downMs] = [up.stabilizationWindowSeconds * 1000, down.stabilizationWindowSeconds * 1000];
  let [lowest, highest] = [wish, wish];
  for (const r of memory.recommended) {
    if (r.at > now - upMs) lowest = Math.min(lowest, r.replicas);
    if (r.at > now - downMs) highest = Math.max(highest, r.replicas);
  }
  memory.recommended = [
    ...memory.recommended.filter((r) => r.at > now - Math.max(upMs, downMs)),
    { at: now, replicas: wish },
  ];
  return Math.min(Math.max(current, lowest), highest);
}

/** What was changed by within a policy's period. */
const changedBy = (memory: Memory, p: Policy, now: Ms, sign: 1 | -1): number =>
  memory.changes
    .filter((c) => c.at > now - p.periodSeconds * 1000 && c.by * sign > 0)
    .reduce((n, c) => n + c.by * sign, 0);

function select(
  rules: Required<Rules>,
  limits: number[],
  best: (a: number, b: number) => number,
  current: number,
): number {
  if (rules.selectPolicy === 'Disabled' || limits.length === 0) return current;
  return limits.reduce(best);
}

function limitUp(current: number, wish: number, max: number, rules: Required<Rules>, memory: Memory, now: Ms): Verdict {
  const limits = rules.policies.map((p) => {
    const start = current - changedBy(memory, p, now, 1);
    return p.type === 'Pods' ? start + p.value : Math.ceil(start * (1 + p.value / 100));
  });
  const pick = rules.selectPolicy === 'Min' ? Math.min : Math.max;
  const speed = Math.max(
    current,
    select(rules, limits, (a, b) => pick(a, b), current),
  );
  if (wish > Math.min(speed, max))
    return speed < max
      ? {
          replicas: speed,
          limited: {
            reason: 'ScaleUpLimit',
            message: 'the desired replica count is increasing faster than the maximum scale rate',
          },
        }
      : {
          replicas: max,
          limited: {
            reason: 'TooManyReplicas',
            message: 'the desired replica count is more than the maximum replica count',
          },
        };
  return { replicas: wish };
}

function limitDown(
  current: number,
  wish: number,
  min: number,
  rules: Required<Rules>,
  memory: Memory,
  now: Ms,
): Verdict {
  const limits = rules.policies.map((p) => {
    const start = current + changedBy(memory, p, now, -1);
    return p.type === 'Pods' ? start - p.value : Math.floor(start * (1 - p.value / 100));
  });
  const pick = rules.selectPolicy === 'Min' ? Math.max : Math.min;
  const speed = Math.min(
    current,
    select(rules, limits, (a, b) => pick(a, b), current),
  );
  if (wish < Math.max(speed, min))
    return speed > min
      ? {
          replicas: speed,
          limited: {
            reason: 'ScaleDownLimit',
            message: 'the desired replica count is decreasing faster than the maximum scale rate',
          },
        }
      : {
          replicas: min,
          limited: {
            reason: 'TooFewReplicas',
            message: 'the desired replica count is less than the minimum replica count',
          },
        };
  return { replicas: wish };
}
