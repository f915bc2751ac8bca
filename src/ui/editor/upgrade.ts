/**
 * Manifests of old API versions, written in the versions that Kubernetes 1.36 serves. Only the text that has to change is
 * touched. Upstream: kubernetes.io/docs/reference/using-api/deprecation-guide
 */
import {
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseAllDocuments,
  stringify,
  type YAMLMap,
  type Node as YamlNode,
} from 'yaml';

type Bag = Record<string, unknown>;
type Path = readonly string[];

interface Splice {
  from: number;
  to: number;
  by: string;
}

/** One old version of some kinds: what it is called today and what else has to be written differently. */
interface Row {
  from: string;
  kinds: string;
  to: string;
  changes?: readonly Change[];
}

type Change = (doc: Doc) => Splice[];

interface Doc {
  text: string;
  root: YAMLMap;
}

export interface Upgrade {
  text: string;
  /** The versions it now has: `apps/v1`. */
  versions: string[];
}

// --- places in a text

const pairOf = (map: unknown, key: string): Pair<YamlNode, YamlNode | null> | undefined =>
  isMap(map)
    ? (map.items as Pair<YamlNode, YamlNode | null>[]).find((p) => isScalar(p.key) && p.key.value === key)
    : undefined;

const at = (map: unknown, path: Path): YamlNode | undefined =>
  path.reduce<unknown>((node, key) => pairOf(node, key)?.value, map) as YamlNode | undefined;

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** Where the text of a pair ends; what a block leaves behind its last value does not count. */
function endOf(text: string, pair: Pair<YamlNode, YamlNode | null>): number {
  const start = pair.key.range![0];
  const to = pair.value?.range?.[1] ?? pair.key.range![1];
  return start + text.slice(start, to).trimEnd().length;
}

/** kubectl reads YAML 1.1, where `yes` is no text. */
const AS_READ = { version: '1.1', lineWidth: 0 } as const;

/** Pairs as they stand in a map: lines at a depth, or a piece between braces. */
function pairsText(value: Bag, flow: boolean, depth: number): string {
  if (flow)
    return stringify(value, { ...AS_READ, collectionStyle: 'flow' })
      .trim()
      .slice(1, -1)
      .trim();
  return stringify(value, { ...AS_READ, indentSeq: false })
    .trimEnd()
    .replaceAll('\n', `\n${' '.repeat(depth)}`);
}

/** Puts other pairs in the place of one. */
function replaced({ text }: Doc, map: YAMLMap, key: string, by: Bag): Splice[] {
  const pair = pairOf(map, key);
  if (!pair) return [];
  const from = pair.key.range![0];
  return [{ from, to: endOf(text, pair), by: pairsText(by, map.flow === true, from - lineStart(text, from)) }];
}

/** Puts pairs before another one. */
function inserted({ text }: Doc, map: YAMLMap, before: string, value: Bag): Splice[] {
  const first = pairOf(map, before)?.key.range?.[0];
  if (first === undefined) return [];
  const depth = first - lineStart(text, first);
  const by = `${pairsText(value, map.flow === true, depth)}${map.flow ? ', ' : `\n${' '.repeat(depth)}`}`;
  return [{ from: first, to: first, by }];
}

