import type { Component } from './client/component.ts';
import { kubeletComponent } from './kubelet/kubelet.ts';
import { kwokComponent } from './kubelet/kwok.ts';

/** `sim`: Berth's own kubelets; `kwok`: the instant kubelet of the recordings. */
export type KubeletMode = 'sim' | 'kwok';

/** The actors of a whole cluster in their fixed order; further ones (processes) are added by the caller. */
export function components(options: { kubelet: KubeletMode }): Component[] {
  return [(options.kubelet === 'kwok' ? kwokComponent() : kubeletComponent()) as Component];
}
