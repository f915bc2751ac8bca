/** The cluster as a process inside a container sees it: names, connections, its own limits. */

import type { Pod } from '../../api/core.ts';
import { keyOf } from '../../api/meta.ts';
import { unitsOf } from '../../api/quantity.ts';
import type { Lister } from '../../client/lister.ts';
import type { Ms } from '../../sim/time.ts';
import { answer } from '../programs/process.ts';
import type { OpenResult, World } from '../programs/world.ts';
import type { KubeletOptions, KubeletState } from '../state.ts';
import { type ContainerRun, isUp, specOf } from './runtime.ts';

/** What a pod answers on a port. */
export function podAnswer(state: KubeletState, pod: Pod, port: number, path: string, now: Ms): OpenResult {
  const rt = state.pods[keyOf(pod)];
  const m = rt && state.machines.byName[rt.node];
  if (!rt || rt.uid !== pod.metadata.uid || !m?.powered || !m.connected || !rt.sandbox)
    return { ok: false, why: 'timeout' };
  for (const c of rt.containers) {
    if (!isUp(c) || !c.process) continue;
    const said = answer(c.process, port, path, now);
    if (said) return { ok: true, ...said };
  }
  return { ok: false, why: 'refused' };
}

const isIp = (text: string): boolean => /^\d+\.\d+\.\d+\.\d+$/.test(text);

export interface OpenFrom {
  pod?: Pod | undefined;
  node?: string | undefined;
}

/** An HTTP request from somewhere, through names, Services and routes. */
export function open(
  options: KubeletOptions,
  state: KubeletState,
  list: Lister,
  from: OpenFrom,
  host: string,
  port: number,
  path: string,
  now: Ms,
  pick: (n: number) => number,
): OpenResult & { pod?: Pod } {
  const ip = isIp(host)
    ? host
    : host === 'localhost'
      ? '127.0.0.1'
      : from.pod && options.network.resolve(list, from.pod.metadata.namespace!, host);
  if (!ip) return { ok: false, why: 'unknown-host' };
  if (from.pod && ip === '127.0.0.1') return podAnswer(state, from.pod, port, path, now);
  const route = options.network.route(list, from, ip, port, pick);
  if (route.to === 'pod') return { ...podAnswer(state, route.pod, route.port, path, now), pod: route.pod };
  if (route.to === 'apiserver') return { ok: true, status: 401, body: '{"kind":"Status","code":401}\n' };
  if (route.to === 'refused' || route.to === 'machine') return { ok: false, why: 'refused' };
  return { ok: false, why: 'timeout' };
}

/** The world of one container at a moment. */
export function worldOf(
  options: KubeletOptions,
  state: KubeletState,
  list: Lister,
  pod: Pod,
  c: ContainerRun,
  arch: string,
  ip: string,
  now: Ms,
): World {
  return {
    now,
    hostname: pod.spec.hostname ?? pod.metadata.name,
    podIP: ip,
    arch,
    image: c.reference,
    files: c.process?.files ?? {},
    memoryLimit: unitsOf(specOf(pod, c).resources?.limits?.memory),
    resolve: (name) => (isIp(name) ? name : options.network.resolve(list, pod.metadata.namespace!, name)),
    open: (host, port, path) =>
      open(options, state, list, { pod, node: pod.spec.nodeName }, host, port, path, now, () => 0),
  };
}
