import { nodeManifest } from './nodes.ts';
import { SYSTEM, WARMUP_MS } from './system.ts';
import type { Scenario } from './types.ts';

/** The cluster of the first page: a tainted control plane and two workers of different architectures. */
export const MIXED_NODES: readonly unknown[] = [
  nodeManifest({ name: 'k8s-master', cpu: '2', memory: '4Gi', index: 0, controlPlane: true }),
  nodeManifest({ name: 'worker-x86', arch: 'amd64', cpu: '4', memory: '8Gi', index: 1 }),
  nodeManifest({ name: 'worker-ppc64le', arch: 'ppc64le', cpu: '6', memory: '16Gi', index: 2 }),
];

export const WEB_YAML = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels:
    app: web
spec:
  replicas: 1
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      affinity:
        nodeAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
          - weight: 1
            preference:
              matchExpressions:
              - key: kubernetes.io/arch
                operator: In
                values:
                - amd64
      containers:
      - name: nginx
        image: nginx:1.27
        ports:
        - containerPort: 80
        resources:
          requests:
            cpu: 250m
            memory: 256Mi
`;

const TRAINER_YAML = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: trainer
spec:
  replicas: 1
  selector:
    matchLabels:
      app: trainer
  template:
    metadata:
      labels:
        app: trainer
    spec:
      nodeSelector:
        kubernetes.io/arch: amd64
      containers:
      - name: trainer
        image: python:3.12
        command: ["sleep", "infinity"]
        resources:
          requests:
            cpu: "4"
            memory: 2Gi
`;

export const opening: Scenario = {
  slug: 'opening',
  titleEn: 'Mixed-architecture cluster',
  titleKo: '아키텍처가 섞인 클러스터',
  textEn:
    'A tainted control plane, an x86 worker and a ppc64le worker. One pod comes, and you see why it lands where it lands.',
  textKo: 'taint가 있는 컨트롤 플레인, x86 워커, ppc64le 워커. Pod 하나가 들어와서 왜 그곳에 놓이는지 보여 줍니다.',
  seed: 1,
  cluster: [...MIXED_NODES, ...SYSTEM],
  warmupMs: WARMUP_MS,
  files: { 'web.yaml': WEB_YAML, 'trainer.yaml': TRAINER_YAML },
  inputs: [{ atMs: 1_200, line: 'kubectl apply -f web.yaml' }],
};
