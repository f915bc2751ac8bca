import { budget, deployment } from './manifests.ts';
import { nodeManifest } from './nodes.ts';
import { SYSTEM, WARMUP_MS } from './system.ts';
import type { Scenario } from './types.ts';

/** A drain that has to wait: the budget lets one pod go at a time. */
export const drain: Scenario = {
  slug: 'drain',
  titleEn: 'Drain against a budget',
  titleKo: 'PDB가 있는 드레인',
  textEn:
    'api keeps at least two of its three pods available, and all three sit on worker-1. The drain evicts one; the next is refused and tried again every five seconds, until the replacement is ready.',
  textKo:
    'api는 파드 셋 중 둘 이상을 유지하고, 셋 모두 worker-1에 있습니다. 드레인은 하나를 축출하고, 다음 파드는 거부되어 대체 파드가 준비될 때까지 5초마다 다시 시도합니다.',
  seed: 1,
  cluster: [
    nodeManifest({ name: 'k8s-master', cpu: '2', memory: '4Gi', controlPlane: true, index: 0 }),
    nodeManifest({ name: 'worker-1', index: 1 }),
    nodeManifest({ name: 'worker-2', index: 2 }),
    ...SYSTEM,
  ],
  warmupMs: WARMUP_MS,
  files: {
    'api.yaml': `${deployment('api', {
      replicas: 3,
      container: 'readinessProbe:\n  httpGet:\n    port: 80\n  initialDelaySeconds: 8',
    })}---\n${budget('api', 2)}`,
  },
  inputs: [
    { atMs: 1500, line: 'kubectl cordon worker-2' },
    { atMs: 2000, line: 'kubectl apply -f api.yaml' },
    { atMs: 14000, line: 'kubectl uncordon worker-2' },
    { atMs: 16000, line: 'kubectl drain worker-1 --ignore-daemonsets' },
  ],
};
