import { nodeManifest } from './nodes.ts';
import { SYSTEM, WARMUP_MS } from './system.ts';
import type { Scenario } from './types.ts';

const randomGenerator = `apiVersion: v1
kind: Pod
metadata:
  name: random-generator
spec:
  containers:
  - image: k8spatterns/random-generator:0.0.1
    name: random-generator
  nodeSelector:
    disktype: ssd
`;

const nodeAffinity = `apiVersion: v1
kind: Pod
metadata:
  name: with-node-affinity
spec:
  affinity:
    nodeAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        nodeSelectorTerms:
        - matchExpressions:
          - key: kubernetes.io/e2e-az-name
            operator: In
            values:
            - e2e-az1
            - e2e-az2
      preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 1
        preference:
          matchExpressions:
          - key: another-node-label-key
            operator: In
            values:
            - another-node-label-value
  containers:
  - name: with-node-affinity
    image: k8s.gcr.io/pause:2.0
`;

const podAffinity = `apiVersion: v1
kind: Pod
metadata:
  name: with-pod-affinity
spec:
  affinity:
    podAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
      - labelSelector:
          matchExpressions:
          - key: security
            operator: In
            values:
            - S1
        topologyKey: topology.kubernetes.io/zone
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 100
        podAffinityTerm:
          labelSelector:
            matchExpressions:
            - key: security
              operator: In
              values:
              - S2
          topologyKey: topology.kubernetes.io/zone
  containers:
  - name: with-pod-affinity
    image: k8s.gcr.io/pause:2.0
`;

const security = (level: string, zone: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: ${level.toLowerCase()}
  labels:
    security: ${level}
spec:
  nodeSelector:
    topology.kubernetes.io/zone: ${zone}
  containers:
  - name: main
    image: registry.k8s.io/pause:3.10.1
`;

const zone = (name: string): Record<string, string> => ({
  'topology.kubernetes.io/region': 'kr-1',
  'topology.kubernetes.io/zone': name,
});

/** Node selectors and affinities over three zones. */
export const seed1: Scenario = {
  slug: 'seed1',
  titleEn: 'Selectors and affinities over three zones',
  titleKo: '세 존의 셀렉터와 어피니티',
  textEn:
    'random-generator waits for a node with disktype=ssd: label one. with-pod-affinity wants the zone of a pod with security=S1; s1 and s2 are there already.',
  textKo:
    'random-generator는 disktype=ssd 노드를 기다립니다. 노드 하나에 레이블을 달아 보세요. with-pod-affinity는 security=S1 파드가 있는 존을 원하며, s1과 s2는 이미 있습니다.',
  seed: 1,
  cluster: [
    nodeManifest({ name: 'k8s-master', cpu: '2', memory: '4Gi', controlPlane: true, labels: zone('zone-a'), index: 0 }),
    nodeManifest({ name: 'worker-1', labels: zone('zone-a'), index: 1 }),
    nodeManifest({ name: 'worker-2', labels: zone('zone-a'), index: 2 }),
    nodeManifest({ name: 'worker-3', labels: zone('zone-b'), index: 3 }),
    nodeManifest({ name: 'worker-4', arch: 'ppc64le', labels: zone('zone-b'), index: 4 }),
    nodeManifest({ name: 'worker-5', labels: zone('zone-c'), index: 5 }),
    ...SYSTEM,
  ],
  warmupMs: WARMUP_MS,
  files: {
    'random-generator.yaml': randomGenerator,
    'with-node-affinity.yaml': nodeAffinity,
    'with-pod-affinity.yaml': podAffinity,
    's1.yaml': security('S1', 'zone-b'),
    's2.yaml': security('S2', 'zone-c'),
  },
  inputs: [
    { atMs: 2000, line: 'kubectl apply -f s1.yaml -f s2.yaml' },
    { atMs: 5000, line: 'kubectl apply -f random-generator.yaml' },
    { atMs: 8000, line: 'kubectl apply -f with-pod-affinity.yaml' },
  ],
};
