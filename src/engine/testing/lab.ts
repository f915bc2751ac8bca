/** A whole cluster for tests of controllers: YAML in, lines of text out. Instant kubelets, no node of its own. */
import { parseAllDocuments } from 'yaml';
import type { Event, Node, Pod } from '../api/core.ts';
import { resourceOfKind } from '../api/discovery.ts';
import { type AnyObject, type KubeObject, keyOf } from '../api/meta.ts';
import type { ApiRequest, ApiResponse, DeleteOptions } from '../api/request.ts';
import { Cluster } from '../cluster.ts';
import { components } from '../components.ts';
import { controllers } from '../controllers/index.ts';
import type { Fault } from '../kubelet/fault.ts';
import type { Latency } from '../sim/latency.ts';

export interface LabOptions {
  seed?: number;
  latency?: Latency;
}

const HASH = /-[456789bcdf]{6,10}(?=[-"\s]|$)/g;
const SUFFIX = /-[bcdfghjklmnpqrstvwxz2456789]{5}(?![A-Za-z0-9-])/g;

/** Template hashes become `-H`, random suffixes `-R`. */
export const masked = (text: string): string => text.replace(HASH, '-H').replace(SUFFIX, '-R');

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `w1`, or `w1:zone=a,gpu=yes` with labels. */
function nodeObject(text: string): AnyObject {
  const [name = '', rest] = text.split(':');
  const labels: Record<string, string> = {
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
  };
  for (const pair of rest?.split(',') ?? []) {
    const [key = '', value = ''] = pair.split('=');
    labels[key === 'zone' ? 'topology.kubernetes.io/zone' : key] = value;
  }
  const room = { cpu: '16', memory: '64Gi', pods: '110' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels },
    spec: {},
    status: { capacity: room, allocatable: room },
  } as never;
}

export class Lab {
  cluster: Cluster;
  constructor(nodes: string, options: LabOptions = {}) {
    const { seed = 1, latency } = options;
    const startMs = Date.UTC(2026, 0, 1);
    this.cluster = new Cluster({
      seed,
      startMs,
      ...(latency ? { latency } : {}),
      components: components({ kubelet: 'kwok' }),
    });
    this.cluster.load(nodes.split(' ').filter(Boolean).map(nodeObject));
    this.run(8);
    for (const e of [...this.cluster.list.list<Event>('Event')])
      this.delete('Event', e.metadata.name, {}, e.metadata.namespace);
  }

  request(r: ApiRequest): ApiResponse {
    return this.cluster.request(r);
  }
  /** Creates all documents; refusals throw. */
  create(yaml: string, namespace = 'default'): void {
    for (const doc of parseAllDocuments(yaml)) {
      const body = doc.toJS() as AnyObject;
      const info = resourceOfKind(body.kind)!;
      const where = info.namespaced ? { namespace: body.metadata.namespace ?? namespace } : {};
      this.must({ verb: 'create', resource: info.plural, apiVersion: body.apiVersion, body, ...where });
    }
  }
  patch(kind: string, name: string, body: unknown, subresource?: string): void {
    this.must({
      ...this.#named(kind, name),
      verb: 'patch',
      patchType: 'strategic',
      body,
      ...(subresource ? { subresource } : {}),
    });
  }
  delete(kind: string, name: string, options: DeleteOptions = {}, namespace = 'default'): void {
    this.must({ ...this.#named(kind, name, namespace), verb: 'delete', options });
  }
  must(r: ApiRequest): ApiResponse {
    const answer = this.request(r);
    if (!answer.ok) throw new Error(answer.status.message);
    return answer;
  }
  #named(kind: string, name: string, namespace = 'default'): Pick<ApiRequest, 'resource' | 'name' | 'namespace'> {
    const info = resourceOfKind(kind)!;
    return { resource: info.plural, name, ...(info.namespaced ? { namespace } : {}) };
  }
  fault(type: Fault['type'], node: string): void {
    this.cluster.inject({ type, node });
  }
  run(seconds: number): void {
    this.cluster.advance(seconds * 1000);
  }
  get<T extends KubeObject>(
    kind: string,
    name: string,
    namespace: string | undefined = resourceOfKind(kind)!.namespaced ? 'default' : undefined,
  ): T | undefined {
    return this.cluster.list.get<T>(kind, namespace, name);
  }
  all<T extends KubeObject>(kind: string): T[] {
    return [...this.cluster.list.list<T>(kind)];
  }
  /** `web-H-R Running w1`, sorted; `!` after the phase: not ready; `~`: being deleted. */
  pods(namespace = 'default'): string[] {
    return [...this.cluster.list.list<Pod>('Pod', namespace)]
      .map((pod) => {
        const ready = pod.status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True');
        const mark = `${pod.status.phase === 'Running' && !ready ? '!' : ''}${pod.metadata.deletionTimestamp ? '~' : ''}`;
        return masked(`${pod.metadata.name} ${pod.status.phase}${mark} ${pod.spec.nodeName ?? '-'}`);
      })
      .sort(byText);
  }
  /** `Reason message (xN)` of the events on objects of a kind, in the order of their making. */
  events(kind: string): string[] {
    return [...this.cluster.list.list<Event>('Event')]
      .filter((e) => e.involvedObject.kind === kind)
      .map((e) => masked(`${e.reason} ${e.message}${(e.count ?? 1) > 1 ? ` x${e.count}` : ''}`));
  }
  conditions(kind: string, name: string): string[] {
    const o = this.get<KubeObject>(kind, name) as unknown as {
      status?: { conditions?: { type: string; status: string; reason?: string }[] };
    };
    return (o?.status?.conditions ?? []).map((c) => `${c.type}=${c.status} ${c.reason ?? ''}`.trim());
  }
  taints(name: string): string[] {
    return (this.get<Node>('Node', name)?.spec.taints ?? []).map((t) => `${t.key}:${t.effect}`);
  }
  /** Wakes every controller for every object and returns what was written: a settled cluster writes nothing. */
  disturb(): string[] {
    const { cluster } = this;
    const before = cluster.list.revision;
    for (const c of controllers())
      for (const kind of c.watches)
        for (const o of cluster.list.list<AnyObject>(kind))
          for (const key of c.keysFor(
            { type: 'ADDED', kind, key: keyOf(o), revision: before, object: o },
            cluster.list,
          ))
            cluster.wake(c.name, key, cluster.now);
    this.run(0.05);
    return (cluster.list.since(before) ?? []).map((e) => `${e.type} ${e.kind} ${masked(e.key)}`);
  }
}

export const lab = (nodes: string, options?: LabOptions): Lab => new Lab(nodes, options);
