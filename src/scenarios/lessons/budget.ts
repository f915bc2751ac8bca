import { deployment, budget as pdb } from '../manifests.ts';
import { nodeManifest } from '../nodes.ts';
import { SYSTEM, WARMUP_MS } from '../system.ts';
import type { Scenario } from '../types.ts';

/** A lesson: a budget that allows nothing stops a drain for ever; a second replica sets it free. */
export const budget: Scenario = {
  slug: 'drain-budget',
  titleEn: 'A drain that never ends',
  titleKo: '끝나지 않는 drain',
  textEn:
    'worker-1 needs repair, but its only pod of db must not be missing for a moment. Empty the node all the same.',
  textKo: 'worker-1을 수리해야 하지만, 하나뿐인 db Pod는 한순간도 없으면 안 됩니다. 그래도 노드를 비우세요.',
  seed: 1,
  cluster: [
    nodeManifest({ name: 'k8s-master', cpu: '2', memory: '4Gi', controlPlane: true, index: 0 }),
    nodeManifest({ name: 'worker-1', index: 1 }),
    nodeManifest({ name: 'worker-2', index: 2 }),
    ...SYSTEM,
  ],
  warmupMs: WARMUP_MS,
  files: {
    'db.yaml': `${deployment('db', { image: 'redis:7', cpu: '500m', memory: '512Mi' })}---\n${pdb('db', 1)}`,
    'web.yaml': deployment('web', { replicas: 2 }),
  },
  inputs: [
    { atMs: 1000, line: 'kubectl cordon worker-2' },
    { atMs: 1500, line: 'kubectl apply -f db.yaml' },
    { atMs: 5000, line: 'kubectl uncordon worker-2' },
    { atMs: 6000, line: 'kubectl apply -f web.yaml' },
  ],
  lesson: {
    number: 4,
    text: {
      en: 'A drain asks the API server to evict each pod. A PodDisruptionBudget may refuse, and then the drain asks again every five seconds. The budget of db wants one pod available and there is one: it allows 0 disruptions, so the drain would ask for ever.',
      ko: 'drain은 API 서버에 Pod를 하나씩 축출해 달라고 합니다. PodDisruptionBudget이 거부하면 5초마다 다시 요청합니다. db의 예산은 Pod 하나를 요구하는데 하나뿐이라 허용 중단이 0입니다. drain은 영원히 요청하게 됩니다.',
    },
    goals: [
      { en: 'worker-1 is empty', ko: 'worker-1이 비어 있음', when: { kind: 'empty', node: 'worker-1' } },
      {
        en: 'db is Running for 5 s',
        ko: 'db가 5초 동안 Running',
        when: { kind: 'running', workload: 'db', forMs: 5000 },
      },
      {
        en: 'worker-2 takes pods',
        ko: 'worker-2는 Pod를 받음',
        when: { kind: 'cordoned', node: 'worker-2', on: false },
      },
    ],
    steps: [
      {
        en: 'Drain worker-1, and see who refuses',
        ko: 'worker-1을 drain하고 누가 거부하는지 보기',
        more: {
          en: 'Select the node and press Drain: first comes a preview, tried on a copy.',
          ko: '노드를 선택하고 drain을 누르세요. 먼저 복사본에서 시험한 미리보기가 나옵니다.',
        },
        when: { kind: 'cordoned', node: 'worker-1', on: true },
      },
      {
        en: 'Give the budget something to spare',
        ko: '예산에 여유 주기',
        more: {
          en: 'kubectl get pdb shows how many may be missing. What would make it 1?',
          ko: 'kubectl get pdb로 몇 개까지 없어도 되는지 봅니다. 어떻게 하면 1이 될까요?',
        },
        when: { kind: 'running', workload: 'db', count: 2 },
      },
      {
        en: 'Watch the drain end',
        ko: 'drain이 끝나는 것 보기',
        when: { kind: 'empty', node: 'worker-1' },
      },
    ],
    hints: [
      {
        en: 'Deleting the pod would get past the budget: then db is missing for a while. That is what the budget is there to prevent.',
        ko: 'Pod를 삭제하면 예산을 피할 수 있지만 db가 잠시 없어집니다. 예산은 바로 그것을 막으려고 있습니다.',
      },
      {
        en: 'With two ready pods and one wanted, one may go.',
        ko: '준비된 Pod가 둘이고 하나가 필요하면 하나는 나가도 됩니다.',
      },
      {
        en: 'kubectl scale deployment db --replicas=2. The new pod goes to worker-2, as worker-1 is cordoned by the drain.',
        ko: 'kubectl scale deployment db --replicas=2. worker-1은 drain이 cordon했으므로 새 Pod는 worker-2로 갑니다.',
      },
    ],
    par: { edits: 2, evictions: 2 },
    solution: ['kubectl scale deployment db --replicas=2', 'kubectl drain worker-1 --ignore-daemonsets'],
  },
};
