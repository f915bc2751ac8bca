/** `describe node`. Upstream: k8s.io/kubectl/pkg/describe NodeDescriber */
import type { Node, Pod, Taint } from '../../engine/api/core.ts';
import { humanDuration } from '../../engine/api/duration.ts';
import { nodeRoles } from '../../engine/api/node-status.ts';
import type { Lease } from '../../engine/api/policy.ts';
import { formatMilli, parseMilli } from '../../engine/api/quantity.ts';
import { podLimits, podRequests } from '../../engine/api/resources.ts';
import {
  annotationsField,
  byText,
  events,
  getOne,
  labelsField,
  listAll,
  rfc1123z,
  type Subject,
  timeOr,
} from './common.ts';
import type { Writer } from './writer.ts';

type Milli = Map<string, bigint>;
type Format = 'BinarySI' | 'DecimalSI';

const taintText = (t: Taint): string => `${t.key}${t.value ? `=${t.value}` : ''}:${t.effect}`;

function taintLines(w: Writer, taints: readonly Taint[] | undefined): void {
  const texts = [...(taints ?? [])].sort((a, b) => byText(a.effect, b.effect) || byText(a.key, b.key)).map(taintText);
  w.line(0, `Taints:\t${texts[0] ?? '<none>'}`);
  for (const t of texts.slice(1)) w.line(0, `\t${t}`);
}

function leaseLines(s: Subject<Node>): void {
  const { w, env, object } = s;
  const lease = getOne<Lease>(env, { resource: 'leases', namespace: 'kube-node-lease', name: object.metadata.name });
  w.line(0, 'Lease:');
  w.line(1, `HolderIdentity:\t${lease?.spec.holderIdentity ?? '<unset>'}`);
  w.line(1, `AcquireTime:\t${timeOr(lease?.spec.acquireTime, '<unset>')}`);
  w.line(1, `RenewTime:\t${timeOr(lease?.spec.renewTime, '<unset>')}`);
}

function conditionLines(w: Writer, node: Node): void {
  if (!node.status.conditions?.length) return;
  w.line(0, 'Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage');
  w.line(1, '----\t------\t-----------------\t------------------\t------\t-------');
  for (const c of node.status.conditions) {
    const times = [c.lastHeartbeatTime, c.lastTransitionTime].map((t) => timeOr(t, 'Mon, 01 Jan 0001 00:00:00 +0000'));
    w.line(1, `${c.type} \t${c.status} \t${times[0]} \t${times[1]} \t${c.reason ?? ''} \t${c.message ?? ''}`);
  }
}

function amountLines(w: Writer, title: string, list: Record<string, string> | undefined): void {
  const names = Object.keys(list ?? {}).sort(byText);
  if (!names.length) return;
  w.line(0, `${title}:`);
  for (const n of names) w.line(0, `  ${n}:\t${list![n]}`);
}

function systemLines(w: Writer, node: Node): void {
  const i = node.status.nodeInfo;
  w.line(0, 'System Info:');
  const rows: [string, string | undefined][] = [
    ['Machine ID', i?.machineID],
    ['System UUID', i?.systemUUID],
    ['Boot ID', i?.bootID],
    ['Kernel Version', i?.kernelVersion],
    ['OS Image', i?.osImage],
    ['Operating System', i?.operatingSystem],
    ['Architecture', i?.architecture],
    ['Container Runtime Version', i?.containerRuntimeVersion],
    ['Kubelet Version', i?.kubeletVersion],
  ];
  for (const [key, value] of rows) w.line(1, `${key}:\t${value ?? ''}`);
  if (node.spec.podCIDR) w.field('PodCIDR', node.spec.podCIDR);
  if (node.spec.podCIDRs?.length) w.field('PodCIDRs', node.spec.podCIDRs.join(','));
  if (node.spec.providerID) w.field('ProviderID', node.spec.providerID);
}

const toMilli = (name: string, n: number): bigint =>
  name === 'cpu' ? BigInt(Math.ceil(n)) : BigInt(Math.ceil(n)) * 1000n;
const formatOf = (name: string): Format => (name === 'cpu' || name.includes('/') ? 'DecimalSI' : 'BinarySI');

/** A sum's text: memory keeps the form of the amounts that were added, as Go's quantities do. */
const amountText = (name: string, milli: bigint, decimal: boolean): string =>
  formatMilli(milli, decimal ? 'DecimalSI' : formatOf(name));

function milliOf(amounts: Record<string, number>): Milli {
  const map: Milli = new Map();
  for (const name in amounts) map.set(name, toMilli(name, amounts[name]!));
  return map;
}

