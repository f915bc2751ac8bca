import { deployment } from './manifests.ts';
import { nodeManifest } from './nodes.ts';
import { SYSTEM, WARMUP_MS } from './system.ts';
import type { Scenario } from './types.ts';

const evenly = `topologySpreadConstraints:
- maxSkew: 1
  topologyKey: topology.kubernetes.io/zone
  whenUnsatisfiable: DoNotSchedule
  labelSelector:
    matchLabels:
      app: web
`;

const zone = (name: string): Record<string, string> => ({ 'topology.kubernetes.io/zone': name });

/** Zones of different sizes, pods spread evenly all the same. */
export const spread: Scenario = {
  slug: 'spread',
  titleEn: 'Spread evenly over zones',
  titleKo: '존에 고르게 펼치기',
  textEn:
    'Zone a has three nodes, b two, c one. web may differ by one pod between zones. Cordon worker-6 and scale web to 9: maxSkew stops it, because zone c still counts.',
  textKo:
    '존 a는 노드 셋, b는 둘, c는 하나입니다. web의 존별 개수 차이는 최대 1입니다. worker-6을 cordon하고 web을 9개로 늘리면 존 c도 계산에 들어가므로 maxSkew에 막힙니다.',
  seed: 1,
  cluster: [
    nodeManifest({ name: 'k8s-master', cpu: '2', memory: '4Gi', controlPlane: true, index: 0 }),
    ...['a', 'a', 'a', 'b', 'b', 'c'].map((z, i) =>
      nodeManifest({ name: `worker-${i + 1}`, labels: zone(`zone-${z}`), index: i + 1 }),
    ),
    ...SYSTEM,
  ],
  warmupMs: WARMUP_MS,
  files: { 'web.yaml': deployment('web', { replicas: 6, pod: evenly }) },
  inputs: [
    { atMs: 2000, line: 'kubectl apply -f web.yaml' },
    { atMs: 9000, line: 'kubectl cordon worker-6' },
    { atMs: 11000, line: 'kubectl scale deployment web --replicas=9' },
  ],
};
