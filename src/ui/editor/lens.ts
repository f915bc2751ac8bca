import { isMap, isScalar, isSeq, LineCounter, type Pair, parseAllDocuments, type Node as YamlNode } from 'yaml';
import { parseMilli } from '../../engine/api/quantity.ts';
import type { ExplainedDecision } from '../../view/decision.ts';
import type { NodeRow, PodRow } from '../../view/rows.ts';

/** Lens lines: under the line of a manifest that made a node refuse stands who refused and why. Loaded with the editor. */

export type LensFact =
  | { kind: 'free'; resource: 'cpu' | 'memory'; free: number; of: number }
  | { kind: 'arch'; arch: string }
  | { kind: 'taint' }
  | { kind: 'reason'; reason: string };

export interface Lens {
  /** 1-based. */
  line: number;
  nodes: string[];
  plugin: string;
  fact: LensFact;
  /** ns/name of the pod whose decision this is; a click opens it. */
  pod: string;
}

type Path = readonly (string | number)[];

const TEMPLATE: Record<string, Path> = {
  Pod: ['spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};
const TEMPLATE_OF_OTHERS: Path = ['spec', 'template', 'spec'];
const WORKLOADS = new Set([
  'Pod',
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
]);

/** One workload of a manifest; paths count from its pod template's spec. */
export interface Doc {
  kind: string;
  namespace: string;
  name: string;
  spec: YamlNode | undefined;
  lineOf(path: Path): number | undefined;
  at(path: Path): unknown;
}

export function documents(text: string): Doc[] {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, version: '1.1', prettyErrors: false, merge: true });
  if (!Array.isArray(parsed)) return [];
  return parsed.flatMap((doc): Doc[] => {
    const kind = doc.getIn(['kind']);
    const name = doc.getIn(['metadata', 'name']) ?? doc.getIn(['metadata', 'generateName']);
    if (typeof kind !== 'string' || typeof name !== 'string' || !WORKLOADS.has(kind)) return [];
    const base = TEMPLATE[kind] ?? TEMPLATE_OF_OTHERS;
    const node = (path: Path) => doc.getIn([...base, ...path], true) as YamlNode | undefined;
    const keyOf = (path: Path): YamlNode | undefined => {
      const parent = doc.getIn([...base, ...path].slice(0, -1), true);
      if (!isMap(parent)) return undefined;
      return (parent.items as Pair<YamlNode>[]).find((p) => isScalar(p.key) && p.key.value === path.at(-1))?.key;
    };
    return [
      {
        kind,
        name,
        namespace: String(doc.getIn(['metadata', 'namespace']) ?? 'default'),
        spec: node([]),
        at: (path) => node(path),
        lineOf: (path) => {
          const target =
            path.length === 0 ? keyOfSpec(doc.getIn(base.slice(0, -1), true)) : (keyOf(path) ?? node(path));
          return target?.range ? lines.linePos(target.range[0]).line : undefined;
        },
      },
    ];
  });
}

const keyOfSpec = (parent: unknown): YamlNode | undefined =>
  isMap(parent)
    ? (parent.items as Pair<YamlNode>[]).find((p) => isScalar(p.key) && p.key.value === 'spec')?.key
    : undefined;

/** The container that asks for most of a resource: the line a person would change. */
function requestPath(doc: Doc, resource: string): Path | undefined {
  const containers = doc.at(['containers']);
  if (!isSeq(containers)) return undefined;
  let best: Path | undefined;
  let most = -1n;
  containers.items.forEach((_, i) => {
    for (const list of ['requests', 'limits']) {
      const path: Path = ['containers', i, 'resources', list, resource];
      const value = doc.at(path);
      if (!isScalar(value)) continue;
      const amount = parseMilli(String(value.value)) ?? 0n;
      if (amount > most) [most, best] = [amount, path];
      break;
    }
  });
  return best;
}

const firstOf = (doc: Doc, ...paths: Path[]): Path | undefined => paths.find((p) => doc.at(p) !== undefined);

