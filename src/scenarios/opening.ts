import { nodeManifest } from './nodes.ts';
import type { Scenario } from './scenario.ts';
import { SYSTEM } from './system.ts';

const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels:
    app: web
spec:
  replicas: 4
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
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

const ledger = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ledger
spec:
  replicas: 1
  selector:
    matchLabels:
      app: ledger
  template:
    metadata:
      labels:
        app: ledger
    spec:
      # this image exists for ppc64le only
      containers:
      - name: ledger
        image: kongru/dockerize:base
        command: [sleep, infinity]
        resources:
          requests:
            cpu: 500m
            memory: 1Gi
`;

const trainer = `apiVersion: apps/v1
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
        image: python:3.13
        command: [sleep, infinity]
        resources:
          requests:
            cpu: "3.5"
            memory: 2Gi
`;

/** The cluster of the product: an x86 control plane, an x86 worker, a ppc64le worker. */
export const opening: Scenario = {
  slug: 'opening',
  titleEn: 'Mixed-architecture cluster',
  titleKo: '이기종 클러스터',
  textEn: 'Three machines of two architectures. A Deployment is applied by itself; then the cluster is yours.',
  textKo: '두 아키텍처의 머신 세 대. Deployment 하나가 저절로 적용되고, 그다음은 여러분 차례입니다.',
  seed: 1,
  cluster: [
    nodeManifest({ name: 'k8s-master', cpu: '2', memory: '4Gi', controlPlane: true, index: 0 }),
    nodeManifest({ name: 'worker-x86', cpu: '4', memory: '8Gi', index: 1 }),
    nodeManifest({ name: 'worker-ppc64le', arch: 'ppc64le', cpu: '6', memory: '16Gi', index: 2 }),
    ...SYSTEM,
  ],
  files: { 'web.yaml': web, 'trainer.yaml': trainer, 'ledger.yaml': ledger },
  inputs: [{ atMs: 2500, line: 'kubectl apply -f web.yaml' }],
};
