/** The clusters of the courses that Berth's users come from. */
import { nodeManifest } from './nodes.ts';
import { SYSTEM, WARMUP_MS } from './system.ts';
import type { Scenario } from './types.ts';

const NGINX_YAML = `apiVersion: apps/v1
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
        image: nginx
        ports:
        - containerPort: 80
`;

export const seed0: Scenario = {
  slug: 'seed0',
  titleEn: 'nginx on x86 and POWER',
  titleKo: 'x86과 POWER에서 nginx',
  textEn: 'Two replicas, two architectures: every node pulls the image for its own. Then label nodes and choose one.',
  textKo:
    '복제본 둘, 아키텍처 둘: 노드마다 자기 아키텍처의 이미지를 받습니다. 그다음 노드에 레이블을 붙여 골라 봅니다.',
  seed: 1,
  cluster: [
    nodeManifest({ name: 'kube-m01', arch: 'amd64', cpu: '4', memory: '8Gi', index: 0, controlPlane: true }),
    nodeManifest({ name: 'kube-n01', arch: 'amd64', cpu: '4', memory: '8Gi', index: 1 }),
    nodeManifest({ name: 'p1220-kvm1', arch: 'ppc64le', cpu: '4', memory: '8Gi', index: 2 }),
    ...SYSTEM,
  ],
  warmupMs: WARMUP_MS,
  files: { 'nginx.yaml': NGINX_YAML },
  inputs: [],
};

const WESERVER_YAML = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: weserver
spec:
  replicas: 4
  selector:
    matchLabels:
      app: weserver
  template:
    metadata:
      labels:
        app: weserver
    spec:
      containers:
      - name: nginx
        image: nginx:1.14
`;

export const seed2: Scenario = {
  slug: 'seed2',
  titleEn: 'Taints, cordon and drain on three workers',
  titleKo: '워커 셋에서 taint, cordon, drain',
  textEn: 'A control plane and w1–w3: taint one, cordon another, drain the third, and see which pods may stay.',
  textKo: '컨트롤 플레인과 w1–w3: 하나는 taint, 하나는 cordon, 하나는 drain하고 어떤 Pod가 남는지 봅니다.',
  seed: 2,
  cluster: [
    nodeManifest({ name: 'm-k8s', arch: 'amd64', cpu: '2', memory: '4Gi', index: 0, controlPlane: true }),
    nodeManifest({ name: 'w1-k8s', arch: 'amd64', cpu: '2', memory: '4Gi', index: 1 }),
    nodeManifest({ name: 'w2-k8s', arch: 'amd64', cpu: '2', memory: '4Gi', index: 2 }),
    nodeManifest({ name: 'w3-k8s', arch: 'amd64', cpu: '2', memory: '4Gi', index: 3 }),
    ...SYSTEM,
  ],
  warmupMs: WARMUP_MS,
  files: { 'weserver.yaml': WESERVER_YAML },
  inputs: [],
};
