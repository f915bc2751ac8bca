import { expect, it } from 'vitest';
import type { Node } from '../../api/core.ts';
import { NodeTree } from './node-tree.ts';

const node = (name: string, zone?: string): Node =>
  ({
    kind: 'Node',
    apiVersion: 'v1',
    metadata: { name, labels: zone ? { 'topology.kubernetes.io/zone': zone } : {} },
  }) as Node;

function tree(...nodes: [string, string?][]): NodeTree {
  const t = new NodeTree();
  for (const [name, zone] of nodes) t.add(node(name, zone));
  return t;
}

it('zones take turns; one that has run out is passed over', () => {
  const t = tree(['n1', 'a'], ['n2', 'a'], ['n3', 'a'], ['n4', 'b'], ['n5', 'c'], ['n6', 'c']);
  expect(t.list().join()).toBe('n1,n4,n5,n2,n6,n3');
});

it('a node that moves goes to the end of its new zone, and an emptied zone comes back last', () => {
  const t = tree(['n1', 'a'], ['n2', 'b'], ['n3', 'c']);
  t.add(node('n1', 'c'));
  expect(t.list().join()).toBe('n2,n3,n1');
  t.add(node('n4', 'a'));
  expect(t.list().join()).toBe('n2,n3,n4,n1');
});

it('survives a save', () => {
  const t = tree(['n1', 'a'], ['n2'], ['n3', 'a']);
  const copy = NodeTree.load(JSON.parse(JSON.stringify(t.save())));
  t.remove('n1');
  copy.remove('n1');
  expect(copy.list()).toEqual(t.list());
  expect(copy.list()).toEqual(['n3', 'n2']);
});
