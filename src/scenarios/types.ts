import type { Lesson } from './lesson.ts';

/** A situation to start from, as data: a cluster, files in the editor, and what happens by itself. */
export interface Scenario {
  /** Its part of the address: `#example/<slug>`. */
  slug: string;
  titleEn: string;
  titleKo: string;
  textEn: string;
  textKo: string;
  seed: number;
  /** Objects that are there from the start. */
  cluster: readonly unknown[];
  /** How long the cluster has been running before the story begins, ms. */
  warmupMs: number;
  files: Readonly<Record<string, string>>;
  /** Inputs that happen by themselves, from the story's start. */
  inputs: readonly { atMs: number; line: string; stdin?: string }[];
  /** Goals, steps and hints, when the scenario is a lesson. */
  lesson?: Lesson;
}
