import type { ExplainedDecision } from '../../view/decision.ts';
import type { NodeRow } from '../../view/rows.ts';
import type { Key, Translate } from '../i18n/index.ts';
import { amount } from '../parts/format.ts';
import type { DecisionRow } from './decision-rows.ts';

/** Kubernetes' reason in five words. What is not known here is shown as Kubernetes says it. */
export function shortReason(
  row: DecisionRow,
  d: ExplainedDecision,
  of: { node?: NodeRow /** The architecture the pod asks for. */; arch: string },
  t: Translate,
): string {
  if (!row.plugin) return t('dec.passes');
  const reason = row.reasons[0] ?? '';
  if (row.near && d.nearest?.short.length) {
    const what = d.nearest.short.map((s) => amount(s.resource, s.amount)).join(', ');
    return t('dec.r.short', { what });
  }
  switch (row.plugin) {
    case 'NodeUnschedulable':
      return t('dec.r.cordoned');
    case 'TaintToleration':
      return t('dec.r.taint');
    case 'NodeName':
      return t('dec.r.name');
    case 'NodePorts':
      return t('dec.r.ports');
    case 'NodeAffinity':
      return of.arch && of.node && of.node.arch !== of.arch
        ? t('dec.r.arch', { arch: of.node.arch })
        : t('dec.r.affinity');
    case 'PodTopologySpread':
      return t('dec.r.spread');
    case 'InterPodAffinity':
      return t(/anti-affinity/.test(reason) ? 'dec.r.podAntiAffinity' : 'dec.r.podAffinity');
    case 'NodeResourcesFit':
      return row.reasons.map((r) => (FIT[r] ? t(FIT[r]) : r)).join(', ');
  }
  return reason;
}

const FIT: Record<string, Key> = {
  'Insufficient cpu': 'dec.r.cpu',
  'Insufficient memory': 'dec.r.memory',
  'Too many pods': 'dec.r.pods',
};

/** The one sentence: what was decided and what made the difference. */
export function verdict(d: ExplainedDecision, plugin: string, t: Translate): string {
  switch (d.verdict) {
    case 'NoNodes':
      return t('say.noNodes');
    case 'Gated':
      return t('say.gated');
    case 'Error':
      return t('say.error', { message: d.message });
    case 'Preempt': {
      const chosen = d.preemption?.[0];
      return t('say.preempt', { node: chosen?.node ?? '', n: chosen?.victims.length ?? 0 });
    }
    case 'Unschedulable':
      return refused(d, t);
    case 'Schedulable':
      return placed(d, plugin, t);
  }
}

function refused(d: ExplainedDecision, t: Translate): string {
  const cells = Object.values(d.filters).flatMap((c) => (c ? [c] : []));
  const kinds = new Set(cells.map((c) => `${c.plugin} ${c.reasons.join()}`));
  const n = cells.length;
  const how =
    kinds.size === 1
      ? t('say.sameReason', { n, plugin: cells[0]!.plugin })
      : kinds.size === n
        ? t('say.ownReasons', { n })
        : t('say.someReasons', { n, k: kinds.size });
  const sentences = [t('say.none'), ...(n ? [how] : [])];
  if (d.nearest && n > 1) {
    const what = d.nearest.short.map((s) => amount(s.resource, s.amount)).join(', ');
    sentences.push(
      what ? t('say.nearest', { node: d.nearest.node, what }) : t('say.nearestPlain', { node: d.nearest.node }),
    );
  } else if (d.nearest?.short.length) {
    const what = d.nearest.short.map((s) => amount(s.resource, s.amount)).join(', ');
    sentences.push(t('say.nearest', { node: d.nearest.node, what }));
  }
  return sentences.join(' ');
}

/** A tie of more nodes than these names two of them and counts the rest. */
const TIE_MAX = 3;

function placed(d: ExplainedDecision, plugin: string, t: Translate): string {
  const totals = Object.entries(d.scores ?? {})
    .map(([node, s]) => ({ node, total: s.total }))
    .sort((a, b) => b.total - a.total);
  const node = d.chosen || d.best[0] || '';
  if (totals.length < 2) return t('say.only', { node });
  const others = d.best.filter((n) => n !== node);
  if (others.length > TIE_MAX)
    return t('say.tieMany', { node, others: others.slice(0, TIE_MAX - 1).join(', '), n: others.length - TIE_MAX + 1 });
  if (d.tie || others.length) return t('say.tie', { node, others: others.join(', ') });
  const n = totals[0]!.total - totals[1]!.total;
  return plugin
    ? t('say.won', { node, n, k: totals.length, plugin })
    : t('say.wonPlain', { node, n, k: totals.length });
}