const percent = (part: bigint, whole: bigint): bigint => (whole > 0n ? (part * 100n) / whole : 0n);

const usesDecimal = (pods: readonly Pod[], which: 'requests' | 'limits', name: string): boolean => {
  for (const p of pods)
    for (const c of [...p.spec.containers, ...(p.spec.initContainers ?? [])]) {
      const text = c.resources?.[which]?.[name];
      if (text !== undefined && parseMilli(text) !== 0n) return !/i$/.test(text);
    }
  return false;
};

function podLines(w: Writer, pods: readonly Pod[], node: Node, now: number): void {
  w.line(0, `Non-terminated Pods:\t(${pods.length} in total)`);
  w.line(1, 'Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge');
  w.line(1, '---------\t----\t\t------------\t----------\t---------------\t-------------\t---');
  const allocatable = node.status.allocatable ?? node.status.capacity ?? {};
  for (const pod of pods) {
    const cell = (which: 'requests' | 'limits', name: 'cpu' | 'memory'): string => {
      const n = toMilli(name, (which === 'requests' ? podRequests(pod.spec) : podLimits(pod.spec))[name] ?? 0);
      return `${amountText(name, n, usesDecimal([pod], which, name))} (${percent(n, parseMilli(allocatable[name] ?? '0') ?? 0n)}%)`;
    };
    const age = humanDuration(now - Date.parse(pod.metadata.creationTimestamp));
    w.line(
      1,
      `${pod.metadata.namespace}\t${pod.metadata.name}\t\t${cell('requests', 'cpu')}\t${cell('limits', 'cpu')}\t${cell('requests', 'memory')}\t${cell('limits', 'memory')}\t${age}`,
    );
  }
}

function sumOf(pods: readonly Pod[], of: (p: Pod) => Record<string, number>): Milli {
  const sum: Milli = new Map();
  for (const p of pods) for (const [name, n] of milliOf(of(p))) sum.set(name, (sum.get(name) ?? 0n) + n);
  return sum;
}

function allocatedLines(w: Writer, pods: readonly Pod[], node: Node): void {
  w.line(0, 'Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)');
  w.line(1, 'Resource\tRequests\tLimits');
  w.line(1, '--------\t--------\t------');
  const allocatable = node.status.allocatable ?? node.status.capacity ?? {};
  const requests = sumOf(pods, (p) => podRequests(p.spec));
  const limits = sumOf(pods, (p) => podLimits(p.spec));
  for (const name of ['cpu', 'memory', 'ephemeral-storage']) {
    const whole = parseMilli(allocatable[name] ?? '0') ?? 0n;
    const cell = (sum: Milli, which: 'requests' | 'limits'): string => {
      const n = sum.get(name) ?? 0n;
      return `${amountText(name, n, usesDecimal(pods, which, name))} (${percent(n, whole)}%)`;
    };
    w.line(1, `${name}\t${cell(requests, 'requests')}\t${cell(limits, 'limits')}`);
  }
  const others = Object.keys(allocatable)
    .filter((n) => n.startsWith('hugepages-') || n.includes('/'))
    .sort(byText);
  for (const name of others) {
    const cell = (sum: Milli): string => {
      const n = sum.get(name) ?? 0n;
      const text = formatMilli(n, formatOf(name));
      return name.startsWith('hugepages-')
        ? `${text} (${percent(n, parseMilli(allocatable[name] ?? '0') ?? 0n)}%)`
        : text;
    };
    w.line(1, `${name}\t${cell(requests)}\t${cell(limits)}`);
  }
}

/** The whole description of a node. */
export function describeNode(s: Subject<Node>): void {
  const { object: node, w, env } = s;
  w.field('Name', node.metadata.name);
  w.field('Roles', nodeRoles(node));
  labelsField(w, node.metadata.labels);
  annotationsField(w, node.metadata.annotations);
  w.field('CreationTimestamp', rfc1123z(node.metadata.creationTimestamp));
  taintLines(w, node.spec.taints);
  w.field('Unschedulable', node.spec.unschedulable === true);
  leaseLines(s);
  conditionLines(w, node);
  w.line(0, 'Addresses:');
  for (const a of node.status.addresses ?? []) w.line(1, `${a.type}:\t${a.address}`);
  amountLines(w, 'Capacity', node.status.capacity);
  amountLines(w, 'Allocatable', node.status.allocatable);
  systemLines(w, node);
  const selector = `spec.nodeName=${node.metadata.name},status.phase!=Succeeded,status.phase!=Failed`;
  const pods = listAll<Pod>(env, { resource: 'pods', fieldSelector: selector });
  podLines(w, pods, node, env.now());
  allocatedLines(w, pods, node);
  events(s);
}