/** Takes a pair out, with its line when it has that to itself. */
function dropped({ text }: Doc, map: unknown, key: string): Splice[] {
  const pair = pairOf(map, key);
  if (!pair || !isMap(map) || map.items.length === 1) return [];
  const [from, to] = [pair.key.range![0], endOf(text, pair)];
  const start = lineStart(text, from);
  const rest = /^(?:[ \t]*,[ \t]*|[ \t]*(?:#[^\n]*)?\n?)/.exec(text.slice(to))![0].length;
  const alone = !text.slice(start, from).trim();
  return [{ from: alone ? start : from, to: to + rest, by: '' }];
}

// --- what changed beside the version

const drop =
  (path: Path, key: string): Change =>
  (doc) =>
    dropped(doc, path.length ? at(doc.root, path) : doc.root, key);

/** Since apps/v1 a workload says which pods are its own. */
const selector: Change = (doc) => {
  const spec = at(doc.root, ['spec']);
  const labels = at(spec, ['template', 'metadata', 'labels']);
  if (!isMap(spec) || pairOf(spec, 'selector') || !isMap(labels)) return [];
  return inserted(doc, spec, 'template', { selector: { matchLabels: labels.toJSON() as unknown } });
};

const asBag = (node: unknown): Bag => (isMap(node) ? (node.toJSON() as Bag) : {});

function backendOf(old: Bag): Bag {
  const { serviceName, servicePort, ...rest } = old;
  if (serviceName === undefined) return old;
  const port = typeof servicePort === 'number' ? { number: servicePort } : { name: servicePort };
  return { ...rest, service: { name: serviceName, port } };
}

function ingressPath(doc: Doc, path: unknown): Splice[] {
  if (!isMap(path)) return [];
  const backend = backendOf(asBag(at(path, ['backend'])));
  const type = pairOf(path, 'pathType') ? {} : { pathType: 'ImplementationSpecific' };
  return replaced(doc, path, 'backend', { ...type, backend });
}

/** Since networking.k8s.io/v1 a backend names its Service in a field of its own, and each path says how it matches. */
const ingress: Change = (doc) => {
  const spec = at(doc.root, ['spec']);
  if (!isMap(spec)) return [];
  const rules = at(spec, ['rules']);
  const paths = isSeq(rules) ? rules.items.map((r) => at(r, ['http', 'paths'])) : [];
  return [
    ...replaced(doc, spec, 'backend', { defaultBackend: backendOf(asBag(at(spec, ['backend']))) }),
    ...paths.flatMap((list) => (isSeq(list) ? list.items.flatMap((p) => ingressPath(doc, p)) : [])),
  ];
};

/** What a metric is held against. */
function targetOf(m: Bag): Bag {
  if (m.targetAverageUtilization !== undefined)
    return { type: 'Utilization', averageUtilization: m.targetAverageUtilization };
  if (m.targetAverageValue !== undefined) return { type: 'AverageValue', averageValue: m.targetAverageValue };
  return { type: 'Value', value: m.targetValue ?? m.averageValue };
}

const metricOf = (m: Bag): Bag => {
  const chosen = m.metricSelector ?? m.selector;
  return { name: m.metricName, ...(chosen === undefined ? {} : { selector: chosen }) };
};

const METRICS: Record<string, (m: Bag) => Bag> = {
  resource: (m) => ({ name: m.name, target: targetOf(m) }),
  containerResource: (m) => ({ name: m.name, container: m.container, target: targetOf(m) }),
  pods: (m) => ({ metric: metricOf(m), target: targetOf(m) }),
  external: (m) => ({ metric: metricOf(m), target: targetOf(m) }),
  object: (m) => ({ describedObject: m.target, metric: metricOf(m), target: targetOf(m) }),
};

/** Since autoscaling/v2 all metrics have the same form: a metric and a target. */
const metrics: Change = (doc) => {
  const list = at(doc.root, ['spec', 'metrics']);
  if (!isSeq(list)) return [];
  return list.items.flatMap((m) =>
    Object.entries(METRICS).flatMap(([key, form]) => {
      const old = asBag(at(m, [key]));
      const changed = Object.keys(old).some((k) => /^target[A-Z]|^metric(Name|Selector)$/.test(k));
      return isMap(m) && changed ? replaced(doc, m, key, { [key]: form(old) }) : [];
    }),
  );
};

const APPS = 'extensions/v1beta1 apps/v1beta1 apps/v1beta2';
const RBAC = 'Role RoleBinding ClusterRole ClusterRoleBinding';
const STORAGE = 'StorageClass CSIDriver CSINode VolumeAttachment CSIStorageCapacity';

const TABLE: readonly Row[] = [
  { from: APPS, kinds: 'Deployment', to: 'apps/v1', changes: [selector, drop(['spec'], 'rollbackTo')] },
  { from: APPS, kinds: 'DaemonSet', to: 'apps/v1', changes: [selector, drop(['spec'], 'templateGeneration')] },
  { from: APPS, kinds: 'ReplicaSet StatefulSet', to: 'apps/v1', changes: [selector] },
  {
    from: 'extensions/v1beta1 networking.k8s.io/v1beta1',
    kinds: 'Ingress',
    to: 'networking.k8s.io/v1',
    changes: [ingress],
  },
  { from: 'networking.k8s.io/v1beta1', kinds: 'IngressClass', to: 'networking.k8s.io/v1' },
  { from: 'extensions/v1beta1', kinds: 'NetworkPolicy', to: 'networking.k8s.io/v1' },
  { from: 'batch/v1beta1 batch/v2alpha1', kinds: 'CronJob', to: 'batch/v1' },
  { from: 'policy/v1beta1', kinds: 'PodDisruptionBudget', to: 'policy/v1' },
  {
    from: 'autoscaling/v2beta1 autoscaling/v2beta2',
    kinds: 'HorizontalPodAutoscaler',
    to: 'autoscaling/v2',
    changes: [metrics],
  },
  { from: 'scheduling.k8s.io/v1alpha1 scheduling.k8s.io/v1beta1', kinds: 'PriorityClass', to: 'scheduling.k8s.io/v1' },
  { from: 'storage.k8s.io/v1alpha1 storage.k8s.io/v1beta1', kinds: STORAGE, to: 'storage.k8s.io/v1' },
  {
    from: 'rbac.authorization.k8s.io/v1alpha1 rbac.authorization.k8s.io/v1beta1',
    kinds: RBAC,
    to: 'rbac.authorization.k8s.io/v1',
  },
  { from: 'coordination.k8s.io/v1beta1', kinds: 'Lease', to: 'coordination.k8s.io/v1' },
  { from: 'discovery.k8s.io/v1beta1', kinds: 'EndpointSlice', to: 'discovery.k8s.io/v1' },
  { from: 'node.k8s.io/v1alpha1 node.k8s.io/v1beta1', kinds: 'RuntimeClass', to: 'node.k8s.io/v1' },
  {
    from: 'kubescheduler.config.k8s.io/v1beta1 kubescheduler.config.k8s.io/v1beta2 kubescheduler.config.k8s.io/v1beta3',
    kinds: 'KubeSchedulerConfiguration',
    to: 'kubescheduler.config.k8s.io/v1',
    changes: [drop([], 'healthzBindAddress'), drop([], 'metricsBindAddress')],
  },
];

const rowOf = (apiVersion: unknown, kind: unknown): Row | undefined =>
  TABLE.find((r) => r.from.split(' ').includes(String(apiVersion)) && r.kinds.split(' ').includes(String(kind)));

function splicesOf(text: string, root: unknown): { to: string; splices: Splice[] } | undefined {
  if (!isMap(root)) return undefined;
  const version = pairOf(root, 'apiVersion')?.value;
  const row = isScalar(version) ? rowOf(version.value, at(root, ['kind'])?.toJSON()) : undefined;
  const range = version?.range;
  if (!row || !range) return undefined;
  const doc: Doc = { text, root };
  const changes = (row.changes ?? []).flatMap((change) => change(doc));
  return { to: row.to, splices: [{ from: range[0], to: range[1], by: row.to }, ...changes] };
}

/** The text with all its old documents rewritten; `undefined` when there is none, or when the text cannot be read. */
export function upgradeText(text: string): Upgrade | undefined {
  const docs = parseAllDocuments(text, { version: '1.1', prettyErrors: false });
  if (!Array.isArray(docs) || docs.some((d) => d.errors.length)) return undefined;
  const found = docs.flatMap((d) => splicesOf(text, d.contents) ?? []);
  if (!found.length) return undefined;
  const splices = found.flatMap((f) => f.splices).sort((a, b) => b.from - a.from);
  const next = splices.reduce((t, s) => t.slice(0, s.from) + s.by + t.slice(s.to), text);
  return { text: next, versions: [...new Set(found.map((f) => f.to))] };
}
