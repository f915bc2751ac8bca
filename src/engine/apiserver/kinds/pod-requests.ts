/** What the containers of a pod request together. Upstream: component-helpers/resource/helpers.go AggregateContainerRequests */
import type { Container, PodSpec, ResourceList } from '../../api/core.ts';
import { addQuantities, compareQuantity } from '../../api/quantity.ts';

function add(sum: ResourceList, list: ResourceList | undefined): void {
  for (const name in list) sum[name] = sum[name] === undefined ? list[name]! : addQuantities(sum[name], list[name]);
}

function raise(most: ResourceList, list: ResourceList): void {
  for (const name in list)
    if (most[name] === undefined || compareQuantity(list[name]!, most[name]) > 0) most[name] = list[name]!;
}

type ListOf = (c: Container) => ResourceList | undefined;

/** Regular containers and sidecars together, or the greediest moment of initialization where that is more. */
function aggregate(spec: PodSpec, of: ListOf): ResourceList {
  const sum: ResourceList = {};
  for (const c of spec.containers ?? []) add(sum, of(c));
  const sidecars: ResourceList = {};
  const initial: ResourceList = {};
  for (const c of spec.initContainers ?? []) {
    if (c.restartPolicy === 'Always') {
      add(sum, of(c));
      add(sidecars, of(c));
      raise(initial, sidecars);
      continue;
    }
    const moment: ResourceList = { ...sidecars };
    add(moment, of(c));
    raise(initial, moment);
  }
  raise(sum, initial);
  return sum;
}

export const requestsOfContainers = (spec: PodSpec): ResourceList => aggregate(spec, (c) => c.resources?.requests);
