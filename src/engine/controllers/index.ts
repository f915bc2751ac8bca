import type { Component } from '../client/component.ts';
import { deploymentController } from './deployment/deployment.ts';
import { garbageCollector } from './garbage-collector.ts';
import { namespaceController } from './namespace.ts';
import { replicaSetController } from './replicaset.ts';
import { replicationController } from './replicationcontroller.ts';
import { rootCaController } from './root-ca.ts';
import { serviceAccountController } from './serviceaccount.ts';

/** What kube-controller-manager runs, in a fixed order. */
export const controllers = (): Component[] => [
  namespaceController(),
  serviceAccountController(),
  rootCaController(),
  deploymentController(),
  replicaSetController(),
  replicationController(),
  garbageCollector(),
];
