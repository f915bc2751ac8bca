import { deployment } from './manifests.ts';
import { nodeManifest } from './nodes.ts';
import { SYSTEM, WARMUP_MS } from './system.ts';
import type { Scenario } from './types.ts';

const steps = `strategy:
  rollingUpdate:
    maxSurge: 1
    maxUnavailable: 1
`;

const probe = 'readinessProbe:\n  httpGet:\n    path: /\n    port: 80\n  initialDelaySeconds: 3';

/** Old pods go as new ones become ready; then a bad image stops the next rollout. */
export const rollout: Scenario = {
  slug: 'rollout',
  titleEn: 'Rolling update, stuck rollout, undo',
  titleKo: '롤링 업데이트, 멈춘 롤아웃, 되돌리기',
  textEn:
    'web goes from 1.26 to 1.27 step by step. At 30 s somebody mistypes the tag: the rollout stops with enough old pods serving. kubectl rollout undo deployment/web mends it.',
  textKo:
    'web이 1.26에서 1.27로 한 단계씩 바뀝니다. 30초에 누군가 태그를 잘못 입력하면 롤아웃이 멈추지만 기존 파드가 계속 응답합니다. kubectl rollout undo deployment/web으로 되돌릴 수 있습니다.',
  seed: 1,
  cluster: [
    nodeManifest({ name: 'k8s-master', cpu: '2', memory: '4Gi', controlPlane: true, index: 0 }),
    nodeManifest({ name: 'worker-1', index: 1 }),
    nodeManifest({ name: 'worker-2', index: 2 }),
    ...SYSTEM,
  ],
  warmupMs: WARMUP_MS,
  files: { 'web.yaml': deployment('web', { replicas: 6, image: 'nginx:1.26', container: probe, spec: steps }) },
  inputs: [
    { atMs: 2000, line: 'kubectl apply -f web.yaml' },
    { atMs: 12000, line: 'kubectl set image deployment/web web=nginx:1.27' },
    { atMs: 30000, line: 'kubectl set image deployment/web web=nginx:1.72' },
  ],
};
