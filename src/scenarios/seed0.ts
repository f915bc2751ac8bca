import { nodeManifest } from './nodes.ts';
import { SYSTEM, WARMUP_MS } from './system.ts';
import type { Scenario } from './types.ts';

const nginx = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: nginx
  labels:
    app: nginx
spec:
  replicas: 2
  selector:
    matchLabels:
      app: nginx
  template:
    metadata:
      labels:
        app: nginx
    spec:
      containers:
      - name: nginx
        image: "nginx"
        ports:
        - containerPort: 80
`;

const ubuntuNginx = (where: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ubuntu-nginx
  labels:
    app: ubuntu-nginx
spec:
  selector:
    matchLabels:
      app: ubuntu-nginx
  template:
    metadata:
      labels:
        app: ubuntu-nginx
    spec:
      containers:
      - name: ubuntu-nginx
        image: kongru/dockerize:base
        ports:
        - containerPort: 80
${where}`;

const nodeSelector = `      nodeSelector:
        arch: ppc64le
`;

const affinity = `      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
            - matchExpressions:
              - key: arch
                operator: In
                values:
                - ppc64le
`;

/** x86_64 and ppc64le in one cluster: images for both, images for one, labels that send a pod where it can run. */
export const seed0: Scenario = {
  slug: 'seed0',
  titleEn: 'Two architectures, one cluster',
  titleKo: '두 아키텍처, 한 클러스터',
  textEn:
    'nginx exists for both machines and runs on both. ubuntu-nginx exists for ppc64le only: label p1220-kvm1 with arch=ppc64le, then apply it with its nodeSelector.',
  textKo:
    'nginx는 두 머신용 이미지가 모두 있어 양쪽에서 실행됩니다. ubuntu-nginx는 ppc64le용뿐입니다. p1220-kvm1에 arch=ppc64le 레이블을 달고 nodeSelector와 함께 적용해 보세요.',
  seed: 1,
  cluster: [
    nodeManifest({ name: 'kube-m01', cpu: '2', memory: '4Gi', controlPlane: true, index: 0 }),
    nodeManifest({ name: 'kube-n01', cpu: '4', memory: '8Gi', index: 1 }),
    nodeManifest({ name: 'p1220-kvm1', arch: 'ppc64le', cpu: '8', memory: '16Gi', index: 2 }),
    ...SYSTEM,
  ],
  warmupMs: WARMUP_MS,
  files: {
    'nginx.yaml': nginx,
    'ubuntu-nginx.yaml': ubuntuNginx(nodeSelector),
    'ubuntu-nginx-affinity.yaml': ubuntuNginx(affinity),
    'ubuntu-nginx-anywhere.yaml': ubuntuNginx(''),
  },
  inputs: [{ atMs: 2500, line: 'kubectl apply -f nginx.yaml' }],
};
