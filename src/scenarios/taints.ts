import { deployment } from './manifests.ts';
import { nodeManifest } from './nodes.ts';
import { SYSTEM, WARMUP_MS } from './system.ts';
import type { Scenario } from './types.ts';

const gpu = `tolerations:
- key: gpu
  operator: Exists
  effect: NoSchedule
nodeSelector:
  gpu: "true"
`;

/** Nodes kept for some, nodes emptied of others. */
export const taints: Scenario = {
  slug: 'taints',
  titleEn: 'Taints: keep out, prefer not, leave at once',
  titleKo: '테인트: 막기, 피하기, 내보내기',
  textEn:
    'gpu-1 is for those who tolerate it. worker-2 is avoided while others have room. At 12 s worker-1 gets a NoExecute taint: what does not tolerate it leaves.',
  textKo:
    'gpu-1은 톨러레이션이 있는 파드만 받습니다. worker-2는 다른 곳에 자리가 있으면 피합니다. 12초에 worker-1에 NoExecute 테인트가 걸리면 톨러레이션이 없는 파드는 나갑니다.',
  seed: 1,
  cluster: [
    nodeManifest({ name: 'k8s-master', cpu: '2', memory: '4Gi', controlPlane: true, index: 0 }),
    nodeManifest({
      name: 'gpu-1',
      cpu: '8',
      memory: '32Gi',
      labels: { gpu: 'true' },
      taints: [{ key: 'gpu', value: 'true', effect: 'NoSchedule' }],
      index: 1,
    }),
    nodeManifest({ name: 'worker-1', index: 2 }),
    nodeManifest({ name: 'worker-2', taints: [{ key: 'old', value: 'true', effect: 'PreferNoSchedule' }], index: 3 }),
    ...SYSTEM,
  ],
  warmupMs: WARMUP_MS,
  files: {
    'web.yaml': deployment('web', { replicas: 3 }),
    'train.yaml': deployment('train', {
      replicas: 2,
      image: 'python:3.13',
      container: 'command: [sleep, infinity]',
      pod: gpu,
    }),
  },
  inputs: [
    { atMs: 2000, line: 'kubectl apply -f web.yaml' },
    { atMs: 5000, line: 'kubectl apply -f train.yaml' },
    { atMs: 12000, line: 'kubectl taint node worker-1 repair=now:NoExecute' },
  ],
};
