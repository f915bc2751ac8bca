/** The mock's cluster as rows: four nodes, the pods of a busy moment. For tests and for the page without its worker (`?fixture=1`). */
import type { ExplainedDecision } from '../../view/decision.ts';
import type { FrameRows, HopRow, MarkRow, NodeRow, PodForm, PodRow, QueueRow } from '../../view/rows.ts';

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;
export const FIXTURE_NOW_MS = Date.UTC(2026, 0, 1) + 42_300;

type NodeSpec = Partial<NodeRow> & { cpu: [number, number]; memoryGib: [number, number] };

export function fakeNode(name: string, spec: NodeSpec): NodeRow {
  const { cpu, memoryGib, ...rest } = spec;
  return {
    name,
    uid: `node-${name}`,
    arch: 'amd64',
    roles: [],
    status: 'Ready',
    unschedulable: false,
    taints: [],
    pressure: [],
    zone: '',
    cpuMilli: { capacity: cpu[0], allocatable: cpu[0] - cpu[1], requested: 0 },
    memoryBytes: { capacity: memoryGib[0] * GIB, allocatable: (memoryGib[0] - memoryGib[1]) * GIB, requested: 0 },
    pods: { allocatable: 110, count: 0 },
    extended: [],
    down: false,
    ...rest,
  };
}

const hop = (revision: number, over: Partial<HopRow>): HopRow => ({
  revision,
  atMs: FIXTURE_NOW_MS,
  by: 'controllers',
  actor: '',
  verb: 'create',
  resource: 'pods',
  kind: 'Pod',
  namespace: 'default',
  name: '',
  ...over,
});

export function fakePod(workload: string, suffix: string, form: PodForm, over: Partial<PodRow> = {}): PodRow {
  const name = suffix ? `${workload}-${suffix}` : workload;
  return {
    uid: `pod-${over.namespace ?? 'default'}-${name}-${over.node ?? ''}`,
    namespace: 'default',
    name,
    workload,
    suffix,
    form,
    word: WORDS[form],
    node: '',
    nominatedNode: '',
    cpuMilli: 0,
    memoryBytes: 0,
    containers: [{ ready: form === 'running', sidecar: false }],
    init: [],
    owner: 'replicaset',
    priorityTier: 0,
    priority: 0,
    system: false,
    sinceMs: FIXTURE_NOW_MS - 12_000,
    createdMs: FIXTURE_NOW_MS - 20_000,
    labels: { app: workload },
    ...over,
  };
}

const WORDS: Record<PodForm, string> = {
  pending: 'Pending',
  gated: 'SchedulingGated',
  scheduled: 'ContainerCreating',
  init: 'Init:1/2',
  creating: 'ContainerCreating',
  notready: 'Running',
  running: 'Running',
  succeeded: 'Completed',
  failed: 'Error',
  crashloop: 'CrashLoopBackOff',
  imagepull: 'ImagePullBackOff',
  terminating: 'Terminating',
  evicted: 'Terminating',
  unknown: 'Unknown',
};

const app = (node: string, w: string, s: string, form: PodForm, cpu: number, mib: number, over: Partial<PodRow> = {}) =>
  fakePod(w, s, form, { node, cpuMilli: cpu, memoryBytes: mib * MIB, ...over });
const system = (node: string, w: string, owner: PodRow['owner'], cpu: number, mib: number) =>
  fakePod(w, owner === 'static' ? node : `${node.slice(-3)}x2`, 'running', {
    node,
    owner,
    cpuMilli: cpu,
    memoryBytes: mib * MIB,
    system: true,
    namespace: 'kube-system',
    priorityTier: 2,
  });

