/**
 * Every in-tree plugin: which points it takes part in, its place in the default order and its default weight.
 * Upstream: pkg/scheduler/framework/plugins/registry.go, pkg/scheduler/apis/config/v1/default_plugins.go
 */
import type { PluginFactory } from '../framework/interface.ts';
import { NodeResourcesBalancedAllocation } from './balanced-allocation.ts';
import { DefaultBinder } from './default-binder.ts';
import { DefaultPreemption } from './default-preemption.ts';
import { DynamicResources } from './dynamic-resources.ts';
import { ImageLocality } from './image-locality.ts';
import { InterPodAffinity } from './inter-pod-affinity.ts';
import { NodeAffinity } from './node-affinity.ts';
import { NodeDeclaredFeatures } from './node-declared-features.ts';
import { NodeName } from './node-name.ts';
import { NodePorts } from './node-ports.ts';
import { NodeResourcesFit } from './node-resources-fit.ts';
import { NodeUnschedulable } from './node-unschedulable.ts';
import { NodeVolumeLimits } from './node-volume-limits.ts';
import { PodTopologySpread } from './pod-topology-spread.ts';
import { PrioritySort } from './priority-sort.ts';
import { SchedulingGates } from './scheduling-gates.ts';
import { TaintToleration } from './taint-toleration.ts';
import { VolumeBinding } from './volume-binding.ts';
import { VolumeRestrictions } from './volume-restrictions.ts';
import { VolumeZone } from './volume-zone.ts';

export interface RegistryRow {
  make: PluginFactory;
  /** The extension points it implements, separated by spaces. */
  points: string;
  /** In the default profile's MultiPoint; 0 stands for no weight given. */
  weight: number;
}

/** In the order of the default profile. */
export const REGISTRY: Readonly<Record<string, RegistryRow>> = {
  SchedulingGates: { make: SchedulingGates, points: 'preEnqueue', weight: 0 },
  PrioritySort: { make: PrioritySort, points: 'queueSort', weight: 0 },
  NodeUnschedulable: { make: NodeUnschedulable, points: 'filter', weight: 0 },
  NodeName: { make: NodeName, points: 'filter', weight: 0 },
  TaintToleration: { make: TaintToleration, points: 'filter preScore score', weight: 3 },
  NodeAffinity: { make: NodeAffinity, points: 'preFilter filter preScore score', weight: 2 },
  NodePorts: { make: NodePorts, points: 'preFilter filter', weight: 0 },
  NodeResourcesFit: { make: NodeResourcesFit, points: 'preFilter filter preScore score', weight: 1 },
  VolumeRestrictions: { make: VolumeRestrictions, points: 'preFilter filter', weight: 0 },
  NodeVolumeLimits: { make: NodeVolumeLimits, points: 'preFilter filter', weight: 0 },
  VolumeBinding: { make: VolumeBinding, points: 'preFilter filter reserve preBind preScore score', weight: 0 },
  VolumeZone: { make: VolumeZone, points: 'preFilter filter', weight: 0 },
  PodTopologySpread: { make: PodTopologySpread, points: 'preFilter filter preScore score', weight: 2 },
  InterPodAffinity: { make: InterPodAffinity, points: 'preFilter filter preScore score', weight: 2 },
  DynamicResources: {
    make: DynamicResources,
    points: 'preEnqueue preFilter filter postFilter score reserve preBind',
    weight: 2,
  },
  DefaultPreemption: { make: DefaultPreemption, points: 'preEnqueue postFilter', weight: 0 },
  NodeResourcesBalancedAllocation: { make: NodeResourcesBalancedAllocation, points: 'preScore score', weight: 1 },
  ImageLocality: { make: ImageLocality, points: 'score', weight: 1 },
  DefaultBinder: { make: DefaultBinder, points: 'bind', weight: 0 },
  NodeDeclaredFeatures: { make: NodeDeclaredFeatures, points: 'preFilter filter', weight: 0 },
};

export const FACTORIES: Readonly<Record<string, PluginFactory>> = Object.fromEntries(
  Object.entries(REGISTRY).map(([name, row]) => [name, row.make]),
);

export const implementsPoint = (plugin: string, point: string): boolean =>
  REGISTRY[plugin]?.points.split(' ').includes(point) ?? false;
