import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Placement, placeAll, placeSequence, type Sequence } from './place.ts';
import { node, object, pod } from './testing/cluster.ts';

const folder = new URL('./testdata/sequences/', import.meta.url);

/** The first step at which a run differs, in words; '' when all agree. */
function firstDifference(sequence: Sequence, placements: readonly Placement[]): string {
  const ours = placeSequence(sequence);
  if ('error' in ours) return ours.error;
  for (const [i, theirs] of placements.entries()) {
    const o = ours.placements[i];
    if (o?.pod === theirs.pod && o.node === theirs.node && (o.message ?? '') === (theirs.message ?? '')) continue;
    return `${sequence.name}, pod ${i}\n  real  ${JSON.stringify(theirs)}\n  Berth ${JSON.stringify(o)}`;
  }
  return ours.placements.length === placements.length ? '' : `${sequence.name}: ${ours.placements.length} placements`;
}

describe('whole runs of the real scheduler', () => {
  it.each(readdirSync(folder).map((f) => f.replace('.jsonl.gz', '')))('%s', (family) => {
    const lines = gunzipSync(readFileSync(new URL(`${family}.jsonl.gz`, folder)))
      .toString('utf8')
      .trim()
      .split('\n');
    const results = lines.map((line) => {
      const { sequence, placements } = JSON.parse(line) as { sequence: Sequence; placements: Placement[] };
      return firstDifference(sequence, placements);
    });
    const bad = results.filter((r) => r !== '');
    console.log(`${family.padEnd(12)} ${lines.length - bad.length}/${lines.length}`);
    expect(bad[0] ?? '').toBe('');
  });
});

describe('manifests on a cluster as it stands', () => {
  const where = (placements: readonly Placement[]): string =>
    placements.map((p) => `${p.pod.replace('default/', '')}:${p.node ?? '-'}`).join(' ');
  const template = (cpu: string) => ({
    metadata: { labels: { app: 'web' } },
    spec: { containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu } } }] },
  });
  const deployment = object('Deployment', 'apps/v1', 'web', {
    spec: { replicas: 3, selector: {}, template: template('2') },
  });

  it('pods without a node and replicas of workloads, in the order of the files', () =>
    expect(
      where(
        placeAll([
          node('n1'),
          node('n2', { cpu: '2' }),
          pod('old', { on: 'n2', requests: { cpu: '1' } }),
          deployment,
          pod('last', { requests: { cpu: '1' } }),
        ]),
      ),
    ).toBe('web-0:n1 web-1:n1 web-2:- last:n2'));

  it('a daemon has one pod a node, cordoned ones included', () => {
    const daemons = object('DaemonSet', 'apps/v1', 'agent', { spec: { template: template('100m') } });
    expect(where(placeAll([node('n1'), node('n2', { unschedulable: true }), daemons]))).toBe('agent-n1:n1 agent-n2:n2');
  });

  it('only what was asked for', () => {
    const one = pod('one');
    expect(where(placeAll([node('n1'), deployment, one], { only: new Set([one]) }))).toBe('one:n1');
  });

  it('a workload whose pods are in the dump is not placed again', () => {
    const set = object('ReplicaSet', 'apps/v1', 'web-1', {
      metadata: { namespace: 'default', ownerReferences: [{ kind: 'Deployment', name: 'web' }] },
      spec: { replicas: 1, template: template('1') },
    });
    const running = pod('web-1-x', { on: 'n1', owner: { kind: 'ReplicaSet', name: 'web-1', apiVersion: 'apps/v1' } });
    expect(where(placeAll([node('n1'), deployment, set, running]))).toBe('');
  });

  it('lists are taken apart', () =>
    expect(where(placeAll([{ apiVersion: 'v1', kind: 'List', items: [node('n1'), pod('p')] }]))).toBe('p:n1'));
});
