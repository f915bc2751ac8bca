import { deployment } from './manifests.ts';
import { nodeManifest } from './nodes.ts';
import { SYSTEM, WARMUP_MS } from './system.ts';
import type { Scenario } from './types.ts';

const classes = `apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata:
  name: urgent
value: 100000
description: goes before everything of the house
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata:
  name: patient
value: 50000
preemptionPolicy: Never
description: goes first in the queue but pushes nobody out
`;

/** A full cluster and a pod that matters more. */
export const preemption: Scenario = {
  slug: 'preemption',
  titleEn: 'Preemption: who makes room',
  titleKo: '선점: 누가 자리를 내주나',
  textEn:
    'batch fills both workers. patient outranks it but never preempts and waits. urgent is nominated to a node, whose least important pods end to make room.',
  textKo:
    'batch가 두 워커를 채웁니다. patient는 우선순위가 높지만 선점하지 않고 기다립니다. urgent는 노드에 지명되고, 그 노드의 덜 중요한 파드가 종료되어 자리를 내줍니다.',
  seed: 1,
  cluster: [
    nodeManifest({ name: 'k8s-master', cpu: '2', memory: '4Gi', controlPlane: true, index: 0 }),
    nodeManifest({ name: 'worker-1', index: 1 }),
    nodeManifest({ name: 'worker-2', index: 2 }),
    ...SYSTEM,
  ],
  warmupMs: WARMUP_MS,
  files: {
    'classes.yaml': classes,
    'batch.yaml': deployment('batch', { replicas: 7, cpu: '1', memory: '512Mi' }),
    'patient.yaml': deployment('patient', { cpu: '2', memory: '512Mi', pod: 'priorityClassName: patient' }),
    'urgent.yaml': deployment('urgent', { cpu: '2', memory: '512Mi', pod: 'priorityClassName: urgent' }),
  },
  inputs: [
    { atMs: 1500, line: 'kubectl apply -f classes.yaml' },
    { atMs: 2000, line: 'kubectl apply -f batch.yaml' },
    { atMs: 9000, line: 'kubectl apply -f patient.yaml' },
    { atMs: 12000, line: 'kubectl apply -f urgent.yaml' },
  ],
};
