import { describe, expect, it } from 'vitest';
import { node, pod } from '../testing/cluster.ts';
import { Cache } from './cache.ts';

const image = (sizeBytes: number) => ({ images: [{ names: ['a:1'], sizeBytes }] });
const listOf = (c: Cache): string => {
  c.snapshot();
  return c.list.map((n) => `${n.name}(${n.pods.map((p) => p.pod.metadata.name).join()})`).join(' ');
};

describe('nodes and pods', () => {
  it('pods may be known before their node', () => {
    const c = new Cache();
    c.setPod(pod('p', { on: 'n1', requests: { cpu: '1' } }));
    expect(listOf(c)).toBe('');
    c.setNode(node('n1'));
    expect(listOf(c)).toBe('n1(p)');
    expect(c.get('n1')!.requested.milliCpu).toBe(1000);
    c.removeNode('n1');
    c.setNode(node('n1'));
    expect(listOf(c)).toBe('n1(p)');
  });

  it('a pod that moves, resizes or goes takes its sums along', () => {
    const c = new Cache();
    c.setNode(node('n1'));
    c.setPod(pod('p', { requests: { cpu: '1' } }), 'n1');
    c.setPod(pod('p', { on: 'n1', requests: { cpu: '2' } }));
    expect(c.get('n1')!.requested.milliCpu).toBe(2000);
    c.removePod('default/p');
    expect([c.get('n1')!.requested.milliCpu, c.podCount]).toEqual([0, 0]);
  });

  it('a confirmed binding changes nothing that is counted', () => {
    const c = new Cache();
    c.setNode(node('n1'));
    const waiting = pod('p', { requests: { cpu: '1' } });
    c.setPod(waiting, 'n1');
    const { generation } = c.get('n1')!;
    const end = c.logEnd;
    c.setPod({ ...waiting, spec: { ...waiting.spec, nodeName: 'n1' } });
    expect([c.get('n1')!.generation, c.logEnd]).toEqual([generation, end]);
  });

  it('the last pod of a node takes the place of one that goes', () => {
    const c = new Cache();
    c.setNode(node('n1'));
    for (const name of ['a', 'b', 'c']) c.setPod(pod(name, { on: 'n1' }));
    c.removePod('default/a');
    expect(listOf(c)).toBe('n1(c,b)');
  });
});

describe('images', () => {
  it('a node keeps the count of the last snapshot in which it had changed', () => {
    const c = new Cache();
    c.setNode(node('n1', image(100)));
    c.snapshot();
    c.setNode(node('n2', image(200)));
    c.snapshot();
    expect(c.get('n1')!.images.get('a:1')).toEqual({ sizeBytes: 100, nodes: 1 });
    expect(c.get('n2')!.images.get('a:1')).toEqual({ sizeBytes: 100, nodes: 2 });
    c.setPod(pod('p', { on: 'n1' }));
    c.snapshot();
    expect(c.get('n1')!.images.get('a:1')!.nodes).toBe(2);
  });
});

it('goes on the same from its saved form', () => {
  const c = new Cache();
  const nodes = [node('n1', image(100)), node('n2', { labels: { 'topology.kubernetes.io/zone': 'b' } }), node('n3')];
  const pods = ['a', 'b', 'c'].map((name) => pod(name, { on: 'n1' }));
  for (const n of nodes) c.setNode(n);
  for (const p of pods) c.setPod(p);
  c.snapshot();
  c.removePod('default/a');
  const copy = Cache.load(
    JSON.parse(JSON.stringify(c.save())),
    (name) => nodes.find((n) => n.metadata.name === name),
    (key) => pods.find((p) => `default/${p.metadata.name}` === key),
  );
  expect(listOf(copy)).toBe(listOf(c));
  expect(copy.save()).toEqual(c.save());
});
