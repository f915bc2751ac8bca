import { deployment } from './manifests.ts';
import { nodeManifest } from './nodes.ts';
import { SYSTEM, WARMUP_MS } from './system.ts';
import type { Scenario } from './types.ts';

const wish = `affinity:
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
      - matchExpressions:
        - key: disktype
          operator: Exists
    preferredDuringSchedulingIgnoredDuringExecution:
    - weight: 10
      preference:
        matchExpressions:
        - key: gpu
          operator: In
          values: ["true"]
        - key: disktype
          operator: In
          values: [ssd]
    - weight: 5
      preference:
        matchExpressions:
        - key: disktype
          operator: In
          values: [ssd]
`;

/** Required terms decide who may, preferred ones who wins. */
export const affinity: Scenario = {
  slug: 'affinity',
  titleEn: 'Node affinity: must and would like',
  titleKo: '노드 어피니티: 필수와 선호',
  textEn:
    'disktype must exist; a GPU with an SSD counts 10, an SSD alone 5. Look at the decision: a preferred term only counts when all its expressions hold.',
  textKo:
    'disktype은 필수입니다. GPU와 SSD가 함께 있으면 10점, SSD만 있으면 5점입니다. 결정 표를 보세요. 선호 항목은 그 안의 모든 조건이 맞을 때만 점수가 됩니다.',
  seed: 1,
  cluster: [
    nodeManifest({ name: 'k8s-master', cpu: '2', memory: '4Gi', controlPlane: true, index: 0 }),
    nodeManifest({ name: 'worker-1', labels: { disktype: 'ssd', gpu: 'true' }, index: 1 }),
    nodeManifest({ name: 'worker-2', index: 2 }),
    nodeManifest({ name: 'worker-3', labels: { disktype: 'ssd' }, index: 3 }),
    nodeManifest({ name: 'worker-4', labels: { disktype: 'hdd', gpu: 'true' }, index: 4 }),
    ...SYSTEM,
  ],
  warmupMs: WARMUP_MS,
  files: { 'render.yaml': deployment('render', { replicas: 1, cpu: '1', memory: '1Gi', pod: wish }) },
  inputs: [
    { atMs: 2500, line: 'kubectl apply -f render.yaml' },
    { atMs: 8000, line: 'kubectl scale deployment render --replicas=6' },
  ],
};
