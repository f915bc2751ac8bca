/** A machine under a Node object: what it has, what it holds, and what was done to it. Plain data. */

import type { Node, ResourceList } from '../../api/core.ts';
import { addQuantities, formatMilli, parseMilli } from '../../api/quantity.ts';
import { equalPlain } from '../../sim/plain.ts';
import type { Random } from '../../sim/random.ts';
import type { Ms } from '../../sim/time.ts';
import { type AddressPool, makePool } from './addresses.ts';

export interface StoredImage {
  /** The runtime's names, tag first: `docker.io/library/nginx:1.27`. */
  names: string[];
  sizeBytes: number;
  usedAt: Ms;
  /** Architecture of the binaries inside. */
  arch: string;
  exit?: { code: number; afterMs: number };
}

export interface Machine {
  node: string;
  /** UID of the Node object it registered as. */
  uid: string;
  arch: string;
  powered: boolean;
  connected: boolean;
  kubelet: boolean;
  bootId: string;
  /** It came back from being off and has not said so yet. */
  rebooted?: boolean;
  /** Whether the running kubelet has posted its status since it started. */
  registered: boolean;
  /** Whether this kubelet start has been told in events. */
  announced: boolean;
  /** When its kubelet started; its ten-second grid begins there. */
  startedAt: Ms;
  /** Changes of the Node before this moment wait for it. */
  syncAt: Ms;
  capacity: ResourceList;
  /** capacity − allocatable, per resource: kube-reserved + system-reserved + hard eviction threshold. */
  reserved: ResourceList;
  /** By image ID. */
  images: Record<string, StoredImage>;
  /** Pulls are serialised: the next one starts then. */
  pullFreeAt: Ms;
  /** Images on their way, by ID: when they will be there. */
  queued: Record<string, Ms>;
  addresses: AddressPool;
  /** Bytes that somebody else fills (faults). */
  diskEaten: number;
  memoryEaten: number;
  /** Last moment at which the signal was under its threshold. */
  memoryLowAt?: Ms;
  diskLowAt?: Ms;
  /** What the Node said when the kubelet last looked, for NodeNotSchedulable. */
  unschedulable: boolean;
  /** `staticPodPath`: file name → manifest as JSON text. */
  manifests: Record<string, string>;
  /** Keys of the pods that were made from them. */
  statics: string[];
}

const DEFAULT_CAPACITY: ResourceList = {
  cpu: '4',
  'ephemeral-storage': '61255492Ki',
  'hugepages-1Gi': '0',
  'hugepages-2Mi': '0',
  memory: '8148484Ki',
  pods: '110',
};

/** Hard eviction thresholds of a kubelet without configuration. */
export const MEMORY_THRESHOLD_BYTES = 100 * 1024 * 1024;
export const DISK_THRESHOLD_FRACTION = 0.1;

export interface Reservations {
  kubeReserved?: ResourceList;
  systemReserved?: ResourceList;
}

/**
 * capacity − kubeReserved − systemReserved − hard eviction threshold, floor 0: memory loses 100Mi, ephemeral-storage a tenth.
 * Upstream: pkg/kubelet/cm/node_container_manager_linux.go GetNodeAllocatableReservation
 */
export function allocatableOf(
  capacity: ResourceList,
  { kubeReserved = {}, systemReserved = {} }: Reservations = {},
): ResourceList {
  const out: ResourceList = {};
  for (const [name, text] of Object.entries(capacity)) {
    let milli = parseMilli(text) ?? 0n;
    if (name === 'memory') milli -= BigInt(MEMORY_THRESHOLD_BYTES) * 1000n;
    if (name === 'ephemeral-storage') milli -= (milli / 10_000n) * 1000n;
    for (const list of [kubeReserved, systemReserved]) milli -= parseMilli(list[name] ?? '0') ?? 0n;
    out[name] = formatMilli(milli < 0n ? 0n : milli, /i$/.test(text) ? 'BinarySI' : 'DecimalSI');
  }
  const memory = parseMilli(out.memory ?? '0') ?? 0n;
  // the kubelet writes memory in Ki whatever its size
  if (out.memory && memory % 1_024_000n === 0n) out.memory = `${memory / 1_024_000n}Ki`;
  return out;
}

