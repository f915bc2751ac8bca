import type { MetricsSource } from './api/metrics.ts';
import { ownObjects } from './apiserver/own-objects.ts';
import type { Component } from './client/component.ts';
import { controllers } from './controllers/index.ts';
import { kubeletComponent } from './kubelet/kubelet.ts';
import { kwokComponent } from './kubelet/kwok.ts';
import { clusterNetwork } from './network/network.ts';
import { schedulerComponent } from './scheduler/scheduler.ts';

/** `sim`: Berth's own kubelets; `kwok`: the instant kubelet of the recordings. */
export type KubeletMode = 'sim' | 'kwok';

/**
 * The actors of a whole cluster in their fixed order; further ones (processes) are added by the caller. `metrics`: what pods
 * use, for the autoscaler; without it the cluster has no metrics API.
 */
export function components(options: { kubelet: KubeletMode; metrics?: MetricsSource }): Component[] {
  const kubelet =
    options.kubelet === 'kwok'
      ? (kwokComponent() as Component)
      : (kubeletComponent({ network: clusterNetwork }) as Component);
  return [ownObjects() as Component, ...controllers(options.metrics), schedulerComponent(), kubelet];
}
