/** The gallery, in the order in which it is shown. */
import { opening } from './opening.ts';
import { seed0, seed2 } from './seeds.ts';
import type { Scenario } from './types.ts';

export type { Scenario };

export const SCENARIOS: readonly Scenario[] = [opening, seed0, seed2];

export const scenarioBySlug = (slug: string): Scenario | undefined => SCENARIOS.find((s) => s.slug === slug);
