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

const web = (version: string): string =>
  deployment('web', { replicas: 6, image: `nginx:${version}`, container: probe, spec: steps });

/** Old pods go as new ones become ready; then a bad image stops the next rollout. */
export const rollout: Scenario = {
  slug: 'rollout',
  titleEn: 'Rolling update, stuck rollout, undo',
  titleKo: '롤링 업데이트, 멈춘 롤아웃, 되돌리기',
  textEn:
    'web goes from 1.26 to 1.27 step by step. At 40 s somebody mistypes the tag: the rollout stops with enough old pods serving. Apply web-next.yaml again, or kubectl rollout undo deployment/web, to mend it.',
  textKo:
    'web이 1.26에서 1.27로 한 단계씩 바뀝니다. 40초에 누군가 태그를 잘못 입력하면 롤아웃이 멈추지만 기존 파드가 계속 응답합니다. web-next.yaml을 다시 적용하거나 kubectl rollout undo deployment/web으로 되돌릴 수 있습니다.',
  seed: 1,
  cluster: [
    nodeManifest({ name: 'k8s-master', cpu: '2', memory: '4Gi', controlPlane: true, index: 0 }),
    nodeManifest({ name: 'worker-1', index: 1 }),
    nodeManifest({ name: 'worker-2', index: 2 }),
    ...SYSTEM,
  ],
  warmupMs: WARMUP_MS,
  files: {
    'web.yaml': web('1.26'),
    'web-next.yaml': web('1.27'),
    'web-typo.yaml': web('1.72'),
  },
  inputs: [
    { atMs: 2000, line: 'kubectl apply -f web.yaml' },
    { atMs: 12000, line: 'kubectl apply -f web-next.yaml' },
    { atMs: 40000, line: 'kubectl apply -f web-typo.yaml' },
  ],
};
