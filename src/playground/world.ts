import { scenarioBySlug } from '../scenarios/index.ts';
import { DEFAULT_START_MS, type Recording } from '../share/recording.ts';
import type { World } from './playground.ts';

/** The world that a recording or a scenario starts from; a recording's scenario that is gone gets the opening cluster. */
export function worldOf(source: { recording: Recording } | { scenario: string }): {
  world: World;
  recording?: Recording;
} {
  if ('recording' in source) {
    const r = source.recording;
    const base = r.scenario === undefined ? undefined : scenarioBySlug(r.scenario);
    const world: World = {
      seed: r.seed,
      startMs: r.startMs,
      kubelet: 'sim',
      cluster: r.cluster ?? base?.cluster ?? [],
      files: { ...(base?.files ?? {}), ...r.files },
      warmupMs: base?.warmupMs ?? 0,
      ...(base ? { scenario: base.slug } : {}),
    };
    return { world, recording: r };
  }
  const s = scenarioBySlug(source.scenario);
  if (!s) throw new Error(`There is no example named "${source.scenario}".`);
  const endMs = 0;
  return {
    world: {
      seed: s.seed,
      startMs: DEFAULT_START_MS,
      kubelet: 'sim',
      cluster: s.cluster,
      files: s.files,
      warmupMs: s.warmupMs,
      scenario: s.slug,
    },
    recording: {
      format: 1,
      engine: '',
      kubernetes: '1.36',
      seed: s.seed,
      startMs: DEFAULT_START_MS,
      scenario: s.slug,
      files: {},
      inputs: [...s.inputs],
      endMs,
      digest: '',
    },
  };
}
