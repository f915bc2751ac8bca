import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../api/meta.ts';
import { Store } from '../apiserver/store.ts';
import { namespace, node, pod, replicaSet } from './builders.ts';
import { Invariants } from './invariants.ts';
import { START_MS } from './server.ts';

function storeOf(...objects: KubeObject[]): Store {
  const store = new Store();
  for (const o of [namespace('default'), ...objects]) store.put(o as never);
  return store;
}

describe('what is well', () => {
  it('a node with pods that fit, an owner with its pod', () => {
    const owner = replicaSet('web');
    const store = storeOf(node('a'), owner, pod('p').on('a').requests({ cpu: '4' }).running().ownedBy(owner));
    expect(new Invariants().check(store, START_MS)).toEqual([]);
  });

  it('finished pods take nothing', () => {
    const store = storeOf(node('a'), pod('p').on('a').requests({ cpu: '8' }).phase('Succeeded'));
    expect(new Invariants().check(store, START_MS)).toEqual([]);
  });
});

describe('what is wrong', () => {
  it('more requests than the node may give away', () => {
    const store = storeOf(
      node('a'),
      pod('p').on('a').requests({ cpu: '3' }).running(),
      pod('q').on('a').requests({ cpu: '2' }).running(),
    );
    expect(new Invariants().check(store, START_MS)).toEqual(['node a runs 5000 of 4000 cpu']);
  });

  it('more pods than the node may have', () => {
    const store = storeOf(node('a').allocatable({ pods: '1' }), pod('p').on('a').running(), pod('q').on('a').running());
    expect(new Invariants().check(store, START_MS)).toEqual(['node a runs 2 of 1 pods']);
  });

  it('a pod whose node is gone, once that has lasted', () => {
    const store = storeOf(pod('p').on('gone'));
    const invariants = new Invariants({ lostPodMs: 1000 });
    expect(invariants.check(store, START_MS)).toEqual([]);
    expect(invariants.check(store, START_MS + 1000)).toEqual([]);
    expect(invariants.check(store, START_MS + 1001)).toEqual(['Pod default/p is bound to gone, which is no more']);
  });

  it('patience starts anew when the trouble went away in between', () => {
    const store = storeOf(pod('p').on('a'));
    const invariants = new Invariants({ lostPodMs: 1000 });
    invariants.check(store, START_MS);
    const event = store.put(node('a') as never);
    invariants.check(store, START_MS + 500);
    store.remove('Node', event.key);
    expect(invariants.check(store, START_MS + 1400)).toEqual([]);
  });

  it('an object that outlived its owners', () => {
    const store = storeOf(pod('p').ownedBy(replicaSet('gone')));
    const invariants = new Invariants({ orphanMs: 0 });
    invariants.check(store, START_MS);
    expect(invariants.check(store, START_MS + 1)).toEqual(['Pod default/p outlived all its owners']);
  });

  it('a deleted object that nothing holds', () => {
    const store = storeOf(pod('p').terminating(START_MS, 0));
    expect(new Invariants().check(store, START_MS)).toEqual([
      'Pod default/p is deleted and waits for nothing, yet it is there',
    ]);
  });

  it('an object in a namespace that is not there', () => {
    expect(new Invariants().check(storeOf(pod('p').in('x')), START_MS)).toEqual([
      'Pod x/p is in a namespace that is not there',
    ]);
  });

  it('an older cluster than the one seen before', () => {
    const invariants = new Invariants();
    invariants.check(storeOf(node('a'), node('b')), START_MS);
    expect(invariants.check(storeOf(node('a')), START_MS)[0]).toBe('the revision fell from 3 to 2');
  });
});
