import { describe, expect, it } from 'vitest';
import { t } from '../i18n/index.ts';
import { applyFrame, emptyRows } from '../rows.ts';
import { clusterFrame, largeCluster, trainerDecision } from '../testing/fake-rows.ts';
import { layout, modeOf } from './layout.ts';
import { estimate } from './measure.ts';
import type { SceneOptions } from './types.ts';

const options: SceneOptions = {
  width: 1108,
  height: 620,
  zoom: 1,
  narrow: false,
  mobile: false,
  terse: false,
  showQueue: true,
  systemNames: false,
  selection: null,
  explained: null,
  waiting: null,
  preview: null,
  t,
  measure: estimate,
};

function fixture() {
  const rows = emptyRows();
  applyFrame(rows, clusterFrame());
  rows.troubles.set('default/ledger-58bd-c4m7t', { reason: 'exec format error', message: 'image amd64, node ppc64le' });
  return rows;
}

const why: Partial<SceneOptions> = {
  width: 716,
  narrow: true,
  selection: { kind: 'Pod', key: 'default/trainer-6b5f-x7d2p' },
  explained: trainerDecision(),
  waiting: trainerDecision(),
};

const STATES: [string, Partial<SceneOptions>][] = [
  ['wide', {}],
  ['why', why],
  ['phone', { width: 390, height: 640, mobile: true }],
  ['projector', { zoom: 1.4, width: 1440, height: 560 }],
  ['dense', { height: 480 }],
  [
    'drain',
    {
      narrow: true,
      width: 740,
      preview: {
        node: 'worker-x86',
        moves: [
          { pod: 'default/web-5d8f-9xk2v', outcome: 'replaced', node: 'worker-ppc64le' },
          { pod: 'default/api-66f4-wk7c9', outcome: 'replaced', node: 'worker-x86-2' },
        ],
      },
    },
  ],
];

describe.each(STATES)('%s', (name, over) => {
  const rows = fixture();
  const scene = layout(rows, { ...options, ...over });

  it('is the golden picture', async () => {
    await expect(`${JSON.stringify(scene, null, 1)}\n`).toMatchFileSnapshot(`./testdata/scene-${name}.json`);
  });

  it('says the same of the same rows', () => {
    expect(layout(fixture(), { ...options, ...over })).toEqual(scene);
  });

  it('draws each pod once, inside its picture, and no two hulls of a node over each other', () => {
    expect(new Set(scene.pods.map((p) => p.uid)).size).toBe(scene.pods.length);
    for (const node of scene.nodes) {
      const own = scene.pods.filter((p) => p.node === node.name);
      for (const [i, a] of own.entries()) {
        expect(a.x + a.w).toBeLessThanOrEqual(scene.width + 1);
        for (const b of own.slice(i + 1))
          expect(a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y).toBe(true);
      }
    }
  });

  it('adds up: reserved, stretches and what is free fill the ruler', () => {
    for (const node of scene.nodes) {
      const row = rows.nodes.get(node.name)!;
      const perMilli = node.ruler.w / row.cpuMilli.capacity;
      const drawn = node.ruler.segments.filter((s) => s.kind !== 'open').reduce((a, s) => a + s.w, 0);
      expect(node.ruler.reservedW / perMilli).toBeCloseTo(row.cpuMilli.capacity - row.cpuMilli.allocatable, 6);
      expect(drawn / perMilli).toBeCloseTo(row.cpuMilli.requested, 6);
    }
  });
});

describe('scale of rulers', () => {
  it('is one for all while capacities are comparable, each its own beyond', () => {
    const rows = fixture();
    const perMilli = () => {
      const { nodes } = layout(rows, options);
      return new Set(nodes.map((n) => (n.ruler.w / rows.nodes.get(n.name)!.cpuMilli.capacity).toFixed(6))).size;
    };
    expect(perMilli()).toBe(1);
    const big = rows.nodes.get('worker-ppc64le')!;
    rows.nodes.set(big.name, { ...big, cpuMilli: { ...big.cpuMilli, capacity: 64_000, allocatable: 63_000 } });
    expect(perMilli()).toBeGreaterThan(1);
  });
});

describe('a refusal', () => {
  const scene = layout(fixture(), { ...options, ...why });
  const node = (name: string) => scene.nodes.find((n) => n.name === name)!;

  it.each([
    ['k8s-master', 'TaintToleration', 'no toleration for control-plane'],
    ['worker-x86', 'NodeResourcesFit', 'asks 2.5 CPU, 2.1 free'],
    ['worker-ppc64le', 'NodeAffinity', 'selector or affinity does not match'],
    ['worker-x86-2', 'NodeUnschedulable', 'node is cordoned'],
  ])('%s: %s', (name, plugin, text) => {
    expect(node(name).verdict).toMatchObject({ kind: 'no', plugin, text });
    expect(node(name).description).toContain(`refused by ${plugin}`);
  });

  it('is drawn where CPU is short, as long as the request', () => {
    const { ghost, ruler } = node('worker-x86');
    expect(ghost).toMatchObject({ asks: 'asks 2.5', short: '0.4 short' });
    const perMilli = ruler.w / 4000;
    expect((ghost!.w + ghost!.overW) / perMilli).toBeCloseTo(2500, 6);
    expect(node('worker-ppc64le').ghost).toBeUndefined();
  });
});

describe('the queue', () => {
  it('lists in pop order and folds what has no room', () => {
    const rows = fixture();
    const pod = [...rows.pods.values()].find((p) => p.lane === 'active')!;
    rows.pods.delete(pod.uid);
    const uids = Array.from({ length: 9 }, (_, i) => `w${i}`);
    for (const uid of uids) rows.pods.set(uid, { ...pod, uid, name: uid });
    rows.queue = rows.queue.map((q) => (q.lane === 'active' ? { ...q, uids } : q));
    const scene = layout(rows, options);
    const shown = scene.pods.filter((p) => uids.includes(p.uid)).map((p) => p.uid);
    expect(shown).toEqual(uids.slice(0, shown.length));
    expect(scene.queue.lanes[0]!.more?.text).toBe(`+${9 - shown.length}`);
  });

  it('is one line when nothing waits, unless it is kept open', () => {
    const rows = fixture();
    for (const [uid, pod] of rows.pods) if (!pod.node) rows.pods.delete(uid);
    rows.queue = [];
    expect(layout(rows, options).queue.height).toBe(40);
    expect(layout(rows, { ...options, holdQueue: true }).queue.height).toBe(98);
  });
});

describe('many nodes', () => {
  it.each([
    [12, 'berths'],
    [13, 'compact'],
    [40, 'compact'],
    [41, 'tiles'],
    [100, 'tiles'],
    [101, 'canvas'],
  ])('%d are %s', (n, mode) => {
    expect(modeOf(n as number)).toBe(mode);
  });

  it('ninety-six fit a usual window', () => {
    const { nodes, pods } = largeCluster(96);
    const rows = emptyRows();
    applyFrame(rows, { ...clusterFrame(), nodes, pods, queue: [] });
    const scene = layout(rows, options);
    expect(scene.nodes).toHaveLength(96);
    expect(Math.max(...scene.nodes.map((n) => n.y + n.h))).toBeLessThanOrEqual(620);
  });
});
