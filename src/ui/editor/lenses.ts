import type { ExplainedDecision } from '../../view/decision.ts';
import type { NodeRow, PodRow } from '../../view/rows.ts';
import { call } from '../connection.ts';
import type { Translate } from '../i18n/index.ts';
import { cpu, memory } from '../parts/format.ts';
import { useAnswer, useLiveRows } from '../parts/hooks.ts';
import { useStore } from '../store.ts';
import type { Lens } from './lens.ts';

export type { Lens };

/** Asking for more decisions than this at once would be felt. */
const PODS_MAX = 5;
const NODES_MAX = 500;
/** Longer texts are not read for lenses: parsing them at each change would be felt. */
const TEXT_MAX = 300_000;

/** Pending pods of workloads that the text names, one a workload. */
export function pendingOf(text: string, pods: Iterable<PodRow>): PodRow[] {
  const byWorkload = new Map<string, PodRow>();
  for (const p of pods) {
    const waits = p.lane === 'unschedulable' || p.lane === 'backoff';
    if (waits && !byWorkload.has(p.workload) && text.includes(p.workload)) byWorkload.set(p.workload, p);
  }
  return [...byWorkload.values()].slice(0, PODS_MAX);
}

interface Refused {
  pod: PodRow;
  decision: ExplainedDecision;
}

async function decisions(pods: readonly PodRow[]): Promise<Refused[]> {
  const found = await Promise.all(
    pods.map(async (pod) => ({ pod, decision: await call('explain', `${pod.namespace}/${pod.name}`) })),
  );
  return found.filter((f): f is Refused => f.decision !== null && f.decision.verdict !== 'Schedulable');
}

async function read(text: string, refused: readonly Refused[], nodes: ReadonlyMap<string, NodeRow>): Promise<Lens[]> {
  if (!refused.length) return [];
  const { lensesOf } = await import('./lens.ts');
  return lensesOf(text, refused, nodes);
}

/** Lenses of one file, kept up with the text and with the scheduler's attempts. */
export function useLenses(file: string, text: string): Lens[] {
  const rows = useLiveRows(1000);
  const connected = useStore((s) => s.connected);
  const pods =
    rows.nodes.size > NODES_MAX || text.length > TEXT_MAX || !connected ? [] : pendingOf(text, rows.pods.values());
  const who = pods.map((p) => `${p.uid} ${p.sinceMs} ${p.lane}`).join();
  const refused = useAnswer(file, who && `${file} ${who}`, () => decisions(pods));
  const lenses = useAnswer(file, who && refused ? `${who} ${text}` : '', () => read(text, refused ?? [], rows.nodes));
  return who ? (lenses ?? []) : [];
}

/** A lens in words: who refuses here, and why. */
export function lensText(lens: Lens, t: Translate): string {
  const { fact } = lens;
  const why = (): string => {
    switch (fact.kind) {
      case 'free':
        return fact.resource === 'cpu'
          ? t('edit.lens.cpu', { free: cpu(fact.free), of: cpu(fact.of) })
          : t('edit.lens.memory', { free: memory(fact.free), of: memory(fact.of) });
      case 'arch':
        return t('edit.lens.arch', { arch: fact.arch });
      case 'taint':
        return t('edit.lens.taint');
      case 'reason':
        return fact.reason;
    }
  };
  const shown = lens.nodes.slice(0, 3).join(', ');
  const nodes = lens.nodes.length > 3 ? `${shown} +${lens.nodes.length - 3}` : shown;
  return t('edit.lens', { nodes, n: lens.nodes.length, why: why() });
}
