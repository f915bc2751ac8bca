import type { PersistentVolumeClaim, Pod } from '../../api/core.ts';
import type { CSINode } from '../../api/policy.ts';
import { ADD, DELETE, UPDATE } from '../framework/events.ts';
import type { EventHint, PluginFactory } from '../framework/interface.ts';
import { skip, success, unschedulable } from '../framework/status.ts';
import { usesClaim } from './claims.ts';
import { attachments, collect, needsCount } from './volume-counts.ts';

const name = 'NodeVolumeLimits';
const REFUSED = unschedulable(name, 'node(s) exceed max volume count');

const placed = (p: Pod): boolean => !!p.spec.nodeName || !!p.status?.nominatedNodeName;

const EVENTS: readonly EventHint[] = [
  {
    resource: 'CSINode',
    action: ADD | UPDATE,
    hint: (_pod, { old, now }) => {
      if (!old) return 'Queue';
      const before = new Map((old as CSINode).spec.drivers.map((d) => [d.name, d.allocatable?.count ?? 0]));
      return (now as CSINode).spec.drivers.some((d) => (d.allocatable?.count ?? 0) > (before.get(d.name) ?? 0))
        ? 'Queue'
        : 'Skip';
    },
  },
  {
    resource: 'Pod',
    action: DELETE,
    hint: (_pod, { old }) => (placed(old as Pod) && (old as Pod).spec.volumes?.some(needsCount) ? 'Queue' : 'Skip'),
  },
  {
    resource: 'PersistentVolumeClaim',
    action: ADD,
    hint: (pod, { now }) => (usesClaim(pod, now as PersistentVolumeClaim) ? 'Queue' : 'Skip'),
  },
  {
    resource: 'VolumeAttachment',
    action: DELETE,
    hint: (pod) => (pod.spec.volumes?.some((v) => v.persistentVolumeClaim || v.ephemeral) ? 'Queue' : 'Skip'),
  },
];

/** How many disks of each driver a node can take. Upstream: pkg/scheduler/framework/plugins/nodevolumelimits */
export const NodeVolumeLimits: PluginFactory = ({ objects }) => {
  return {
    name,
    events: () => EVENTS,
    preFilter: (_state, { pod, cls }) => ({
      status: cls.hasVolumes && pod.spec.volumes?.some(needsCount) ? success : skip,
    }),
    filter(_state, { pod }, node) {
      const csiNode = objects.get<CSINode>('CSINode', undefined, node.name);
      const wanted = new Map<string, string>();
      const status = collect(objects, pod, csiNode, true, wanted);
      if (status) return status;
      const limits = new Map<string, number>();
      for (const d of csiNode?.spec.drivers ?? [])
        if (d.allocatable?.count !== undefined) limits.set(d.name, d.allocatable.count);
      if (wanted.size === 0 || limits.size === 0) return success;
      const attached = new Map<string, string>();
      for (const p of node.pods) {
        const bad = p.cls.hasVolumes ? collect(objects, p.pod, csiNode, false, attached) : null;
        if (bad) return bad;
      }
      const used = new Map<string, number>();
      const count = (driver: string): void => void used.set(driver, (used.get(driver) ?? 0) + 1);
      for (const [id, driver] of attached) {
        wanted.delete(id);
        count(driver);
      }
      for (const [id, driver] of attachments(objects, node.name)) if (!attached.has(id)) count(driver);
      const fresh = new Map<string, number>();
      for (const driver of wanted.values()) fresh.set(driver, (fresh.get(driver) ?? 0) + 1);
      for (const [driver, n] of fresh)
        if ((used.get(driver) ?? 0) + n > (limits.get(driver) ?? Number.POSITIVE_INFINITY)) return REFUSED;
      return success;
    },
  };
};
