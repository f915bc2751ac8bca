import { describe, expect, it } from 'vitest';
import { Playground } from '../../playground/playground.ts';
import { runLine } from '../../playground/programs.ts';
import { worldOf } from '../../playground/world.ts';
import { SCENARIOS } from '../../scenarios/index.ts';
import { Projector } from '../../view/projector.ts';
import { applyFrame, emptyRows } from '../rows.ts';
import { progress } from './goals.ts';

const SETTLED_MS = 60_000;

/** The rows of the picture after the story, and after what was typed then. */
function rowsAfter(slug: string, lines: readonly string[]) {
  const { world, recording } = worldOf({ scenario: slug });
  const playground = new Playground(world, runLine, recording?.inputs ?? []);
  const projector = new Projector();
  const rows = emptyRows();
  playground.playTo(SETTLED_MS);
  for (const line of lines) playground.start(line, undefined);
  playground.playTo(2 * SETTLED_MS);
  applyFrame(rows, projector.frame(playground.cluster));
  return rows;
}

describe.each(SCENARIOS.filter((s) => s.lesson))('lesson $slug', ({ slug, lesson }) => {
  it('is not solved by itself', () => {
    expect(progress(lesson!, rowsAfter(slug, [])).finished).toBe(false);
  });

  it('is solved by its solution, every step of it', () => {
    const at = progress(lesson!, rowsAfter(slug, lesson!.solution));
    expect(at.goals).toEqual(lesson!.goals.map(() => true));
    expect(at.done).toBe(lesson!.steps.length);
  });
});
