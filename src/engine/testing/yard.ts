/** Machines under test: a whole cluster with Berth's own kubelets that tells what happens as lines of text. */
import { parseAllDocuments } from 'yaml';
import type { Event, Pod } from '../api/core.ts';
import { resourceOfKind } from '../api/discovery.ts';
import type { AnyObject } from '../api/meta.ts';
import { formatRestarts, summarizePod } from '../api/pod-status.ts';
import type { ApiRequest, ApiResponse, WatchEvent } from '../api/request.ts';
import { Cluster } from '../cluster.ts';
import { components } from '../components.ts';
import type { Fault } from '../kubelet/fault.ts';
import type { Ms } from '../sim/time.ts';

const START = Date.UTC(2026, 0, 1);

/** `w1`, `w1:ppc64le`, `cp:amd64:control-plane`. */
function machine(text: string): AnyObject {
  const [name = '', arch = 'amd64', role] = text.split(':');
  const labels: Record<string, string> = {
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': arch,
  };
  if (role) labels[`node-role.kubernetes.io/${role}`] = '';
  const capacity = { cpu: '4', memory: '8Gi', 'ephemeral-storage': '60Gi', pods: '110' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels },
    spec: {},
    status: { capacity },
  } as never;
}

export class Yard {
  readonly cluster: Cluster;
  #lines: string[] = [];
  #seen = 0;
  #words = new Map<string, string>();
  #zero: Ms;
  constructor(machines = 'w1', options: { seed?: number; settleMs?: Ms } = {}) {
    this.cluster = new Cluster({ seed: options.seed ?? 1, startMs: START, components: components({ kubelet: 'sim' }) });
    this.cluster.load(machines.split(' ').filter(Boolean).map(machine));
    this.cluster.advance(options.settleMs ?? 20_000);
    this.#zero = this.cluster.now;
    this.#seen = this.cluster.list.revision;
  }

  request(r: ApiRequest): ApiResponse {
    const answer = this.cluster.request(r);
    if (!answer.ok) throw new Error(answer.status.message);
    return answer;
  }

  create(yaml: string): void {
    for (const doc of parseAllDocuments(yaml)) {
      const body = doc.toJS() as AnyObject;
      const info = resourceOfKind(body.kind)!;
      const where = info.namespaced ? { namespace: body.metadata.namespace ?? 'default' } : {};
      this.request({ verb: 'create', resource: info.plural, apiVersion: body.apiVersion, body, ...where });
    }
  }

  delete(kind: string, name: string, options: ApiRequest['options'] = {}, namespace = 'default'): void {
    const info = resourceOfKind(kind)!;
    this.request({ verb: 'delete', resource: info.plural, name, options, ...(info.namespaced ? { namespace } : {}) });
  }

  patch(kind: string, name: string, body: unknown, subresource?: string): void {
    const info = resourceOfKind(kind)!;
    const where = info.namespaced ? { namespace: 'default' } : {};
    const sub = subresource ? { subresource } : {};
    this.request({ verb: 'patch', resource: info.plural, name, patchType: 'strategic', body, ...where, ...sub });
  }

  fault(type: Fault['type'], node: string, amount?: string): void {
    this.cluster.inject({ type, node, ...(amount ? { amount } : {}) });
  }

  pod(name: string, namespace = 'default'): Pod {
    return this.cluster.list.get<Pod>('Pod', namespace, name)!;
  }

  /** Time 0 of the timeline is now; what happened before is forgotten. */
  zero(): void {
    this.#read();
    this.#lines = [];
    this.#zero = this.cluster.now;
  }

  /** Lets time pass and notes what happens to pods and which events come. */
  run(seconds: number): this {
    const until = this.cluster.now + Math.round(seconds * 1000);
    for (let next = this.cluster.peek(); next && next.at <= until; next = this.cluster.peek()) {
      this.cluster.step();
      this.#read();
    }
    this.cluster.advance(until - this.cluster.now);
    return this;
  }

  /** `2.4 web Running 1/1`, `2.4 web | Pulled …`; only lines that contain `about`, if given. */
  timeline(about = ''): string {
    this.#read();
    return this.#lines.filter((l) => l.includes(about)).join('\n');
  }

  #read(): void {
    const changes = this.cluster.list.since(this.#seen) ?? [];
    this.#seen = this.cluster.list.revision;
    for (const e of changes) {
      if (e.kind === 'Pod') this.#pod(e);
      else if (e.kind === 'Event') this.#event(e);
    }
  }

  #say(text: string): void {
    this.#lines.push(`${((this.cluster.now - this.#zero) / 1000).toFixed(1)} ${text}`);
  }

  #pod(e: WatchEvent): void {
    const pod = e.object as unknown as Pod;
    const name = pod.metadata.name;
    if (e.type === 'DELETED') {
      this.#words.delete(name);
      this.#say(`${name} gone`);
      return;
    }
    const s = summarizePod(pod);
    const restarts = s.restarts ? ` ${formatRestarts(s, this.cluster.now)}` : '';
    const word = `${s.status} ${s.ready}/${s.total}${restarts}`;
    const key = word.replace(/\(.*\)/, '');
    if (this.#words.get(name) === key) return;
    this.#words.set(name, key);
    this.#say(`${name} ${word}`);
  }

  #event(e: WatchEvent): void {
    const event = e.object as unknown as Event;
    if (event.source?.component !== 'kubelet') return;
    const count = event.count && event.count > 1 ? ` x${event.count}` : '';
    const uid = /\([0-9a-f]{8}-[0-9a-f-]{27}\)/g;
    this.#say(`${event.involvedObject.name} | ${event.reason} ${(event.message ?? '').replace(uid, '(UID)')}${count}`);
  }
}

export const yard = (machines?: string, options?: { seed?: number; settleMs?: Ms }): Yard =>
  new Yard(machines, options);
