import { deployment } from './manifests.ts';
import { nodeManifest } from './nodes.ts';
import { SYSTEM, WARMUP_MS } from './system.ts';
import type { Scenario } from './types.ts';

const ARCHES = ['amd64', 'amd64', 'amd64', 'arm64', 'ppc64le'];

const machine = (i: number): object =>
  nodeManifest({
    name: `node-${String(i).padStart(3, '0')}`,
    arch: ARCHES[i % ARCHES.length]!,
    cpu: i % 4 === 3 ? '16' : '8',
    memory: i % 4 === 3 ? '64Gi' : '32Gi',
    labels: { 'topology.kubernetes.io/zone': `zone-${'abc'[i % 3]}` },
    index: i,
  });

const spread = `topologySpreadConstraints:
- maxSkew: 1
  topologyKey: topology.kubernetes.io/zone
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels:
      app: shop
`;

/** A hundred machines of three architectures in three zones. */
export const hundred: Scenario = {
  slug: 'hundred',
  titleEn: 'A hundred nodes, three zones',
  titleKo: '노드 백 대, 존 세 개',
  textEn:
    'Five hundred pods find their places on a hundred machines of three architectures. Scale shop, drain a node, look for the busiest zone.',
  textKo:
    '파드 오백 개가 세 아키텍처의 머신 백 대에 자리를 찾습니다. shop을 늘리고, 노드를 드레인하고, 가장 바쁜 존을 찾아보세요.',
  seed: 1,
  cluster: [
    nodeManifest({ name: 'k8s-master', cpu: '4', memory: '16Gi', controlPlane: true, index: 0 }),
    ...Array.from({ length: 99 }, (_, i) => machine(i + 1)),
    ...SYSTEM,
  ],
  warmupMs: WARMUP_MS,
  files: {
    'shop.yaml': deployment('shop', { replicas: 300, cpu: '500m', memory: '1Gi', pod: spread }),
    'jobs.yaml': deployment('jobs', {
      replicas: 200,
      image: 'busybox:1.37',
      cpu: '250m',
      memory: '128Mi',
      container: 'command: [sleep, infinity]',
    }),
  },
  inputs: [
    { atMs: 2500, line: 'kubectl apply -f shop.yaml' },
    { atMs: 6000, line: 'kubectl apply -f jobs.yaml' },
  ],
};
