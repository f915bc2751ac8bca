/** What could be edited in the pod's manifest. */
import type { Affinity, NodeSelectorTerm, Pod, Taint, Toleration } from '../../api/core.ts';
import { formatMilli } from '../../api/quantity.ts';
import { amountOf } from '../../api/resources.ts';
import { tolerates } from '../../api/taint.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import type { PodInfo } from '../framework/pod-info.ts';
import { shortfalls } from '../plugins/node-resources-fit.ts';
import { type Change, withSpec } from './remedy.ts';

const keepsOut = (t: Taint): boolean => t.effect === 'NoSchedule' || t.effect === 'NoExecute';
const taintText = (t: Taint): string => `${t.key}${t.value ? `=${t.value}` : ''}:${t.effect}`;

/** A toleration for each taint that keeps the pod out somewhere. */
export function tolerationChanges(pod: Pod, nodes: readonly NodeInfo[]): Change[] {
  const seen = new Map<string, Taint>();
  for (const n of nodes)
    for (const t of n.node!.spec?.taints ?? [])
      if (keepsOut(t) && !tolerates(pod.spec.tolerations, t)) seen.set(taintText(t), t);
  return [...seen].map(([text, t]) => {
    const toleration: Toleration = t.value
      ? { key: t.key, operator: 'Equal', value: t.value, effect: t.effect }
      : { key: t.key, operator: 'Exists', effect: t.effect };
    return {
      kind: 'toleration',
      command: '',
      text: `tolerate the taint ${text}`,
      cost: 2,
      pod: withSpec(pod, { tolerations: [...(pod.spec.tolerations ?? []), toleration] }),
    };
  });
}

const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, i) => i !== at);

function selectorChanges(pod: Pod): Change[] {
  const selector = pod.spec.nodeSelector ?? {};
  return Object.entries(selector).map(([key, value]) => {
    const { [key]: _, ...rest } = selector;
    return {
      kind: 'selector',
      command: '',
      text: `drop ${key}: ${value} from nodeSelector`,
      cost: 3,
      pod: withSpec(pod, { nodeSelector: rest }),
    };
  });
}

const withAffinity = (pod: Pod, affinity: Affinity): Pod => withSpec(pod, { affinity });

/** The second is a what-if of the playground. */
const REQUIRED = [
  'requiredDuringSchedulingIgnoredDuringExecution',
  'requiredDuringSchedulingRequiredDuringExecution',
] as const;

const nodeAffinityChanges = (pod: Pod): Change[] => REQUIRED.flatMap((field) => nodeSelectorChanges(pod, field));

function nodeSelectorChanges(pod: Pod, field: (typeof REQUIRED)[number]): Change[] {
  const affinity = pod.spec.affinity;
  const terms = affinity?.nodeAffinity?.[field]?.nodeSelectorTerms;
  if (!affinity || !terms?.length) return [];
  const put = (next: NodeSelectorTerm[]): Pod =>
    withAffinity(pod, {
      ...affinity,
      nodeAffinity: {
        ...affinity.nodeAffinity,
        [field]: next.length ? { nodeSelectorTerms: next } : undefined,
      } as NonNullable<Affinity['nodeAffinity']>,
    });
  const out: Change[] = [];
  terms.forEach((term, i) => {
    const expressions = term.matchExpressions ?? [];
    expressions.forEach((r, k) => {
      const rest = without(expressions, k);
      const next =
        rest.length || term.matchFields?.length
          ? terms.map((t, j) => (j === i ? { ...t, matchExpressions: rest } : t))
          : [];
      const values = r.values?.length ? ` [${r.values.join(', ')}]` : '';
      out.push({
        kind: 'selector',
        command: '',
        text: `drop ${r.key} ${r.operator}${values} from the required node affinity`,
        cost: 3,
        pod: put(next),
      });
    });
  });
  return out;
}

