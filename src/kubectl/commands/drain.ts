/** `kubectl drain`. Upstream: k8s.io/kubectl/pkg/cmd/drain/drain.go, k8s.io/kubectl/pkg/drain */
import type { Pod } from '../../engine/api/core.ts';
import type { AnyObject } from '../../engine/api/meta.ts';
import type { Command, Env, Parsed, Running, Wait } from '../command.ts';
import { aggregateText, Failure, failure } from '../failure.ts';
import { DRY_RUN, flags, SELECT } from '../flags.ts';
import { type DryRun, dryRunOf, drySuffix } from '../options.ts';
import { ResultPrinter } from '../print/output.ts';
import type { Info } from '../resource.ts';
import { nodesOf, setSchedulable } from './cordon.ts';
import { throwUsage } from './cordon-usage.ts';
import { evictPods } from './drain-evict.ts';
import { podsToDrain } from './drain-filters.ts';

export const drain: Command = {
  name: 'drain',
  use: 'kubectl drain NODE',
  short: 'Drain node in preparation for maintenance',
  flags: flags(
    SELECT,
    DRY_RUN,
    'chunk-size:int=500 delete-emptydir-data:bool disable-eviction:bool force:bool grace-period:int=-1 ignore-daemonsets:bool',
    'pod-selector skip-wait-for-delete-timeout:int timeout:dur',
  ),
  run,
};

export interface DrainOptions {
  force: boolean;
  ignoreDaemonSets: boolean;
  deleteEmptyDirData: boolean;
  disableEviction: boolean;
  graceSeconds: number;
  timeoutMs: number;
  podSelector: string;
  skipDeletedSeconds: number;
  dryRun: DryRun;
}

function optionsOf(p: Parsed, dryRun: DryRun): DrainOptions {
  return {
    force: p.bool('force'),
    ignoreDaemonSets: p.bool('ignore-daemonsets'),
    deleteEmptyDirData: p.bool('delete-emptydir-data'),
    disableEviction: p.bool('disable-eviction'),
    graceSeconds: p.int('grace-period'),
    timeoutMs: p.duration('timeout') || Number.MAX_SAFE_INTEGER,
    podSelector: p.str('pod-selector'),
    skipDeletedSeconds: p.int('skip-wait-for-delete-timeout'),
    dryRun,
  };
}

/** A rough look, as the server has the last word: sets need their parentheses. */
function checkPodSelector(text: string): void {
  const parts = text.split(/,(?![^(]*\))/).map((t) => t.trim());
  const good = /^(!?[\w./-]+|[\w./-]+\s*(=|==|!=)\s*[\w.-]*|[\w./-]+\s+(in|notin)\s*\([^)]*\)|[\w./-]+\s*[<>]\s*\d+)$/;
  if (text && !parts.every((t) => good.test(t)))
    throw failure('--pod-selector=<pod_selector> must be a valid label selector');
}

function* run(env: Env, p: Parsed): Running {
  throwUsage('drain', p);
  const dryRun = dryRunOf(env, p);
  checkPodSelector(p.str('pod-selector'));
  const o = optionsOf(p, dryRun);
  const nodes = yield* nodesOf(env, p);
  setSchedulable(env, p, nodes, true, dryRun);
  const fatal: Failure[] = [];
  const left: string[] = [];
  for (const node of nodes) {
    const problem = yield* drainOne(env, p, node, o);
    if (env.interrupted()) return 130;
    if (!problem) {
      new ResultPrinter(env, p, dryRun).print(node.object!, node.mapping, 'drained');
      continue;
    }
    env.err(`error: unable to drain node "${node.name}" due to error: ${problem.message}, continuing command...\n`);
    fatal.push(problem);
    left.push(node.name);
  }
  if (left.length) env.err(`There are pending nodes to be drained:\n${left.map((n) => ` ${n}\n`).join('')}`);
  if (fatal.length) throw new Failure(aggregateText(fatal), { all: fatal.flatMap((f) => f.all ?? [f]) });
  return 0;
}

/** Empties one node; returns why it could not be. */
function* drainOne(env: Env, p: Parsed, node: Info, o: DrainOptions): Generator<Wait, Failure | undefined, void> {
  const list = podsToDrain(env, node.name, o);
  if (list.errors.length) return new Failure(aggregateText(list.errors), { all: list.errors });
  if (list.warning) env.err(`Warning: ${list.warning}\n`);
  if (o.dryRun === 'client') {
    for (const pod of list.pods)
      env.out(`evicting pod ${pod.metadata.namespace}/${pod.metadata.name}${drySuffix('client')}\n`);
    return undefined;
  }
  const finished = (pod: Pod, verb: string): void =>
    new ResultPrinter(env, p, o.dryRun).print(
      pod as unknown as AnyObject,
      { ...node.mapping, kind: 'Pod', plural: 'pods' },
      verb,
    );
  const errors = yield* evictPods(env, list.pods, o, finished);
  if (errors.length === 0) return undefined;
  const problem = new Failure(aggregateText(errors), { all: errors });
  const pending = podsToDrain(env, node.name, o);
  if (pending.pods.length) {
    env.err(`There are pending pods in node "${node.name}" when an error occurred: ${problem.message}\n`);
    for (const pod of pending.pods) env.err(`pod/${pod.metadata.name}\n`);
  }
  return problem;
}
