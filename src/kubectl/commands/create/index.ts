import type { Command } from '../../command.ts';
import { clusterrole, clusterrolebinding, role, rolebinding } from './access.ts';
import { budget, namespace, priorityclass, quota, serviceaccount } from './cluster.ts';
import { configmap, secret } from './data.ts';
import { ingress, services } from './network.ts';
import { token } from './token.ts';
import { cronjob, deployment, job } from './workloads.ts';

export const GENERATORS: readonly Command[] = [
  clusterrole,
  clusterrolebinding,
  configmap,
  cronjob,
  deployment,
  ingress,
  job,
  namespace,
  budget,
  priorityclass,
  quota,
  role,
  rolebinding,
  secret,
  services,
  serviceaccount,
  token,
];
