import { describe, expect, it } from 'vitest';
import type { FileProblem } from '../../kubectl/command.ts';
import { Playground } from '../playground.ts';
import { runLine } from '../programs.ts';
import { worldOf } from '../world.ts';
import { schedulerText } from './scheduler.ts';

const HEAD = 'apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n';

function shell() {
  const p = new Playground(worldOf({ scenario: 'opening' }).world, runLine);
  const problems: FileProblem[] = [];
  const run = (line: string): string => {
    let text = '';
    const take = (t: string) => {
      text += t;
    };
    p.start(line, undefined, { out: take, err: take, problem: (x) => void problems.push(x) });
    p.playTo(p.elapsedMs + 100);
    return text;
  };
  return { p, run, problems };
}

describe('berth scheduler', () => {
  it('shows what runs, with what holds without being said; applied again it is the same', () => {
    const { p, run } = shell();
    expect(run('berth scheduler show')).toBe(`${HEAD}profiles:\n- schedulerName: default-scheduler\n`);
    const full = run('berth scheduler show --defaults');
    expect(full).toBe(schedulerText(p));
    expect(full).toContain('- name: TaintToleration\n        weight: 3\n');
    expect(full).toContain('minCandidateNodesPercentage: 10\n');
    p.writeFile('s.yaml', full);
    expect(run('berth scheduler apply -f s.yaml')).toBe('scheduler configured\n');
    expect(run('berth scheduler show --defaults')).toBe(full);
  });

  it('points at the lines of what it refuses', () => {
    const { p, run, problems } = shell();
    p.writeFile(
      's.yaml',
      `# mine\n---\n${HEAD}parallelism: 0\nprofiles:\n- schedulerName: a\n  plugins:\n    filter:\n      enabled:\n      - name: NodePorts\n- schedulerName: a\n`,
    );
    expect(run('berth scheduler apply -f s.yaml')).toBe(
      'error: [parallelism: Invalid value: 0: should be an integer value greater than zero, profiles[1].schedulerName: Duplicate value: {}]\n',
    );
    expect(problems.map((x) => [x.line, x.message.slice(0, 20)])).toEqual([
      [5, 'parallelism: Invalid'],
      [12, 'profiles[1].schedule'],
    ]);
    problems.length = 0;
    p.writeFile('s.yaml', `${HEAD}profiles:\n- a: [\n`);
    run('berth scheduler apply -f s.yaml');
    expect(problems.map((x) => x.file)).toEqual(['s.yaml']);
    expect(problems[0]!.line).toBeGreaterThan(2);
  });

  it('takes the document that is its own', () => {
    const { p, run } = shell();
    p.writeFile('all.yaml', `apiVersion: v1\nkind: Pod\n---\n${HEAD}parallelism: 3\n`);
    expect(run('berth scheduler apply -f all.yaml')).toBe('scheduler configured\n');
    expect(run('berth scheduler show')).toContain('parallelism: 3\n');
  });
});

it.each([
  ['KubeSchedulerConfiguration', 'kubescheduler.config.k8s.io/v1'],
  ['Policy', 'v1'],
])('kubectl apply of a %s answers as 1.36 does, and points at it', (kind, version) => {
  const { p, run, problems } = shell();
  p.writeFile('s.yaml', `apiVersion: ${version}\nkind: ${kind}\n`);
  const words = `resource mapping not found for name: "" namespace: "" from "s.yaml": no matches for kind "${kind}" in version "${version}"\nensure CRDs are installed first`;
  expect(run('kubectl apply -f s.yaml')).toBe(`error: ${words}\n`);
  expect(problems).toEqual([
    { file: 's.yaml', line: 2, column: 1, endLine: 2, endColumn: 7 + kind.length, message: words },
  ]);
});
