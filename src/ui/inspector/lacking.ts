import type { NodeRow } from '../../view/rows.ts';
import type { Translate } from '../i18n/index.ts';
import { cpu, memory } from '../parts/format.ts';

export interface Ask {
  cpuMilli: number;
  memoryBytes: number;
}

/** What a node lacks of CPU and memory by its row; nothing is negative. */
export function lacking(node: NodeRow | undefined, ask: Ask | undefined): Ask {
  if (!node || !ask) return { cpuMilli: 0, memoryBytes: 0 };
  const of = (a: { allocatable: number; requested: number }, wanted: number): number =>
    wanted > 0 ? Math.max(0, wanted - (a.allocatable - a.requested)) : 0;
  return { cpuMilli: of(node.cpuMilli, ask.cpuMilli), memoryBytes: of(node.memoryBytes, ask.memoryBytes) };
}

/** `1.4 CPU short`, or '' when it lacks neither CPU nor memory. */
export function lackingWords(node: NodeRow | undefined, ask: Ask | undefined, t: Translate): string {
  const { cpuMilli, memoryBytes } = lacking(node, ask);
  const what = [...(cpuMilli ? [`${cpu(cpuMilli)} CPU`] : []), ...(memoryBytes ? [memory(memoryBytes)] : [])].join(
    ', ',
  );
  return what && t('dec.r.short', { what });
}