function subtract(a: ResourceList, b: ResourceList): ResourceList {
  const out: ResourceList = {};
  for (const name of Object.keys(a)) {
    const milli = (parseMilli(a[name] ?? '0') ?? 0n) - (parseMilli(b[name] ?? a[name] ?? '0') ?? 0n);
    out[name] = formatMilli(milli < 0n ? 0n : milli);
  }
  return out;
}

/** What the machine offers to pods of `capacity`, with the reservations it started with. */
export function allocatableAfter(machine: Machine, capacity: ResourceList): ResourceList {
  const out: ResourceList = {};
  for (const [name, text] of Object.entries(capacity)) {
    const reserved = parseMilli(machine.reserved[name] ?? '0') ?? 0n;
    if (reserved === 0n) out[name] = text;
    else {
      const left = (parseMilli(text) ?? 0n) - reserved;
      out[name] =
        name === 'memory' && left % 1_024_000n === 0n ? `${left / 1_024_000n}Ki` : formatMilli(left < 0n ? 0n : left);
    }
  }
  return out;
}

/** Resources that the kubelet itself measures; others are advertised in the Node's capacity and left there. */
const isNative = (name: string): boolean => !name.includes('/');

/** Images that the Node object says are there already. */
function storedImages(node: Node, now: Ms): Record<string, StoredImage> {
  const arch = node.status.nodeInfo?.architecture || node.metadata.labels?.['kubernetes.io/arch'] || 'amd64';
  const images: Record<string, StoredImage> = {};
  for (const { names = [], sizeBytes = 0 } of node.status.images ?? []) {
    const id = names.find((n) => n.includes('@')) ?? names[0];
    if (id) images[id] = { names: [...names], sizeBytes, usedAt: now, arch };
  }
  return images;
}

/** The machine behind a Node object that appears for the first time. */
export function makeMachine(node: Node, ordinal: number, random: Random, now: Ms): Machine {
  const capacity = node.status.capacity ?? DEFAULT_CAPACITY;
  // the API server fills an absent allocatable with the capacity; a kubelet never offers that much
  const given = node.status.allocatable;
  const allocatable = given && !equalPlain(given, capacity) ? given : allocatableOf(capacity);
  return {
    node: node.metadata.name,
    uid: node.metadata.uid,
    arch: node.status.nodeInfo?.architecture || node.metadata.labels?.['kubernetes.io/arch'] || 'amd64',
    powered: true,
    connected: true,
    kubelet: true,
    bootId: random.uuid(),
    registered: false,
    announced: false,
    startedAt: now,
    syncAt: now,
    capacity: Object.fromEntries(Object.entries(capacity).filter(([name]) => isNative(name))),
    reserved: subtract(capacity, allocatable),
    images: storedImages(node, now),
    pullFreeAt: 0,
    queued: {},
    addresses: makePool(node.spec.podCIDR, ordinal),
    diskEaten: 0,
    memoryEaten: 0,
    unschedulable: node.spec.unschedulable ?? false,
    manifests: {},
    statics: [],
  };
}

/** Whether its kubelet can act on containers. */
export const isActive = (m: Machine): boolean => m.powered && m.kubelet;

/** Whether its kubelet reaches the API server. */
export const isHeard = (m: Machine): boolean => m.powered && m.kubelet && m.connected;

/** The capacity with the given amounts in place of the old ones: `cpu=8,memory=16Gi`. */
export function withAmounts(capacity: ResourceList, amount: string): ResourceList {
  const out = { ...capacity };
  for (const part of amount.split(',')) {
    const [name, text] = part.split('=');
    if (name && text && parseMilli(text) !== undefined) out[name] = addQuantities(text);
  }
  return out;
}
