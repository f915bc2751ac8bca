import { deployment } from '../manifests.ts';
import { nodeManifest } from '../nodes.ts';
import { SYSTEM, WARMUP_MS } from '../system.ts';
import type { Scenario } from '../types.ts';

/** A lesson: what counts is what a pod asks for, not what it uses. */
export const pending: Scenario = {
  slug: 'why-pending',
  titleEn: 'Why is it Pending?',
  titleKo: '왜 Pending일까?',
  textEn:
    'report waits although every node is almost idle. Find out what it asks for, and let it in without moving others.',
  textKo: '노드가 거의 놀고 있는데도 report는 기다립니다. 무엇을 요청하는지 찾아, 다른 Pod를 옮기지 않고 들여보내세요.',
  seed: 1,
  cluster: [
    nodeManifest({ name: 'k8s-master', cpu: '2', memory: '4Gi', controlPlane: true, index: 0 }),
    nodeManifest({ name: 'worker-1', index: 1 }),
    nodeManifest({ name: 'worker-2', index: 2 }),
    ...SYSTEM,
  ],
  warmupMs: WARMUP_MS,
  files: {
    'web.yaml': deployment('web', { replicas: 4, cpu: '500m' }),
    'report.yaml': deployment('report', { cpu: '3500m', memory: '512Mi' }),
  },
  inputs: [
    { atMs: 1500, line: 'kubectl apply -f web.yaml' },
    { atMs: 5000, line: 'kubectl apply -f report.yaml' },
  ],
  lesson: {
    number: 2,
    text: {
      en: 'The scheduler adds up what pods ask for (their requests). It never looks at what they use. report asks for more CPU than any node has left, so it stays Pending on machines that do next to nothing.',
      ko: '스케줄러는 Pod가 요청한 양(requests)을 더합니다. 실제로 쓰는 양은 보지 않습니다. report는 어느 노드에 남은 것보다 많은 CPU를 요청하므로, 거의 놀고 있는 노드에도 들어가지 못합니다.',
    },
    goals: [
      {
        en: 'report is Running for 5 s',
        ko: 'report가 5초 동안 Running',
        when: { kind: 'running', workload: 'report', forMs: 5000 },
      },
      {
        en: 'no pod of web had to leave',
        ko: 'web의 Pod는 떠나지 않음',
        when: { kind: 'undisturbed', workload: 'web' },
      },
    ],
    steps: [
      { en: 'Find the pod that waits', ko: '기다리는 Pod 찾기' },
      {
        en: 'Read who refuses it, and by how much',
        ko: '누가 왜, 얼마나 모자라 거부하는지 읽기',
        more: {
          en: 'Select it: the last column says what each node lacks.',
          ko: 'Pod를 선택하세요. 마지막 열이 노드마다 부족한 것을 말해 줍니다.',
        },
      },
      {
        en: 'Let it ask for less',
        ko: '요청 줄이기',
        more: {
          en: 'Half a CPU is plenty for it. Change report.yaml, or use kubectl set resources.',
          ko: 'CPU 0.5개면 충분합니다. report.yaml을 고치거나 kubectl set resources를 쓰세요.',
        },
        when: { kind: 'placed', workload: 'report' },
      },
      {
        en: 'Wait until it runs',
        ko: '실행될 때까지 기다리기',
        when: { kind: 'running', workload: 'report', forMs: 5000 },
      },
    ],
    hints: [
      {
        en: 'Under "What would let it in" stands the largest request that still fits.',
        ko: '"이렇게 하면 들어갑니다"에 들어갈 수 있는 가장 큰 요청이 적혀 있습니다.',
      },
      {
        en: 'In report.yaml the request is spec.template.spec.containers[0].resources.requests.cpu.',
        ko: 'report.yaml의 spec.template.spec.containers[0].resources.requests.cpu가 그 요청입니다.',
      },
      {
        en: 'A changed template makes a new pod. The old one goes by itself once the new one is ready.',
        ko: '템플릿을 바꾸면 새 Pod가 생깁니다. 새 Pod가 준비되면 옛 Pod는 저절로 사라집니다.',
      },
    ],
    par: { edits: 1, evictions: 0 },
    solution: ['kubectl set resources deployment report --requests=cpu=500m'],
  },
};
