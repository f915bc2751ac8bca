/** Why a pod goes where it goes, or nowhere: decisions over stored objects, for `berth explain` and the page. */
import type { Node, Pod } from '../api/core.ts';
import type { AnyObject } from '../api/meta.ts';
import { parseTime } from '../sim/time.ts';
import { admitAll, EPOCH } from './admit.ts';
import { loadConfiguration } from './config/load.ts';
import { resolveProfiles } from './config/resolve.ts';
import type { KubeSchedulerConfiguration } from './config/types.ts';
import { type Decision, type Evaluation, evaluate } from './decision.ts';
import { Cache } from './framework/cache.ts';
import { Nominator } from './framework/nominator.ts';
import { Framework } from './framework/runtime.ts';
import { ObjectSet } from './object-set.ts';
import { FACTORIES } from './plugins/index.ts';

/** One line of `explain --batch`. */
export interface Scenario {
  name?: string;
  /** `namespace/name` of the pod to decide on, which is among the items. */
  pod: string;
  config?: unknown;
  items: readonly unknown[];
}

/** Nodes, pods and nominations of a set of objects, ready for one profile. */
export interface Desk {
  fw: Framework;
  cache: Cache;
  pod: Pod;
}

const finished = (pod: Pod): boolean => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

/** Lays out admitted objects for a decision about one pod; a sentence when that cannot be. */
export function layOut(
  objects: readonly AnyObject[],
  podKey: string,
  config: KubeSchedulerConfiguration,
): Desk | string {
  const set = new ObjectSet(objects);
  const [namespace = '', name = ''] = podKey.split('/');
  const pod = set.get<Pod>('Pod', namespace, name);
  if (!pod) return `pod "${podKey}" is not among the items`;
  if (pod.spec.nodeName) return `pod "${podKey}" is already bound`;
  const profile = resolveProfiles(config).find(
    (p) => p.schedulerName === (pod.spec.schedulerName || 'default-scheduler'),
  );
  if (!profile) return `profile not found for scheduler name "${pod.spec.schedulerName}"`;
  const cache = new Cache();
  const nominator = new Nominator();
  for (const node of set.list<Node>('Node')) cache.setNode(node);
  for (const p of set.list<Pod>('Pod')) {
    if (finished(p)) continue;
    if (p.spec.nodeName) cache.setPod(p);
    else if (p.status?.nominatedNodeName && !p.spec.schedulingGates?.length)
      nominator.add(cache.classes.info(p), p.status.nominatedNodeName);
  }
  cache.snapshot();
  const now = parseTime(EPOCH)!;
  const fw = new Framework(profile, FACTORIES, {
    cache,
    nominator,
    objects: set,
    now: () => now,
    objectsVersion: () => 0,
    incremental: false,
  });
  return { fw, cache, pod };
}

/** One decision over manifests, as `explain --batch` answers it; a sentence when it cannot be made. */
export function decide(scenario: Scenario): Decision | { name?: string; error: string } {
  const named = scenario.name === undefined ? {} : { name: scenario.name };
  const result = evaluateScenario(scenario);
  return typeof result === 'string' ? { ...named, error: result } : { ...named, ...result.decision };
}

export function evaluateScenario(scenario: Scenario): Evaluation | string {
  const config = loadConfiguration(scenario.config);
  if ('errors' in config) return config.errors.join('; ');
  const desk = layOut(admitAll(scenario.items), scenario.pod, config.config);
  if (typeof desk === 'string') return desk;
  return evaluate(desk.fw, desk.cache.list, desk.cache.classes.info(desk.pod));
}
