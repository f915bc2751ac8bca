/** The cluster network of Berth: cluster DNS and kube-proxy over the stored objects. It has no state of its own. */
import type { ClusterNetwork } from '../client/network.ts';
import { resolve } from './dns.ts';
import { route } from './proxy.ts';

export const clusterNetwork: ClusterNetwork = { resolve, route };
