/** Small clusters for the tests of rules: objects in, one line of text out. */
import type { Node, Pod, PodSpec, Taint, Toleration } from '../../api/core.ts';
import type { AnyObject } from '../../api/meta.ts';
import { admitAll } from '../admit.ts';
import type { Decision } from '../decision.ts';
import { decide } from '../explain.ts';
import type { Happening } from '../framework/events.ts';
import { eventMatches } from '../framework/events.ts';
import type { Handle, Plugin, PluginFactory } from '../framework/interface.ts';
import { PodClasses } from '../framework/pod-info.ts';
import { ObjectSet } from '../object-set.ts';

export interface NodeOptions {
  labels?: Record<string, string>;
  taints?: string[];
  unschedulable?: boolean;
  cpu?: string;
  memory?: string;
  pods?: string;
  more?: Record<string, string>;
  images?: { names: string[]; sizeBytes: number }[];
  features?: string[];
}

/** `key=value:Effect` */
export function taint(text: string): Taint {
  const [pair = '', effect = ''] = text.split(':');
  const [key = '', value] = pair.split('=');
  return { key, effect, ...(value === undefined ? {} : { value }) };
}

/** A node of 4 CPU, 8 GiB and ten pods, labelled with its name. */
export function node(name: string, o: NodeOptions = {}): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      uid: `node-${name}`,
      resourceVersion: '1',
      creationTimestamp: '',
      labels: { 'kubernetes.io/hostname': name, ...o.labels },
    },
    spec: { ...(o.taints ? { taints: o.taints.map(taint) } : {}), ...(o.unschedulable ? { unschedulable: true } : {}) },
    status: {
      allocatable: { cpu: o.cpu ?? '4', memory: o.memory ?? '8Gi', pods: o.pods ?? '10', ...o.more },
      ...(o.images ? { images: o.images } : {}),
      ...(o.features ? { declaredFeatures: o.features } : {}),
    },
  };
}

export interface PodOptions {
  on?: string;
  labels?: Record<string, string>;
  namespace?: string;
  requests?: Record<string, string>;
  image?: string;
  tolerations?: Toleration[];
  spec?: Partial<PodSpec>;
  status?: Pod['status'];
  deleting?: boolean;
  owner?: { kind: string; name: string; apiVersion: string };
}

/** A pod of one container; `on` binds it. */
export function pod(name: string, o: PodOptions = {}): Pod {
  const namespace = o.namespace ?? 'default';
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      uid: `pod-${namespace}-${name}`,
      resourceVersion: '1',
      creationTimestamp: '',
      labels: o.labels ?? {},
      ...(o.deleting ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
      ...(o.owner ? { ownerReferences: [{ ...o.owner, uid: o.owner.name, controller: true }] } : {}),
    },
    spec: {
      containers: [
        { name: 'c', image: o.image ?? 'app', ...(o.requests ? { resources: { requests: o.requests } } : {}) },
      ],
      ...(o.tolerations ? { tolerations: o.tolerations } : {}),
      ...(o.on ? { nodeName: o.on } : {}),
      ...o.spec,
    },
    status: o.status ?? {},
  };
}

export interface Setup {
  config?: unknown;
}

/** Any further object. */
export const object = (kind: string, apiVersion: string, name: string, rest: Record<string, unknown> = {}): AnyObject =>
  ({
    apiVersion,
    kind,
    metadata: { name, ...(rest.metadata as object | undefined) },
    ...Object.fromEntries(Object.entries(rest).filter(([k]) => k !== 'metadata')),
  }) as AnyObject;

export function decision(subject: Pod, items: readonly unknown[], setup: Setup = {}): Decision {
  const d = decide({
    pod: `${subject.metadata.namespace}/${subject.metadata.name}`,
    items: [...items, subject],
    ...setup,
  });
  if ('error' in d) throw new Error(d.error);
  return d;
}

const byName = <T>(entries: [string, T][]): [string, T][] => entries.sort(([a], [b]) => (a < b ? -1 : 1));

/** `n1 ok | n2 NodePorts U: node(s) …`, U for Unschedulable, UU for UnschedulableAndUnresolvable. */
export function verdicts(subject: Pod, items: readonly unknown[], setup?: Setup): string {
  const { filters } = decision(subject, items, setup);
  const short: Record<string, string> = { Unschedulable: 'U', UnschedulableAndUnresolvable: 'UU', Error: 'E' };
  return byName(Object.entries(filters))
    .map(([name, f]) => (f ? `${name} ${f.plugin} ${short[f.code]}: ${f.reasons.join(', ')}` : `${name} ok`))
    .join(' | ');
}

/** What a plugin gave each node, weighted: `n1 200, n2 0`. */
export function scoresOf(plugin: string, subject: Pod, items: readonly unknown[], setup?: Setup): string {
  const { scores } = decision(subject, items, setup);
  return byName(Object.entries(scores ?? {}))
    .map(([name, s]) => `${name} ${s.plugins[plugin] ?? 'skipped'}`)
    .join(', ');
}

/** A plugin on its own, over the given objects. */
export function plugin(
  factory: PluginFactory,
  items: readonly unknown[] = [],
  args: Record<string, unknown> = {},
): Plugin {
  const classes = new PodClasses();
  const handle = {
    objects: new ObjectSet(admitAll(items)),
    now: () => 0,
    nodes: () => [],
    node: () => undefined,
    objectsVersion: () => 0,
    podInfo: (p: Pod) => classes.info(p),
  } as unknown as Handle;
  return factory(handle, args);
}

/** Whether the plugin thinks that what happened is worth another try for the pod; `deaf` when it did not register. */
export function hint(p: Plugin, waiting: Pod, h: Omit<Happening, 'label'>): string {
  const happening = { label: '', ...h };
  const told = (p.events?.() ?? []).filter((e) => eventMatches(e, happening));
  if (told.length === 0) return 'deaf';
  return told.some((e) => !e.hint || e.hint(waiting, happening) === 'Queue') ? 'Queue' : 'Skip';
}
