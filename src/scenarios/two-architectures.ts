import { deployment } from './manifests.ts';
import { nodeManifest } from './nodes.ts';
import { SYSTEM, WARMUP_MS } from './system.ts';
import type { Scenario } from './types.ts';

/** An image that is one manifest for amd64: a node of another architecture pulls it and cannot run it. */
const AMD64_ONLY = 'nginx@sha256:3a1f0c5b7d9e2846a0b1c2d3e4f5061728394a5b6c7d8e9f0a1b2c3d4e5f6071';
const SELECTOR = '{"spec":{"template":{"spec":{"nodeSelector":{"kubernetes.io/arch":"amd64"}}}}}';

/** A lesson: the scheduler does not look inside images, so a person has to say where one runs. */
export const twoArchitectures: Scenario = {
  slug: 'two-architectures',
  titleEn: 'Two architectures, one cluster',
  titleKo: '두 아키텍처, 하나의 클러스터',
  textEn: 'ledger restarts again and again. Find out why, and keep it where it can run.',
  textKo: 'ledger가 계속 재시작합니다. 이유를 찾고, 실행될 수 있는 곳에 두세요.',
  seed: 1,
  cluster: [
    nodeManifest({ name: 'k8s-master', cpu: '2', memory: '4Gi', controlPlane: true, index: 0 }),
    nodeManifest({ name: 'worker-x86', index: 1 }),
    nodeManifest({ name: 'worker-ppc64le', arch: 'ppc64le', cpu: '6', memory: '16Gi', index: 2 }),
    ...SYSTEM,
  ],
  warmupMs: WARMUP_MS,
  files: {
    'ledger.yaml': deployment('ledger', { image: AMD64_ONLY, cpu: '500m', memory: '1Gi' }),
    'db.yaml': deployment('db', {
      image: 'redis:7',
      cpu: '2',
      memory: '2Gi',
      pod: 'nodeSelector:\n  kubernetes.io/arch: amd64',
    }),
  },
  inputs: [
    { atMs: 1500, line: 'kubectl apply -f db.yaml' },
    { atMs: 3000, line: 'kubectl apply -f ledger.yaml' },
  ],
  lesson: {
    number: 1,
    text: {
      en: 'The ledger image is built for amd64 only. The scheduler does not look inside images, so it placed the pod on a ppc64le node.',
      ko: 'ledger 이미지는 amd64용으로만 만들어졌습니다. 스케줄러는 이미지 안을 보지 않으므로 Pod를 ppc64le 노드에 배치했습니다.',
    },
    goals: [
      {
        en: 'ledger is Running for 5 s',
        ko: 'ledger가 5초 동안 Running',
        when: { kind: 'running', workload: 'ledger', forMs: 5000 },
      },
      { en: 'no pod of db had to leave', ko: 'db의 Pod는 떠나지 않음', when: { kind: 'undisturbed', workload: 'db' } },
    ],
    steps: [
      { en: 'Find the pod that restarts', ko: '재시작하는 Pod 찾기' },
      {
        en: 'Read why',
        ko: '이유 읽기',
        more: {
          en: 'Select it and open Events, or run kubectl logs.',
          ko: 'Pod를 선택해 이벤트를 열거나 kubectl logs를 실행하세요.',
        },
      },
      {
        en: 'Keep ledger off ppc64le',
        ko: 'ledger를 ppc64le에서 떼어 놓기',
        more: {
          en: 'Use a nodeSelector or a required node affinity on kubernetes.io/arch.',
          ko: 'kubernetes.io/arch에 대한 nodeSelector나 필수 node affinity를 쓰세요.',
        },
        when: { kind: 'on', workload: 'ledger', arch: 'amd64' },
      },
      {
        en: 'Wait until it runs',
        ko: '실행될 때까지 기다리기',
        when: { kind: 'running', workload: 'ledger', forMs: 5000 },
      },
    ],
    hints: [
      {
        en: 'Drag ledger onto worker-x86: Berth tells you whether that node would take it.',
        ko: 'ledger를 worker-x86으로 끌어 보세요. 그 노드가 받을 수 있는지 알려 줍니다.',
      },
      {
        en: 'The Deployment is in ledger.yaml. Its pods take spec.template.spec.nodeSelector.',
        ko: 'Deployment는 ledger.yaml에 있습니다. spec.template.spec.nodeSelector를 쓰면 됩니다.',
      },
      {
        en: 'The label of an x86 node is kubernetes.io/arch: amd64.',
        ko: 'x86 노드의 레이블은 kubernetes.io/arch: amd64입니다.',
      },
    ],
    par: { edits: 1, evictions: 0 },
    solution: [`kubectl patch deployment ledger -p '${SELECTOR}'`],
  },
};
