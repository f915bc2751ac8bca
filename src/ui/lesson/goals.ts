import type { Lesson, Predicate } from '../../scenarios/lesson.ts';
import type { PodRow } from '../../view/rows.ts';
import type { Rows } from '../rows.ts';

/** Whether a goal holds, asked of the rows of the picture: the cluster decides, not the text in the editor. */

const RUNS = new Set<PodRow['form']>(['running']);
const ENDED = new Set<PodRow['form']>(['succeeded', 'failed', 'terminating', 'evicted']);

const podsOf = (rows: Rows, workload: string): PodRow[] =>
  [...rows.pods.values()].filter((p) => p.workload === workload && !ENDED.has(p.form));

function on(p: Extract<Predicate, { kind: 'on' }>, rows: Rows): boolean {
  const pods = podsOf(rows, p.workload);
  const fits = ({ node }: PodRow): boolean =>
    node !== '' && (!p.nodes || p.nodes.includes(node)) && (!p.arch || rows.nodes.get(node)?.arch === p.arch);
  return pods.length > 0 && pods.every(fits);
}

/** True when the predicate holds now. */
export function holds(p: Predicate, rows: Rows): boolean {
  switch (p.kind) {
    case 'running': {
      const long = podsOf(rows, p.workload).filter((x) => RUNS.has(x.form) && rows.nowMs - x.sinceMs >= (p.forMs ?? 0));
      return long.length >= (p.count ?? 1);
    }
    case 'placed':
      return podsOf(rows, p.workload).every((x) => x.node !== '');
    case 'pending':
      return podsOf(rows, p.workload).some((x) => x.node === '');
    case 'on':
      return on(p, rows);
    case 'gone':
      return podsOf(rows, p.workload).length === 0;
    case 'empty':
      return [...rows.pods.values()].every(
        (x) => x.node !== p.node || x.owner === 'daemonset' || x.owner === 'static' || ENDED.has(x.form),
      );
    case 'cordoned':
      return rows.nodes.get(p.node)?.unschedulable === p.on;
    case 'tainted':
      return rows.nodes.get(p.node)?.taints.some((x) => x.key === p.key) === p.on;
    case 'undisturbed':
      return !rows.marks.some((m) => m.kind === 'leaving' && m.subject?.key.includes(`/${p.workload}-`));
  }
}

export interface Progress {
  goals: boolean[];
  /** How many steps are behind; the next one is the current one. */
  done: number;
  finished: boolean;
}

/** How far a lesson is. A step that was done stays done; one without a predicate is done with the next that has one. */
export function progress(lesson: Lesson, rows: Rows, before = 0): Progress {
  const goals = lesson.goals.map((g) => holds(g.when, rows));
  const finished = goals.length > 0 && goals.every(Boolean);
  let done = before;
  for (let i = before; i < lesson.steps.length; i++) {
    const { when } = lesson.steps[i]!;
    if (when && !holds(when, rows)) break;
    if (when) done = i + 1;
  }
  return { goals, done: finished ? lesson.steps.length : done, finished };
}