function podAffinityChanges(pod: Pod): Change[] {
  const affinity = pod.spec.affinity;
  const out: Change[] = [];
  for (const field of ['podAffinity', 'podAntiAffinity'] as const) {
    const terms = affinity?.[field]?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
    terms.forEach((t, i) => {
      const next = { ...affinity![field], requiredDuringSchedulingIgnoredDuringExecution: without(terms, i) };
      const word = field === 'podAffinity' ? 'affinity' : 'anti-affinity';
      out.push({
        kind: 'selector',
        command: '',
        text: `drop the required pod ${word} term on ${t.topologyKey}`,
        cost: 3,
        pod: withAffinity(pod, { ...affinity, [field]: next }),
      });
    });
  }
  return out;
}

function spreadChanges(pod: Pod): Change[] {
  const constraints = pod.spec.topologySpreadConstraints ?? [];
  return constraints.flatMap((c, i) =>
    c.whenUnsatisfiable === 'DoNotSchedule'
      ? [
          {
            kind: 'selector',
            command: '',
            text: `let the spread over ${c.topologyKey} be a wish (ScheduleAnyway)`,
            cost: 3,
            pod: withSpec(pod, {
              topologySpreadConstraints: constraints.map((o, k) =>
                k === i ? { ...o, whenUnsatisfiable: 'ScheduleAnyway' } : o,
              ),
            }),
          } satisfies Change,
        ]
      : [],
  );
}

/** One demand on the node's or its neighbours' labels less. */
export const demandChanges = (pod: Pod): Change[] => [
  ...selectorChanges(pod),
  ...nodeAffinityChanges(pod),
  ...podAffinityChanges(pod),
  ...spreadChanges(pod),
];

const format = (resource: string, amount: number): string =>
  resource === 'cpu'
    ? formatMilli(BigInt(amount))
    : formatMilli(
        BigInt(amount) * 1000n,
        resource === 'memory' || resource === 'ephemeral-storage' ? 'BinarySI' : 'DecimalSI',
      );

/** The pod with `less` taken from the largest request of a resource, or nothing when that cannot be. */
function lowered(
  pod: Pod,
  resource: string,
  less: number,
): { pod: Pod; from: string; to: string; container: string } | undefined {
  const containers = pod.spec.containers;
  let at = -1;
  let most = 0;
  containers.forEach((c, i) => {
    const own = amountOf(resource, c.resources?.requests?.[resource] ?? '0');
    if (own > most) {
      most = own;
      at = i;
    }
  });
  if (at < 0 || most - less <= 0) return undefined;
  const chosen = containers[at]!;
  const to = format(resource, most - less);
  const requests = { ...chosen.resources!.requests, [resource]: to };
  const next = containers.map((c, i) => (i === at ? { ...c, resources: { ...c.resources, requests } } : c));
  return {
    pod: withSpec(pod, { containers: next }),
    from: chosen.resources!.requests![resource]!,
    to,
    container: chosen.name,
  };
}

/** For each resource, the least that has to be given up to fit some node that lacks nothing else. */
export function requestChanges(info: PodInfo, nodes: readonly NodeInfo[]): Change[] {
  const least = new Map<string, number>();
  for (const n of nodes) {
    const short = shortfalls(info.cls.requests, n);
    if (short.length !== 1 || short[0]!.resource === 'pods') continue;
    const { resource, requested, used, capacity } = short[0]!;
    const missing = requested - (capacity - used);
    if (missing < (least.get(resource) ?? Number.POSITIVE_INFINITY)) least.set(resource, missing);
  }
  return [...least].flatMap(([resource, missing]) => {
    const change = lowered(info.pod, resource, missing);
    return change
      ? [
          {
            kind: 'request',
            command: '',
            text: `lower the ${resource} request of ${change.container} from ${change.from} to ${change.to}`,
            cost: 4,
            pod: change.pod,
          } satisfies Change,
        ]
      : [];
  });
}
