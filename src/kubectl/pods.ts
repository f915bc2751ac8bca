/** Finding a container and a pod for logs, exec, attach and port-forward. Upstream: k8s.io/kubectl/pkg/polymorphichelpers, cmd/util/podcmd */
import type { Pod } from '../engine/api/core.ts';
import type { AnyObject, LabelSelector } from '../engine/api/meta.ts';
import { matchesMap, matchesSelector } from '../engine/api/selector.ts';
import type { Env } from './command.ts';
import { failure, quote } from './failure.ts';
import { find, flatten, type Info, send } from './resource.ts';
import { byText } from './values.ts';

export const containerNames = (pod: Pod): string =>
  [
    ...pod.spec.containers.map((c) => c.name),
    ...(pod.spec.ephemeralContainers ?? []).map((c) => `${c.name} (ephem)`),
    ...(pod.spec.initContainers ?? []).map((c) => `${c.name} (init)`),
  ].join(', ');

export const hasContainer = (pod: Pod, name: string): boolean =>
  [...pod.spec.containers, ...(pod.spec.initContainers ?? []), ...(pod.spec.ephemeralContainers ?? [])].some(
    (c) => c.name === name,
  );

const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';

/** The container a command means; says so when it had to choose. */
export function chooseContainer(env: Env, pod: Pod, wanted: string, quiet = false): string {
  const name = wanted || pod.metadata.annotations?.[DEFAULT_CONTAINER] || '';
  if (name) {
    if (!hasContainer(pod, name))
      throw failure(`container ${name} is not valid for pod ${pod.metadata.name} out of: ${containerNames(pod)}`);
    return name;
  }
  const first = pod.spec.containers[0]!.name;
  const several =
    pod.spec.containers.length > 1 || pod.spec.initContainers?.length || pod.spec.ephemeralContainers?.length;
  if (several && !quiet) env.err(`Defaulted container ${quote(first)} out of: ${containerNames(pod)}\n`);
  return first;
}

/** The object that POD or TYPE/NAME names; a bare word is a pod. */
export function* namedObject(env: Env, word: string, namespace: string): Generator<{ input: true }, Info, void> {
  const words = word.includes('/') ? [word] : ['pods', word];
  const found = yield* find(env, { words, namespace, singleType: true });
  if (found.errors[0]) throw found.errors[0];
  const info = flatten(found.infos)[0];
  if (!info) throw failure('expected a resource');
  return info;
}

type WithSelector = { spec?: { selector?: LabelSelector | Record<string, string> } };

/** All pods an object selects, the best one first. */
export function podsOf(env: Env, object: AnyObject): Pod[] {
  if (object.kind === 'Pod') return [object as unknown as Pod];
  const selector = (object as unknown as WithSelector).spec?.selector;
  const plain = object.kind === 'Service' || object.kind === 'ReplicationController';
  if (!selector || object.kind === 'CronJob')
    throw failure(`cannot get the logs from *v1.${object.kind}: selector for *v1.${object.kind} not implemented`);
  const matches = (pod: Pod): boolean =>
    plain
      ? matchesMap(selector as Record<string, string>, pod.metadata.labels)
      : matchesSelector(selector as LabelSelector, pod.metadata.labels);
  const answer = send(env, { verb: 'list', apiVersion: 'v1', resource: 'pods', namespace: object.metadata.namespace! });
  return ((answer.items ?? []) as unknown as Pod[]).filter(matches).sort(byActivity);
}

const ready = (p: Pod): boolean =>
  p.status?.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') ?? false;
const PHASES: Record<string, number> = { Pending: 2, Unknown: 1, Running: 0 };

/** Assigned, running, ready, older pods come first. */
function byActivity(a: Pod, b: Pod): number {
  const assigned = Number(!a.spec.nodeName) - Number(!b.spec.nodeName);
  const phase = (PHASES[a.status?.phase ?? ''] ?? 3) - (PHASES[b.status?.phase ?? ''] ?? 3);
  const isReady = Number(ready(b)) - Number(ready(a));
  return (
    assigned ||
    phase ||
    isReady ||
    byText(a.metadata.creationTimestamp, b.metadata.creationTimestamp) ||
    byText(a.metadata.name, b.metadata.name)
  );
}

/** One pod of an object; says which one of several it is. */
export function podFor(env: Env, object: AnyObject): Pod {
  const pods = podsOf(env, object);
  if (pods.length === 0) throw failure(`timed out waiting for the condition`);
  if (object.kind !== 'Pod' && pods.length > 1)
    env.err(`Found ${pods.length} pods, using pod/${pods[0]!.metadata.name}\n`);
  return pods[0]!;
}
