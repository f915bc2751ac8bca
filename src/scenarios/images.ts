import { deployment } from './manifests.ts';
import { nodeManifest } from './nodes.ts';
import { SYSTEM, WARMUP_MS } from './system.ts';
import type { Scenario } from './types.ts';

const DIGEST = 'sha256:3a1f0c5b7d9e2846a0b1c2d3e4f5061728394a5b6c7d8e9f0a1b2c3d4e5f6071';

/** Four ways in which an image keeps a pod from running. */
export const images: Scenario = {
  slug: 'images',
  titleEn: 'Images that do not run',
  titleKo: '실행되지 않는 이미지',
  textEn:
    'A tag that does not exist, a repository nobody may read, an index without the platform (ErrImagePull), and a single manifest of another platform (exec format error, CrashLoopBackOff). Mend each.',
  textKo:
    '없는 태그, 읽을 수 없는 저장소, 플랫폼이 빠진 인덱스(ErrImagePull), 다른 플랫폼의 단일 매니페스트(exec format error, CrashLoopBackOff). 하나씩 고쳐 보세요.',
  seed: 1,
  cluster: [
    nodeManifest({ name: 'k8s-master', cpu: '2', memory: '4Gi', controlPlane: true, index: 0 }),
    nodeManifest({ name: 'worker-x86', index: 1 }),
    nodeManifest({ name: 'worker-ppc64le', arch: 'ppc64le', cpu: '6', memory: '16Gi', index: 2 }),
    ...SYSTEM,
  ],
  warmupMs: WARMUP_MS,
  files: {
    'typo.yaml': deployment('typo', { image: 'nginx:1.72' }),
    'private.yaml': deployment('private', { image: 'mycompany/private-shop:2.1' }),
    'one-platform.yaml': deployment('one-platform', {
      image: 'kongru/dockerize:base',
      container: 'command: [sleep, infinity]',
      pod: 'nodeSelector:\n  kubernetes.io/arch: amd64',
    }),
    'wrong-binary.yaml': deployment('wrong-binary', {
      image: `nginx@${DIGEST}`,
      pod: 'nodeSelector:\n  kubernetes.io/arch: ppc64le',
    }),
  },
  inputs: [
    { atMs: 2000, line: 'kubectl apply -f typo.yaml' },
    { atMs: 4000, line: 'kubectl apply -f private.yaml' },
    { atMs: 6000, line: 'kubectl apply -f one-platform.yaml' },
    { atMs: 8000, line: 'kubectl apply -f wrong-binary.yaml' },
  ],
};
