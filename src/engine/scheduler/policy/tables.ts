/** What became of every predicate and priority. Upstream: pkg/scheduler/framework/plugins/legacy_registry.go (until 1.22) */

export interface OldName {
  /** Today's plugins that do its work; empty when none does. */
  plugins: readonly string[];
  /** What a reader should know. */
  text: string;
}

const gone = (text: string): OldName => ({ plugins: [], text });
const now = (plugins: string, text = ''): OldName => ({ plugins: plugins.split(' '), text });
const LIMITS = 'counts disks by the CSI driver that serves them now; the limit is in the CSINode object';

export const PREDICATES: Readonly<Record<string, OldName>> = {
  PodFitsHostPorts: now('NodePorts'),
  PodFitsPorts: now('NodePorts', 'an older name of PodFitsHostPorts'),
  PodFitsResources: now('NodeResourcesFit'),
  HostName: now('NodeName', 'a pod with spec.nodeName does not pass through the scheduler at all'),
  PodFitsHost: now('NodeName', 'an older name of HostName'),
  MatchNodeSelector: now('NodeAffinity', 'nodeSelector and node affinity are one plugin'),
  GeneralPredicates: now('NodeResourcesFit NodeName NodePorts NodeAffinity', 'four checks under one name'),
  NoDiskConflict: now('VolumeRestrictions'),
  NoVolumeZoneConflict: now('VolumeZone'),
  MaxCSIVolumeCountPred: now('NodeVolumeLimits'),
  MaxEBSVolumeCount: now('NodeVolumeLimits', LIMITS),
  MaxGCEPDVolumeCount: now('NodeVolumeLimits', LIMITS),
  MaxAzureDiskVolumeCount: now('NodeVolumeLimits', LIMITS),
  MaxCinderVolumeCount: now('NodeVolumeLimits', LIMITS),
  CheckVolumeBinding: now('VolumeBinding'),
  PodToleratesNodeTaints: now('TaintToleration'),
  PodToleratesNodeNoExecuteTaints: now('TaintToleration', 'one plugin looks at NoSchedule and NoExecute'),
  CheckNodeUnschedulable: now('NodeUnschedulable'),
  MatchInterPodAffinity: now('InterPodAffinity'),
  EvenPodsSpread: now('PodTopologySpread'),
  CheckNodeCondition: now(
    'TaintToleration NodeUnschedulable',
    'a node that is not ready, unreachable or without network is tainted by the node controller, and the taint keeps pods out',
  ),
  CheckNodeMemoryPressure: now(
    'TaintToleration',
    'memory pressure is a taint today; it used to keep out BestEffort pods only',
  ),
  CheckNodeDiskPressure: now('TaintToleration', 'disk pressure is a taint today'),
  CheckNodePIDPressure: now('TaintToleration', 'process pressure is a taint today'),
  CheckNodeLabelPresence: now(
    'NodeAffinity',
    'written as node affinity that the profile adds to every pod (addedAffinity)',
  ),
  NodeLabelPresence: now('NodeAffinity', 'written as node affinity that the profile adds to every pod (addedAffinity)'),
  CheckServiceAffinity: gone('nothing replaced it; pod affinity in the pods comes nearest'),
  ServiceAffinity: gone('nothing replaced it; pod affinity in the pods comes nearest'),
};

export const PRIORITIES: Readonly<Record<string, OldName>> = {
  LeastRequestedPriority: now('NodeResourcesFit', 'as its scoring strategy LeastAllocated'),
  MostRequestedPriority: now('NodeResourcesFit', 'as its scoring strategy MostAllocated'),
  RequestedToCapacityRatioPriority: now('NodeResourcesFit', 'as its scoring strategy RequestedToCapacityRatio'),
  BalancedResourceAllocation: now(
    'NodeResourcesBalancedAllocation',
    'the formula changed: it scores what the pod changes',
  ),
  SelectorSpreadPriority: now('PodTopologySpread', 'as its default constraints over hosts and zones'),
  ServiceSpreadingPriority: now(
    'PodTopologySpread',
    'as its default constraints over hosts and zones; it used to look at Services only',
  ),
  InterPodAffinityPriority: now('InterPodAffinity', 'its default weight is 2 today'),
  NodeAffinityPriority: now('NodeAffinity', 'its default weight is 2 today'),
  TaintTolerationPriority: now('TaintToleration', 'its default weight is 3 today'),
  ImageLocalityPriority: now('ImageLocality'),
  EvenPodsSpreadPriority: now('PodTopologySpread'),
  EqualPriority: gone('it gave every node the same score, which changes no choice; no plugin is needed for that'),
  NodePreferAvoidPodsPriority: gone(
    'removed with its annotation scheduler.alpha.kubernetes.io/preferAvoidPods; a PreferNoSchedule taint does its work',
  ),
  ResourceLimitsPriority: gone('removed about 1.20; nothing looks at limits'),
  LabelPreference: now(
    'NodeAffinity',
    'written as preferred node affinity that the profile adds to every pod (addedAffinity)',
  ),
  NodeLabelPriority: now(
    'NodeAffinity',
    'written as preferred node affinity that the profile adds to every pod (addedAffinity)',
  ),
  ServiceAntiAffinity: now('PodTopologySpread', 'written as a default constraint over that label'),
  ServiceAntiAffinityPriority: now('PodTopologySpread', 'written as a default constraint over that label'),
};

/** What a Policy without the list meant. */
export const DEFAULT_PREDICATES: readonly string[] = [
  'CheckNodeUnschedulable',
  'GeneralPredicates',
  'NoDiskConflict',
  'PodToleratesNodeTaints',
  'MaxCSIVolumeCountPred',
  'CheckVolumeBinding',
  'NoVolumeZoneConflict',
  'EvenPodsSpread',
  'MatchInterPodAffinity',
];

export const DEFAULT_PRIORITIES: readonly { name: string; weight: number }[] = [
  { name: 'SelectorSpreadPriority', weight: 1 },
  { name: 'InterPodAffinityPriority', weight: 1 },
  { name: 'LeastRequestedPriority', weight: 1 },
  { name: 'BalancedResourceAllocation', weight: 1 },
  { name: 'NodePreferAvoidPodsPriority', weight: 10_000 },
  { name: 'NodeAffinityPriority', weight: 1 },
  { name: 'TaintTolerationPriority', weight: 1 },
  { name: 'ImageLocalityPriority', weight: 1 },
];

/** The known name that is nearest, if one is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(3, Math.floor(name.length / 4)) + 1;
  for (const k of known) {
    const d = distance(name.toLowerCase(), k.toLowerCase());
    if (d < least) {
      least = d;
      best = k;
    }
  }
  return best;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
