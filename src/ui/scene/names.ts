/** What a screen reader and a test find: names and descriptions of nodes and pods, and the one fact a hull shows. */
import type { NodeRow, PodRow } from '../../view/rows.ts';
import type { Translate } from '../i18n/index.ts';

/** CPU in cores: `1.85`, `0.5`, `4`. */
export function cores(milli: number): string {
  return String(Math.round(milli / 10) / 100);
}

/** A pod's CPU request as people write it: `250m`, `2.5`. */
export function cpuWord(milli: number): string {
  return milli % 1000 && milli < 1000 ? `${milli}m` : String(milli / 1000);
}

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

/** `256Mi`, `2Gi`. */
export function memoryWord(bytes: number): string {
  if (bytes >= GIB) return `${Math.round((bytes / GIB) * 10) / 10}Gi`;
  return `${Math.round(bytes / MIB)}Mi`;
}

/** GiB with one decimal. */
export const gib = (bytes: number): string => (bytes / GIB).toFixed(1);

/** `worker-ppc64le, ppc64le, Ready, cordoned`. */
export function nodeLabel(node: NodeRow, t: Translate): string {
  return [node.name, node.arch, node.status, ...(node.unschedulable ? [t('name.cordoned')] : [])].join(', ');
}

export function nodeDescription(node: NodeRow, t: Translate): string {
  const parts = [
    ...(node.draining ? [t('desc.draining', node.draining)] : []),
    t('desc.node', {
      free: cores(node.cpuMilli.allocatable - node.cpuMilli.requested),
      all: cores(node.cpuMilli.allocatable),
      pods: node.pods.count,
    }),
    ...node.taints.map((x) => `${x.key}${x.value ? `=${x.value}` : ''}:${x.effect}`),
    ...node.pressure,
  ];
  return parts.join(', ');
}

/** `Pod default/web-0, Running, on worker-x86`; `Pod default/x, Pending`. */
export function podLabel(pod: PodRow, t: Translate): string {
  const name = `${pod.namespace}/${pod.name}`;
  return pod.node
    ? t('name.pod', { pod: name, word: pod.word, node: pod.node })
    : t('name.pendingPod', { pod: name, word: pod.word });
}

/** Without `nowMs` it leaves out what changes by itself. */
export function podDescription(pod: PodRow, nowMs: number | undefined, t: Translate): string {
  const ready = pod.containers.filter((c) => c.ready).length;
  const asks = pod.cpuMilli || pod.memoryBytes;
  const parts = [
    ...(pod.node ? [t('desc.ready', { ready, of: pod.containers.length })] : []),
    ...(pod.lane ? [t(`desc.lane.${pod.lane}`)] : []),
    asks ? t('desc.asks', { cpu: cpuWord(pod.cpuMilli), memory: memoryWord(pod.memoryBytes) }) : t('desc.noRequests'),
    ...(pod.nominatedNode && !pod.node ? [t('desc.nominated', { node: pod.nominatedNode })] : []),
    ...(pod.fact && nowMs !== undefined ? [factText(pod.fact, nowMs, t).long] : []),
  ];
  return parts.join(', ');
}

const seconds = (ms: number): string => {
  const s = Math.max(0, ms) / 1000;
  return s >= 10 ? String(Math.ceil(s)) : s.toFixed(1);
};

/** Share of the image that is there, 0 to 1. */
export function pullProgress(fact: { startMs: number; endMs: number }, nowMs: number): number {
  const length = Math.max(1, fact.endMs - fact.startMs);
  return Math.min(1, Math.max(0, (nowMs - fact.startMs) / length));
}

/** The fact in words, and in as few letters as carry it. */
export function factText(
  fact: NonNullable<PodRow['fact']>,
  nowMs: number,
  t: Translate,
): { long: string; short: string } {
  switch (fact.kind) {
    case 'pull': {
      const n = Math.floor(pullProgress(fact, nowMs) * 100);
      return { long: t('fact.pull', { n }), short: `${n}%` };
    }
    case 'grace': {
      const n = Math.max(0, Math.ceil((fact.untilMs - nowMs) / 1000));
      return { long: t('fact.grace', { n }), short: `${n} s` };
    }
    case 'restarts':
      return { long: t('fact.restarts', { n: fact.count }), short: String(fact.count) };
    case 'ready':
      return { long: t('fact.ready', { a: fact.ready, b: fact.of }), short: `${fact.ready}/${fact.of}` };
    case 'retry': {
      const n = seconds(fact.atMs - nowMs);
      return { long: t('fact.retry', { n }), short: `${n} s` };
    }
    case 'exit':
      return { long: t('fact.exit', { n: fact.code }), short: String(fact.code) };
  }
}
