/** The cluster network as machines use it; `network/` implements it, `components.ts` hands it to the kubelets. */
import type { Pod } from '../api/core.ts';
import type { Lister } from './lister.ts';

/** Where a connection is opened: in a pod, on a machine, or outside of the cluster (all absent). */
export interface Origin {
  pod?: Pod | undefined;
  node?: string | undefined;
}

/** Where a connection ends before any process has answered. */
export type Route =
  | { to: 'pod'; pod: Pod; port: number }
  | { to: 'apiserver' }
  | { to: 'machine'; node: string; port: number }
  | { to: 'refused' }
  | { to: 'timeout' }
  | { to: 'unreachable' };

export interface ClusterNetwork {
  /** The address of a name asked for in a namespace (search domains apply); `undefined` for NXDOMAIN. */
  resolve(list: Lister, namespace: string, name: string): string | undefined;
  /** `pick` chooses among n endpoints: kube-proxy does so at random. */
  route(list: Lister, from: Origin, ip: string, port: number, pick: (n: number) => number): Route;
}
