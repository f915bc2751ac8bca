import { deployment } from './manifests.ts';
import { nodeManifest } from './nodes.ts';
import { SYSTEM, WARMUP_MS } from './system.ts';
import type { Scenario } from './types.ts';

const apart = `affinity:
  podAntiAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
    - labelSelector:
        matchLabels:
          app: cache
      topologyKey: kubernetes.io/hostname
`;

const beside = `affinity:
  podAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
    - labelSelector:
        matchLabels:
          app: cache
      topologyKey: kubernetes.io/hostname
`;

/** One cache a node, and web servers beside the caches. */
export const antiaffinity: Scenario = {
  slug: 'antiaffinity',
  titleEn: 'Apart and together: affinity between pods',
  titleKo: '따로 또 같이: 파드 간 어피니티',
  textEn:
    'Four caches refuse to share a node, and there are three nodes: one stays Pending. web only goes where a cache is.',
  textKo:
    '캐시 네 개는 노드를 함께 쓰지 않으려 하고 노드는 셋입니다. 하나는 Pending으로 남습니다. web은 캐시가 있는 곳에만 갑니다.',
  seed: 1,
  cluster: [
    nodeManifest({ name: 'k8s-master', cpu: '2', memory: '4Gi', controlPlane: true, index: 0 }),
    nodeManifest({ name: 'worker-1', index: 1 }),
    nodeManifest({ name: 'worker-2', index: 2 }),
    nodeManifest({ name: 'worker-3', index: 3 }),
    ...SYSTEM,
  ],
  warmupMs: WARMUP_MS,
  files: {
    'cache.yaml': deployment('cache', { replicas: 4, image: 'redis:7.4', pod: apart }),
    'web.yaml': deployment('web', { replicas: 3, pod: beside }),
  },
  inputs: [
    { atMs: 2000, line: 'kubectl apply -f web.yaml' },
    { atMs: 5000, line: 'kubectl apply -f cache.yaml' },
  ],
};
