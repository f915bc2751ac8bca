/** `berth explain`, `berth place`, `berth drain-preview`: why, where, what if. */

import type { AnyObject } from '../../engine/api/meta.ts';
import { placeAll } from '../../engine/index.ts';
import { decisionText } from '../../view/decision-text.ts';
import { drainPreview } from '../drain-preview.ts';
import { explainPod, remediesFor } from '../explain.ts';
import { clusterObjects } from '../manifests.ts';
import { type BerthCommand, UsageError, words } from './program.ts';

/** `berth explain POD`: the last decision about a pod, and what would help one that is refused. */
export const explainCommand: BerthCommand = {
  name: 'explain',
  usage: 'explain [NS/]POD [-o text|json]',
  *run(env, list, playground) {
    const w = words(list, ['o', 'output', 'n', 'namespace']);
    const [name] = w.args;
    const format = w.get('o') ?? w.get('output') ?? 'text';
    if (!name || w.args.length !== 1 || !['text', 'json'].includes(format))
      throw new UsageError(`usage: berth ${this.usage}`);
    const namespace =
      w.get('n') ?? w.get('namespace') ?? env.config.contexts[env.config.currentContext]?.namespace ?? 'default';
    const key = name.includes('/') ? name.replace(/^pods?\//, `${namespace}/`) : `${namespace}/${name}`;
    const decision = explainPod(playground, key);
    if (!decision) {
      env.err(`Error from server (NotFound): pods "${key.split('/')[1]}" not found\n`);
      return 1;
    }
    if (format === 'json') {
      env.out(`${JSON.stringify(decision, null, 2)}\n`);
      return 0;
    }
    env.out(decisionText(decision));
    const remedies = remediesFor(playground, key);
    if (remedies.length) env.out('Would let it in:\n');
    for (const r of remedies) env.out(`  ${r.text} → ${r.node}${r.command ? `   (${r.command})` : ''}\n`);
    return 0;
  },
};

const KINDS = [
  'Namespace',
  'Node',
  'Pod',
  'Service',
  'ReplicaSet',
  'StatefulSet',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'StorageClass',
  'CSINode',
  'PodDisruptionBudget',
  'PriorityClass',
];

/** `berth place -f FILE`: where the pods of a manifest would land on this cluster; nothing is created. */
export const placeCommand: BerthCommand = {
  name: 'place',
  usage: 'place -f FILE',
  *run(env, list, playground) {
    const w = words(list, ['f', 'filename']);
    const file = w.get('f') ?? w.get('filename');
    if (file === undefined || w.args.length) throw new UsageError('usage: berth place -f FILE');
    const text = file === '-' ? env.stdin : env.files.read(file);
    if (text === undefined) {
      env.err(`error: the path "${file}" does not exist\n`);
      return 1;
    }
    const added = clusterObjects(text);
    const stored = KINDS.flatMap((kind) => [...playground.cluster.list.list<AnyObject>(kind)]);
    const placements = placeAll([...stored, ...added], { only: new Set<unknown>(added) });
    const width = Math.max(0, ...placements.map((p) => p.pod.length));
    for (const p of placements) env.out(`${p.pod.padEnd(width)}  ${p.node ?? `<none>  ${p.message ?? ''}`}\n`);
    return 0;
  },
};

/** `berth drain-preview NODE`: what a drain would do, tried on a copy. */
export const drainPreviewCommand: BerthCommand = {
  name: 'drain-preview',
  usage: 'drain-preview NODE',
  *run(env, [node, ...more], playground) {
    if (!node || more.length) throw new UsageError('usage: berth drain-preview NODE');
    if (!playground.cluster.list.byKey('Node', node)) {
      env.err(`Error from server (NotFound): nodes "${node}" not found\n`);
      return 1;
    }
    const rows = drainPreview(playground, node);
    const width = Math.max(0, ...rows.map((r) => r.pod.length));
    for (const r of rows)
      env.out(`${r.pod.padEnd(width)}  ${r.outcome}${r.node && r.node !== node ? ` to ${r.node}` : ''}\n`);
    return 0;
  },
};