/** The path whose line caused a refusal, `undefined` when no line of the manifest did (a cordon, a full node). */
function causeOf(doc: Doc, plugin: string, reason: string): Path | undefined {
  switch (plugin) {
    case 'NodeResourcesFit':
      return requestPath(doc, /Insufficient (\S+)/.exec(reason)?.[1] ?? 'cpu');
    case 'NodeAffinity': {
      const selector = doc.at(['nodeSelector']);
      if (isMap(selector) && selector.items.length === 1 && isScalar(selector.items[0]!.key))
        return ['nodeSelector', String(selector.items[0]!.key.value)];
      return firstOf(
        doc,
        ['nodeSelector'],
        ['affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution'],
      );
    }
    case 'TaintToleration':
      return firstOf(doc, ['tolerations']);
    case 'NodeName':
      return firstOf(doc, ['nodeName']);
    case 'NodePorts':
      return firstOf(doc, ['containers', 0, 'ports', 0, 'hostPort'], ['containers', 0, 'ports']);
    case 'InterPodAffinity':
      return firstOf(
        doc,
        ['affinity', /anti-affinity/.test(reason) ? 'podAntiAffinity' : 'podAffinity'],
        ['affinity', 'podAntiAffinity'],
      );
    case 'PodTopologySpread':
      return firstOf(doc, ['topologySpreadConstraints']);
    case 'VolumeBinding':
    case 'VolumeZone':
    case 'VolumeRestrictions':
      return firstOf(doc, ['volumes']);
    default:
      return undefined;
  }
}

function factOf(doc: Doc, plugin: string, reason: string, node: NodeRow | undefined): LensFact {
  const resource = /^Insufficient (cpu|memory)$/.exec(reason)?.[1] as 'cpu' | 'memory' | undefined;
  if (node && resource) {
    const r = resource === 'cpu' ? node.cpuMilli : node.memoryBytes;
    return { kind: 'free', resource, free: r.allocatable - r.requested, of: r.allocatable };
  }
  if (node && plugin === 'NodeAffinity') {
    const wanted = doc.at(['nodeSelector', 'kubernetes.io/arch']);
    if (isScalar(wanted) && wanted.value !== node.arch) return { kind: 'arch', arch: node.arch };
  }
  return plugin === 'TaintToleration' ? { kind: 'taint' } : { kind: 'reason', reason };
}

/** Does this manifest make this pod? The workload a person knows has the name; a bare pod has its own. */
export const makes = (doc: Doc, pod: PodRow): boolean =>
  doc.namespace === pod.namespace &&
  (doc.kind === 'Pod' ? doc.name === pod.name : doc.name === pod.workload || pod.workload.startsWith(`${doc.name}-`));

/**
 * Lenses of one file, top to bottom. `refused`: pending pods with their latest decision; the first of a workload speaks
 * for all. Nodes with the same fact at the same line share a lens.
 */
export function lensesOf(
  text: string,
  refused: readonly { pod: PodRow; decision: ExplainedDecision }[],
  nodes: ReadonlyMap<string, NodeRow>,
): Lens[] {
  const out = new Map<string, Lens>();
  for (const doc of documents(text)) {
    const found = refused.find((r) => makes(doc, r.pod));
    if (!found) continue;
    const spoken = out.size;
    const add = (line: number | undefined, node: string, plugin: string, fact: LensFact) => {
      if (line === undefined) return;
      const key = JSON.stringify([line, plugin, fact]);
      const lens = out.get(key) ?? { line, nodes: [], plugin, fact, pod: `${found.pod.namespace}/${found.pod.name}` };
      lens.nodes.push(node);
      out.set(key, lens);
    };
    const cells = Object.entries(found.decision.filters).flatMap(([node, cell]) => (cell ? [{ node, cell }] : []));
    for (const { node, cell } of cells)
      for (const reason of cell.reasons) {
        const path = causeOf(doc, cell.plugin, reason);
        if (path) add(doc.lineOf(path), node, cell.plugin, factOf(doc, cell.plugin, reason, nodes.get(node)));
      }
    // nothing in the text caused it but something is missing from it: say so where it would stand
    if (out.size === spoken)
      for (const { node, cell } of cells)
        if (cell.plugin === 'TaintToleration') add(doc.lineOf([]), node, cell.plugin, { kind: 'taint' });
  }
  return [...out.values()].sort((a, b) => a.line - b.line);
}
