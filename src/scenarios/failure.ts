import { deployment } from './manifests.ts';
import { nodeManifest } from './nodes.ts';
import { SYSTEM, WARMUP_MS } from './system.ts';
import type { Scenario } from './types.ts';

const impatient = `tolerations:
- key: node.kubernetes.io/unreachable
  operator: Exists
  effect: NoExecute
  tolerationSeconds: 20
`;

const bare = `apiVersion: v1
kind: Pod
metadata:
  name: bare
spec:
  nodeName: worker-1
  containers:
  - name: main
    image: nginx:1.27
`;

/** A machine loses its power. */
export const failure: Scenario = {
  slug: 'failure',
  titleEn: 'A node dies',
  titleKo: '노드가 죽으면',
  textEn:
    'worker-1 loses power at 15 s. Nothing shows for 50 s, then it is NotReady; impatient moves 20 s later, web after five minutes, bare never. Speed time up, then bring it back: berth fault power-on worker-1.',
  textKo:
    '15초에 worker-1의 전원이 꺼집니다. 50초 동안은 아무 변화가 없다가 NotReady가 되고, impatient는 20초 뒤, web은 5분 뒤에 옮겨지며 bare는 옮겨지지 않습니다. 시간을 빠르게 돌린 다음 되살려 보세요: berth fault power-on worker-1.',
  seed: 1,
  cluster: [
    nodeManifest({ name: 'k8s-master', cpu: '2', memory: '4Gi', controlPlane: true, index: 0 }),
    nodeManifest({ name: 'worker-1', index: 1 }),
    nodeManifest({ name: 'worker-2', index: 2 }),
    nodeManifest({ name: 'worker-3', index: 3 }),
    ...SYSTEM,
  ],
  warmupMs: WARMUP_MS,
  files: {
    'web.yaml': deployment('web', { replicas: 3 }),
    'impatient.yaml': deployment('impatient', { replicas: 3, pod: impatient }),
    'bare.yaml': bare,
  },
  inputs: [
    { atMs: 2000, line: 'kubectl apply -f web.yaml -f impatient.yaml -f bare.yaml' },
    { atMs: 15000, line: 'berth fault power-off worker-1' },
  ],
};
