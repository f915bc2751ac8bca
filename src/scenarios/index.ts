/** The gallery: every scenario in the order in which it is shown. */
import { affinity } from './affinity.ts';
import { antiaffinity } from './antiaffinity.ts';
import { drain } from './drain.ts';
import { failure } from './failure.ts';
import { hundred } from './hundred.ts';
import { images } from './images.ts';
import { budget } from './lessons/budget.ts';
import { keepOut } from './lessons/keep-out.ts';
import { pending } from './lessons/pending.ts';
import { opening } from './opening.ts';
import { preemption } from './preemption.ts';
import { rollout } from './rollout.ts';
import { seed0 } from './seed0.ts';
import { seed1 } from './seed1.ts';
import { seed2 } from './seed2.ts';
import { spread } from './spread.ts';
import { taints } from './taints.ts';
import { twoArchitectures } from './two-architectures.ts';
import type { Scenario } from './types.ts';

export type { Scenario } from './types.ts';

export const SCENARIOS: readonly Scenario[] = [
  opening,
  seed0,
  seed1,
  seed2,
  affinity,
  antiaffinity,
  spread,
  taints,
  drain,
  preemption,
  images,
  rollout,
  failure,
  hundred,
  twoArchitectures,
  pending,
  keepOut,
  budget,
];

export const scenarioBySlug = (slug: string): Scenario | undefined => SCENARIOS.find((s) => s.slug === slug);
