/** The gallery: every scenario in the order in which it is shown. */
import { opening } from './opening.ts';
import type { Scenario } from './scenario.ts';

export type { Scenario } from './scenario.ts';

export const OPENING = opening;

export const SCENARIOS: readonly Scenario[] = [opening];

export const scenarioBySlug = (slug: string): Scenario | undefined => SCENARIOS.find((s) => s.slug === slug);
