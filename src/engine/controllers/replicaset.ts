import type { ReplicaSet } from '../api/apps.ts';
import type { Component } from '../client/component.ts';
import { replicaComponent, siblings } from './shared/replicas.ts';

/** Keeps the number of pods of every ReplicaSet. Upstream: pkg/controller/replicaset/replica_set.go */
export const replicaSetController = (): Component =>
  replicaComponent<ReplicaSet>({
    name: 'replicaset-controller',
    kind: 'ReplicaSet',
    selectorOf: (rs) => rs.spec.selector,
    countsTerminating: true,
    family: siblings,
  }) as Component;