export function clusterPods(): PodRow[] {
  const two = (a: boolean, b: boolean) => [
    { ready: a, sidecar: false },
    { ready: b, sidecar: false },
  ];
  const ds = (node: string) => [
    system(node, 'kube-flannel', 'daemonset', 100, 50),
    system(node, 'kube-proxy', 'daemonset', 0, 0),
  ];
  const [m, x, p, y] = ['k8s-master', 'worker-x86', 'worker-ppc64le', 'worker-x86-2'] as const;
  const now = FIXTURE_NOW_MS;
  return [
    system(m, 'etcd', 'static', 100, 100),
    system(m, 'kube-apiserver', 'static', 250, 256),
    system(m, 'kube-controller-manager', 'static', 200, 128),
    system(m, 'kube-scheduler', 'static', 100, 64),
    ...ds(m),
    ...ds(x),
    system(x, 'coredns', 'replicaset', 100, 70),
    app(x, 'api', '66f4-wk7c9', 'running', 500, 512, { containers: two(true, true) }),
    app(x, 'api', '66f4-zr2mh', 'notready', 500, 512, {
      containers: two(true, false),
      fact: { kind: 'ready', ready: 1, of: 2 },
    }),
    app(x, 'web', '5d8f-9xk2v', 'running', 250, 256),
    app(x, 'web', '7c9d-h8w4z', 'running', 250, 256),
    ...ds(p),
    system(p, 'coredns', 'replicaset', 100, 70),
    app(p, 'db', '0', 'running', 1000, 2048, {
      containers: two(true, true),
      priorityTier: 2,
      owner: 'statefulset',
      ordinal: 0,
    }),
    app(p, 'web', '7c9d-2fjqn', 'creating', 250, 256, {
      fact: { kind: 'pull', startMs: now - 6200, endMs: now + 3800 },
    }),
    app(p, 'web', '5d8f-tt7bn', 'terminating', 250, 256, { fact: { kind: 'grace', untilMs: now + 11_000 } }),
    app(p, 'seed', 'import-x8d', 'succeeded', 0, 0, { owner: 'job', fact: { kind: 'exit', code: 0 } }),
    app(p, 'ledger', '58bd-c4m7t', 'crashloop', 500, 1024, { fact: { kind: 'restarts', count: 4 } }),
    ...ds(y),
    app(y, 'cache', '0', 'running', 500, 1024, { owner: 'statefulset', ordinal: 0 }),
    app(y, 'web', '5d8f-q6lmd', 'evicted', 250, 256, { fact: { kind: 'grace', untilMs: now + 22_000 } }),
    fakePod('web', '7c9d-c9v5r', 'pending', { cpuMilli: 250, memoryBytes: 256 * MIB, lane: 'active' }),
    fakePod('ingest', '0', 'pending', {
      cpuMilli: 500,
      memoryBytes: 512 * MIB,
      lane: 'backoff',
      priorityTier: 1,
      fact: { kind: 'retry', atMs: now + 3200 },
    }),
    fakePod('trainer', '6b5f-x7d2p', 'pending', { cpuMilli: 2500, memoryBytes: 2 * GIB, lane: 'unschedulable' }),
  ];
}

