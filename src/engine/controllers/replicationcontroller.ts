import type { ReplicationController } from '../api/core.ts';
import type { Component } from '../client/component.ts';
import { replicaComponent, siblings } from './shared/replicas.ts';

/** ReplicaSet's older form: a plain map as selector. Upstream: pkg/controller/replication */
export const replicationController = (): Component =>
  replicaComponent<ReplicationController>({
    name: 'replication-controller',
    kind: 'ReplicationController',
    selectorOf: (rc) => ({ matchLabels: rc.spec.selector ?? {} }),
    countsTerminating: false,
    family: siblings,
  }) as Component;
