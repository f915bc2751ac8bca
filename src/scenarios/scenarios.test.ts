import { expect, it } from 'vitest';
import type { Node, Pod } from '../engine/api/core.ts';
import { resourceOfKind } from '../engine/api/discovery.ts';
import type { AnyObject } from '../engine/api/meta.ts';
import { nodeStatus } from '../engine/api/node-status.ts';
import { summarizePod } from '../engine/api/pod-status.ts';
import { allocatableOf } from '../engine/kubelet/machine/machine.ts';
import { Playground } from '../playground/playground.ts';
import { runLine } from '../playground/programs.ts';
import { worldOf } from '../playground/world.ts';
import { SCENARIOS, type Scenario, scenarioBySlug } from './index.ts';
import { nodeManifest } from './nodes.ts';

interface Told {
  line: string;
  out: string;
  err: string;
  code: number | undefined;
}

/** Plays a scenario's lines as if they were typed, and tells what each said. */
function play(s: Scenario, untilMs: number): { playground: Playground; told: Told[] } {
  const playground = new Playground(worldOf({ scenario: s.slug }).world, runLine);
  const told: Told[] = [];
  for (const { atMs, line, stdin } of s.inputs) {
    playground.playTo(atMs);
    const t: Told = { line, out: '', err: '', code: undefined };
    told.push(t);
    playground.start(
      line,
      stdin,
      {
        out(text) {
          t.out += text;
        },
        err(text) {
          t.err += text;
        },
      },
      (exit) => {
        t.code = exit.code;
      },
    );
  }
  playground.playTo(untilMs);
  return { playground, told };
}

/** `web Running 4 (worker-1 2, worker-2 2)` by workload of the default namespace. */
function workloads(playground: Playground): string {
  const groups = new Map<string, Map<string, number>>();
  for (const pod of playground.cluster.list.list<Pod>('Pod', 'default')) {
    const name = pod.metadata.labels?.app ?? pod.metadata.name;
    const key = `${name} ${summarizePod(pod).status}`;
    const nodes = groups.get(key) ?? new Map<string, number>();
    const node = pod.spec.nodeName ?? '-';
    nodes.set(node, (nodes.get(node) ?? 0) + 1);
    groups.set(key, nodes);
  }
  return [...groups]
    .map(([key, nodes]) => {
      const places = [...nodes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([n, k]) => `${n} ${k}`);
      return nodes.size > 8 ? `${key} on ${nodes.size} nodes` : `${key} (${places.join(', ')})`;
    })
    .sort()
    .join('\n');
}

it.each(SCENARIOS)('$slug: known kinds, names in both languages, files that its lines name', (s) => {
  for (const o of s.cluster as AnyObject[]) expect(resourceOfKind(o.kind), o.kind).toBeDefined();
  expect(s.titleKo).toMatch(/[가-힣]/);
  expect(s.textKo).toMatch(/[가-힣]/);
  expect(s.titleEn).not.toBe('');
  expect(s.textEn).not.toBe('');
  for (const { line } of s.inputs)
    for (const [, file] of line.matchAll(/-f (\S+)/g)) expect(Object.keys(s.files)).toContain(file);
});

it('has slugs of their own', () => {
  expect(new Set(SCENARIOS.map((s) => s.slug)).size).toBe(SCENARIOS.length);
});

it('keeps back what a kubelet would: reservations and the hard eviction threshold', () => {
  const node = nodeManifest({ name: 'w', cpu: '4', memory: '8Gi' }) as unknown as Node;
  expect(node.status.allocatable).toMatchObject({
    cpu: '3800m',
    memory: '7559577Ki',
    'ephemeral-storage': '56453061427',
  });
  expect(
    allocatableOf(
      { cpu: '8', memory: '32Gi' },
      { kubeReserved: { cpu: '200m', memory: '1Gi' }, systemReserved: { cpu: '200m', memory: '1Gi' } },
    ),
  ).toEqual({
    cpu: '7600m',
    memory: '31354880Ki',
  });
});

it.each(SCENARIOS.filter((s) => s.slug !== 'hundred'))(
  '$slug opens with every node Ready and every system pod Running',
  (s) => {
    const { playground } = play({ ...s, inputs: [] }, 500);
    for (const node of playground.cluster.list.list<Node>('Node')) expect(nodeStatus(node)).toBe('Ready');
    const pods = [...playground.cluster.list.list<Pod>('Pod')];
    expect(pods.map((p) => summarizePod(p).status).filter((w) => w !== 'Running')).toEqual([]);
    expect(pods.length).toBeGreaterThanOrEqual(4 + 2 * playground.cluster.list.count('Node'));
  },
);

it.each(SCENARIOS)('$slug plays: its lines are understood and end as told', (s) => {
  const last = s.inputs.at(-1)?.atMs ?? 0;
  const { playground, told } = play(s, last + (s.slug === 'failure' ? 90_000 : 30_000));
  const said = told.map(
    (t) => `$ ${t.line} → ${t.code ?? 'goes on'}${t.err ? `\n! ${t.err.trim().split('\n').at(-1)}` : ''}`,
  );
  expect(
    `${said.join('\n')}\n${workloads(playground)}`.replace(/-[a-z0-9]{8,10}-[a-z0-9]{5}\b/g, '-R'),
  ).toMatchSnapshot();
});

it('moves something within ten seconds of the opening', () => {
  const { playground } = play(scenarioBySlug('opening')!, 10_000);
  expect([...playground.cluster.list.list<Pod>('Pod', 'default')].map((p) => p.status.phase)).toContain('Running');
});
