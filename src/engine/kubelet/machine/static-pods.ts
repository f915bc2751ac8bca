/**
 * Static pods: files of one machine that its kubelet runs without asking anybody, and the mirrors it shows of them.
 * Upstream: pkg/kubelet/config/{common,file}.go, pkg/kubelet/pod/mirror_client.go
 */
import type { Node, Pod } from '../../api/core.ts';
import { keyOf } from '../../api/meta.ts';
import type { Draft } from '../../client/client.ts';
import type { Context } from '../../client/component.ts';
import { fnv64 } from '../../sim/hash.ts';
import { rfc3339 } from '../../sim/time.ts';
import { digestOf } from '../images/registry.ts';
import { own } from '../pod/own.ts';
import { newPodRun } from '../pod/runtime.ts';
import type { KubeletState } from '../state.ts';
import { KUBEADM_IMAGES, kubeadmManifests, type Manifest } from './kubeadm.ts';
import type { Machine } from './machine.ts';
import { internalIp } from './node-status.ts';

const KUBEADM = 'kubeadm.alpha.kubernetes.io/cri-socket';

/** A node that kubeadm made a control plane of has its four files and their images. */
export function installControlPlane(node: Node, m: Machine): void {
  if (node.metadata.annotations?.[KUBEADM] === undefined) return;
  if (!('node-role.kubernetes.io/control-plane' in (node.metadata.labels ?? {}))) return;
  m.manifests = kubeadmManifests(m.node, internalIp(node));
  for (const { name, sizeBytes } of KUBEADM_IMAGES) {
    const id = `${name.slice(0, name.lastIndexOf(':'))}@${digestOf(name)}`;
    m.images[id] ??= { names: [id, name], sizeBytes, usedAt: m.startedAt, arch: m.arch };
  }
}

const hashOf = (m: Machine, text: string): string => fnv64(m.node + text) + fnv64(text);

/** The pod that a file describes, as the machine runs it. */
export function staticPod(m: Machine, node: Node | undefined, text: string): Pod {
  const manifest = JSON.parse(text) as Manifest;
  const hash = hashOf(m, text);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${manifest.name}-${m.node.toLowerCase()}`,
      namespace: manifest.namespace,
      uid: hash,
      resourceVersion: '',
      creationTimestamp: rfc3339(m.startedAt),
      labels: manifest.labels,
      annotations: {
        ...manifest.annotations,
        'kubernetes.io/config.hash': hash,
        'kubernetes.io/config.seen': rfc3339(m.startedAt),
        'kubernetes.io/config.source': 'file',
      },
      ...(node
        ? {
            ownerReferences: [
              { apiVersion: 'v1', kind: 'Node', name: m.node, uid: node.metadata.uid, controller: true },
            ],
          }
        : {}),
    },
    spec: {
      restartPolicy: 'Always',
      ...manifest.spec,
      nodeName: m.node,
      tolerations: [{ operator: 'Exists', effect: 'NoExecute' }],
    },
    status: {},
  } as Pod;
}

/** The mirror as the API server gets it. */
export function mirrorOf(pod: Pod): Draft<Pod> {
  const { uid, resourceVersion: _r, creationTimestamp: _c, ...metadata } = pod.metadata;
  return {
    ...pod,
    metadata: { ...metadata, annotations: { ...metadata.annotations, 'kubernetes.io/config.mirror': uid } },
  };
}

/** Brings the runtime in line with the files: new ones begin, changed and removed ones end. */
export function syncFiles(node: Node, m: Machine, ctx: Context, state: KubeletState): void {
  const wanted = new Map<string, string>();
  for (const [file, text] of Object.entries(m.manifests)) {
    const pod = staticPod(m, node, text);
    const key = keyOf(pod);
    wanted.set(key, pod.metadata.uid);
    if (state.pods[key]) continue; // a changed one ends first; see below
    state.pods[key] = { ...newPodRun(pod, ctx.now), static: { file, mirrored: false } };
    if (!m.statics.includes(key)) m.statics.push(key);
    ctx.wake(`pod:${key}`, ctx.now);
  }
  for (const key of m.statics) {
    const rt = own(state, key);
    if (!rt?.static || rt.terminating || wanted.get(key) === rt.uid) continue;
    rt.terminating = { graceEnd: ctx.now + 30_000 };
    ctx.wake(`pod:${key}`, ctx.now);
  }
  if (m.statics.length) m.statics = m.statics.filter((key) => state.pods[key]);
}
