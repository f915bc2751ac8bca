import { type ReplayOptions, replayTranscript } from '../../playground/replay.ts';
import { parseTranscript, printTranscript } from '../transcript.ts';

const node = (name: string, arch: string): string => `apiVersion: v1
kind: Node
metadata:
  name: ${name}
  labels: {kubernetes.io/arch: ${arch}, kubernetes.io/os: linux, kubernetes.io/hostname: ${name}}
spec: {}
status:
  capacity: {cpu: "4", memory: 8Gi, pods: "110", ephemeral-storage: 40Gi}
  allocatable: {cpu: "4", memory: 8Gi, pods: "110", ephemeral-storage: 40Gi}
  nodeInfo: {architecture: ${arch}, operatingSystem: linux, kubeletVersion: v1.36.3, osImage: Linux, kernelVersion: "6.1", containerRuntimeVersion: "containerd://2.1.4"}
  addresses: [{type: InternalIP, address: 10.0.0.${name.length}}, {type: Hostname, address: ${name}}]
`;

/** Two workers of different architecture. */
export const TWO_NODES = `${node('worker', 'amd64')}---\n${node('worker-power', 'ppc64le')}`;

/**
 * Replays a transcript and returns it with what the cluster answered; a test compares it with itself:
 * `expect(replay(text)).toBe(text)`.
 */
export function replay(text: string, options: Partial<ReplayOptions> = {}): string {
  const done = replayTranscript(parseTranscript(text), {
    cluster: TWO_NODES,
    files: {},
    kubelet: 'kwok',
    startMs: Date.UTC(2026, 0, 1),
    ...options,
  });
  return printTranscript(done);
}
