import { deployment } from '../manifests.ts';
import { nodeManifest } from '../nodes.ts';
import { SYSTEM, WARMUP_MS } from '../system.ts';
import type { Scenario } from '../types.ts';

const TOLERATION = '{"spec":{"template":{"spec":{"tolerations":[{"key":"gpu","operator":"Exists"}]}}}}';

/** A lesson: a taint keeps out, a toleration lets in, and only NoExecute shows the door to who is inside. */
export const keepOut: Scenario = {
  slug: 'keep-out',
  titleEn: 'A node for some, and for nobody else',
  titleKo: '일부에게만 열린 노드',
  textEn: 'gpu-1 was tainted for training. train still waits, and a pod of web still sits there. Mend both.',
  textKo: 'gpu-1에 학습용 taint를 걸었습니다. train은 아직 기다리고, web의 Pod는 아직 그곳에 있습니다. 둘 다 고치세요.',
  seed: 1,
  cluster: [
    nodeManifest({ name: 'k8s-master', cpu: '2', memory: '4Gi', controlPlane: true, index: 0 }),
    nodeManifest({ name: 'gpu-1', cpu: '8', memory: '32Gi', labels: { gpu: 'true' }, index: 1 }),
    nodeManifest({ name: 'worker-1', index: 2 }),
    nodeManifest({ name: 'worker-2', index: 3 }),
    ...SYSTEM,
  ],
  warmupMs: WARMUP_MS,
  files: {
    'web.yaml': deployment('web', { replicas: 3 }),
    'train.yaml': deployment('train', { cpu: '2', memory: '4Gi', pod: 'nodeSelector:\n  gpu: "true"' }),
  },
  inputs: [
    { atMs: 1500, line: 'kubectl apply -f web.yaml' },
    { atMs: 6000, line: 'kubectl taint node gpu-1 gpu=true:NoSchedule' },
    { atMs: 8000, line: 'kubectl apply -f train.yaml' },
  ],
  lesson: {
    number: 3,
    text: {
      en: 'A taint keeps pods out of a node; a toleration lets a pod through. It only lets it through, it does not send it there: that is what the nodeSelector is for. And NoSchedule asks newcomers only. Who is inside stays.',
      ko: 'taint는 Pod가 노드에 들어오지 못하게 하고, toleration은 지나가게 해 줍니다. 지나가게 할 뿐 보내지는 않으며, 보내는 것은 nodeSelector의 몫입니다. NoSchedule은 새로 오는 Pod에게만 묻습니다. 이미 있는 Pod는 남습니다.',
    },
    goals: [
      {
        en: 'train is Running for 5 s',
        ko: 'train이 5초 동안 Running',
        when: { kind: 'running', workload: 'train', forMs: 5000 },
      },
      {
        en: 'web is on worker-1 and worker-2 only',
        ko: 'web은 worker-1과 worker-2에만 있음',
        when: { kind: 'on', workload: 'web', nodes: ['worker-1', 'worker-2'] },
      },
      {
        en: 'gpu-1 keeps its taint',
        ko: 'gpu-1의 taint는 그대로',
        when: { kind: 'tainted', node: 'gpu-1', key: 'gpu', on: true },
      },
    ],
    steps: [
      { en: 'See what refuses train', ko: 'train을 거부하는 것 보기' },
      {
        en: 'Give train a toleration',
        ko: 'train에 toleration 주기',
        more: {
          en: 'In train.yaml: tolerations stand beside nodeSelector, with the key gpu.',
          ko: 'train.yaml의 nodeSelector 옆에 키가 gpu인 tolerations를 적으세요.',
        },
        when: { kind: 'on', workload: 'train', nodes: ['gpu-1'] },
      },
      {
        en: 'Show web the door',
        ko: 'web 내보내기',
        more: {
          en: 'NoSchedule leaves it alone. Which effect does not?',
          ko: 'NoSchedule은 건드리지 않습니다. 내보내는 effect는 무엇일까요?',
        },
        when: { kind: 'on', workload: 'web', nodes: ['worker-1', 'worker-2'] },
      },
    ],
    hints: [
      {
        en: 'A toleration without an effect tolerates every effect of that key.',
        ko: 'effect를 적지 않은 toleration은 그 키의 모든 effect를 허용합니다.',
      },
      {
        en: 'Take care of train first: NoExecute would keep out whoever does not tolerate it, train too.',
        ko: 'train부터 고치세요. NoExecute는 허용하지 않는 Pod를 모두 막습니다. train도 마찬가지입니다.',
      },
      {
        en: 'kubectl taint node gpu-1 gpu=true:NoExecute adds a second taint with the same key.',
        ko: 'kubectl taint node gpu-1 gpu=true:NoExecute는 같은 키의 taint를 하나 더 겁니다.',
      },
    ],
    par: { edits: 2, evictions: 1 },
    solution: [`kubectl patch deployment train -p '${TOLERATION}'`, 'kubectl taint node gpu-1 gpu=true:NoExecute'],
  },
};