/** Nodes with what their pods request added up. */
export function clusterNodes(): NodeRow[] {
  const nodes = [
    fakeNode('k8s-master', {
      cpu: [2000, 100],
      memoryGib: [4, 0.4],
      roles: ['control-plane'],
      taints: [{ key: 'node-role.kubernetes.io/control-plane', value: '', effect: 'NoSchedule' }],
    }),
    fakeNode('worker-x86', { cpu: [4000, 200], memoryGib: [8, 0.8] }),
    fakeNode('worker-ppc64le', { cpu: [6000, 300], memoryGib: [16, 1.2], arch: 'ppc64le' }),
    fakeNode('worker-x86-2', {
      cpu: [4000, 200],
      memoryGib: [8, 0.8],
      unschedulable: true,
      draining: { done: 1, of: 2 },
      taints: [{ key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' }],
    }),
  ];
  return withSums(nodes, clusterPods());
}

export function withSums(nodes: NodeRow[], pods: PodRow[]): NodeRow[] {
  return nodes.map((node) => {
    const own = pods.filter((p) => p.node === node.name);
    const holding = own.filter((p) => p.form !== 'succeeded' && p.form !== 'failed');
    const sum = (f: (p: PodRow) => number) => holding.reduce((a, p) => a + f(p), 0);
    return {
      ...node,
      cpuMilli: { ...node.cpuMilli, requested: sum((p) => p.cpuMilli) },
      memoryBytes: { ...node.memoryBytes, requested: sum((p) => p.memoryBytes) },
      pods: { ...node.pods, count: own.length },
    };
  });
}

export function clusterQueue(): QueueRow[] {
  const uids = (lane: QueueRow['lane']) =>
    clusterPods()
      .filter((p) => p.lane === lane)
      .map((p) => p.uid);
  return [
    { lane: 'active', uids: uids('active') },
    { lane: 'backoff', uids: uids('backoff') },
    { lane: 'unschedulable', uids: uids('unschedulable') },
    { lane: 'gated', uids: [] },
  ];
}

/** `count` equal nodes with about ten pods each, over three zones: the scale views. */
export function largeCluster(count: number, podsPerNode = 9): { nodes: NodeRow[]; pods: PodRow[] } {
  let seed = 11;
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  const pods: PodRow[] = [];
  const nodes = Array.from({ length: count }, (_, i) => {
    const ppc = i >= count * 0.88;
    const name = `${ppc ? 'p' : 'x'}-${String(i + 1).padStart(String(count).length, '0')}`;
    pods.push({ ...system(name, 'kube-flannel', 'daemonset', 100, 50), uid: `${name}-f` });
    const many = ppc ? podsPerNode : Math.round((0.2 + random() * 0.75) * podsPerNode);
    for (let k = 0; k < many; k++) {
      const r = random();
      const form: PodForm = r < 0.02 ? 'crashloop' : r < 0.12 ? 'creating' : 'running';
      pods.push(app(name, 'web', `${i}-${k}`, form, 350, 256, { uid: `${name}-${k}` }));
    }
    return fakeNode(name, {
      cpu: [4000, 200],
      memoryGib: [8, 0.8],
      arch: ppc ? 'ppc64le' : 'amd64',
      zone: `ap-northeast-2${'abc'[i % 3]}`,
      unschedulable: i === 40 || i === 41,
    });
  });
  return { nodes: withSums(nodes, pods), pods };
}

const MARKS: [number, MarkRow['kind'], string][] = [
  [0.6, 'input', 'apply nodes'],
  [1.2, 'progress', ''],
  [1.9, 'progress', ''],
  [6.1, 'input', 'apply db, api'],
  [7.2, 'progress', ''],
  [12.4, 'input', 'apply web'],
  [13, 'progress', ''],
  [19, 'input', 'apply ledger'],
  [21.8, 'trouble', 'ledger: exec format error'],
  [23.6, 'trouble', 'ledger: exec format error'],
  [28.4, 'input', 'apply trainer'],
  [28.7, 'unschedulable', 'trainer: 0 of 4 nodes fit'],
  [33.1, 'input', 'drain worker-x86-2'],
  [33.5, 'leaving', 'web-5d8f-q6lmd'],
  [34.8, 'trouble', 'PDB cache-pdb allows 0 disruptions'],
  [38.6, 'input', 'set image web 1.27'],
  [40.3, 'leaving', 'web-5d8f-tt7bn'],
  [42.1, 'progress', 'web-7c9d-m4tq2'],
];

export function clusterFrame(): FrameRows {
  const start = FIXTURE_NOW_MS - 42_300;
  return {
    reset: true,
    nowMs: FIXTURE_NOW_MS,
    revision: 1284,
    nodes: clusterNodes(),
    removedNodes: [],
    pods: clusterPods(),
    removedPods: [],
    queue: clusterQueue(),
    marks: MARKS.map(([at, kind, text], i) => ({ id: i, atMs: start + at * 1000, kind, text })),
    caption: {
      kind: 'placed',
      pod: 'default/web-7c9d-h8w4z',
      node: 'worker-x86',
      score: 851,
      next: { node: 'worker-ppc64le', score: 659 },
      refused: 2,
      attempt: 9,
      atMs: FIXTURE_NOW_MS,
    },
    hops: [
      hop(1279, { by: 'kubectl', verb: 'patch', resource: 'deployments', kind: 'Deployment', name: 'web' }),
      hop(1280, { actor: 'Deployment', resource: 'replicasets', kind: 'ReplicaSet', name: 'web-7c9d' }),
      hop(1283, { actor: 'ReplicaSet', name: 'web-7c9d-m4tq2' }),
      hop(1284, { by: 'scheduler', resource: 'pods/binding', name: 'web-7c9d-m4tq2', node: 'worker-x86' }),
    ],
  };
}

/** The decision about the trainer, as `explain` answers it. */
export function trainerDecision(): ExplainedDecision {
  const refused = (plugin: string, code: string, reason: string) => ({ plugin, code, reasons: [reason] });
  return {
    pod: 'default/trainer-6b5f-x7d2p',
    verdict: 'Unschedulable',
    filters: {
      'k8s-master': refused('TaintToleration', 'UnschedulableAndUnresolvable', 'node(s) had untolerated taint(s)'),
      'worker-x86': refused('NodeResourcesFit', 'Unschedulable', 'Insufficient cpu'),
      'worker-ppc64le': refused(
        'NodeAffinity',
        'UnschedulableAndUnresolvable',
        "node(s) didn't match Pod's node affinity/selector",
      ),
      'worker-x86-2': refused('NodeUnschedulable', 'UnschedulableAndUnresolvable', 'node(s) were unschedulable'),
    },
    scores: null,
    best: [],
    message:
      "0/4 nodes are available: 1 Insufficient cpu, 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable.",
    preemption: null,
    attempt: 3,
    atMs: FIXTURE_NOW_MS - 800,
    chosen: '',
    filterPlugins: ['NodeUnschedulable', 'NodeName', 'TaintToleration', 'NodeAffinity', 'NodeResourcesFit'],
    skippedPlugins: ['NodePorts', 'VolumeBinding', 'PodTopologySpread', 'InterPodAffinity'],
    detail: {},
    notLooked: [],
    tie: false,
    nearest: { node: 'worker-x86', plugin: 'NodeResourcesFit', short: [{ resource: 'cpu', amount: '650m' }] },
  };
}
