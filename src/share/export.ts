/** What is needed to go on with a playground on a real cluster. */
import { stringify } from 'yaml';
import type { Node } from '../engine/api/core.ts';
import type { AnyObject } from '../engine/api/meta.ts';
import type { Recording } from './recording.ts';

export type ExportTarget = 'kwok' | 'kind' | 'manifests';

const yaml = (value: unknown): string => stringify(value, { aliasDuplicateObjects: false, lineWidth: 0 });

const FAKE: Record<string, string> = { 'kwok.x-k8s.io/node': 'fake' };

/** A node as KWOK takes it: the object with the annotation that makes KWOK play its kubelet. */
const kwokNode = (node: Node): unknown => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name: node.metadata.name,
    labels: node.metadata.labels,
    annotations: { ...node.metadata.annotations, ...FAKE },
  },
  spec: node.spec,
  status: { capacity: node.status.capacity, allocatable: node.status.allocatable, nodeInfo: node.status.nodeInfo },
});

/** A kind cluster with as many nodes, their labels and taints; kind gives every node the host's own size. */
function kindConfig(nodes: readonly Node[]): unknown {
  const isControlPlane = (n: Node): boolean =>
    n.metadata.labels?.['node-role.kubernetes.io/control-plane'] !== undefined;
  const own = (labels: Record<string, string> = {}): Record<string, string> =>
    Object.fromEntries(
      Object.entries(labels).filter(([k]) => !/(^|\.)kubernetes\.io\//.test(k) || k.startsWith('topology.')),
    );
  return {
    kind: 'Cluster',
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    nodes: nodes.map((n) => {
      const labels = own(n.metadata.labels);
      return {
        role: isControlPlane(n) ? 'control-plane' : 'worker',
        ...(Object.keys(labels).length ? { labels } : {}),
      };
    }),
  };
}

const here = (name: string, text: string): string =>
  `cat > ${name} <<'BERTH_EOF'\n${text.endsWith('\n') ? text : `${text}\n`}BERTH_EOF\n`;

const intro: Record<ExportTarget, string> = {
  kwok: 'kwokctl create cluster --name berth\nkubectl apply -f nodes.yaml',
  kind: 'kind create cluster --name berth --config kind.yaml',
  manifests: '# The nodes are yours; the commands below are the ones that were run.',
};

/** A shell script: the cluster, the files, and the commands in their order. */
export function exportScript(recording: Recording, cluster: readonly unknown[], target: ExportTarget): string {
  const nodes = (cluster as AnyObject[]).filter((o) => o.kind === 'Node') as unknown as Node[];
  const parts = ['#!/bin/sh', '# Made by Berth. Continues the recorded situation on a real cluster.', 'set -eu', ''];
  if (target === 'kwok') parts.push(here('nodes.yaml', nodes.map((n) => yaml(kwokNode(n))).join('---\n')));
  if (target === 'kind') parts.push(here('kind.yaml', yaml(kindConfig(nodes))));
  parts.push(intro[target], '');
  for (const [name, text] of Object.entries(recording.files)) parts.push(here(name, text));
  for (const input of recording.inputs) {
    if (input.line === '^C') continue;
    if (/^\s*berth\b/.test(input.line)) parts.push(`# only in Berth: ${input.line}`);
    else if (input.stdin !== undefined && /^cat > (\S+)$/.test(input.line))
      parts.push(here(input.line.slice(6), input.stdin));
    else if (input.stdin !== undefined) parts.push(`${input.line} <<'BERTH_EOF'\n${input.stdin}\nBERTH_EOF`);
    else parts.push(input.line);
  }
  return `${parts.join('\n')}\n`;
}
