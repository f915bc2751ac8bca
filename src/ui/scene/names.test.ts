import { describe, expect, it } from 'vitest';
import { t } from '../i18n/index.ts';
import { clusterNodes, clusterPods, FIXTURE_NOW_MS } from '../testing/fake-rows.ts';
import { cores, cpuWord, factText, memoryWord, nodeDescription, nodeLabel, podDescription, podLabel } from './names.ts';

const node = (name: string) => clusterNodes().find((n) => n.name === name)!;
const pod = (name: string) => clusterPods().find((p) => p.name === name)!;

describe('names are the ones interfaces promise', () => {
  it.each([
    ['k8s-master', 'k8s-master, amd64, Ready'],
    ['worker-x86-2', 'worker-x86-2, amd64, Ready, cordoned'],
  ])('%s', (name, label) => {
    expect(nodeLabel(node(name), t)).toBe(label);
  });
  it.each([
    ['db-0', 'Pod default/db-0, Running, on worker-ppc64le'],
    ['trainer-6b5f-x7d2p', 'Pod default/trainer-6b5f-x7d2p, Pending'],
    ['ledger-58bd-c4m7t', 'Pod default/ledger-58bd-c4m7t, CrashLoopBackOff, on worker-ppc64le'],
  ])('%s', (name, label) => {
    expect(podLabel(pod(name), t)).toBe(label);
  });
});

describe('descriptions', () => {
  it('adds up what the ruler shows', () => {
    expect(nodeDescription(node('worker-x86-2'), t)).toBe(
      'draining 1 of 2, 2.95 of 3.8 CPU free, 4 pods, node.kubernetes.io/unschedulable:NoSchedule',
    );
  });
  it('says what a pod asks and where it waits', () => {
    expect(podDescription(pod('trainer-6b5f-x7d2p'), FIXTURE_NOW_MS, t)).toBe('unschedulable, asks 2.5 CPU, 2Gi');
    expect(podDescription(pod('api-66f4-zr2mh'), FIXTURE_NOW_MS, t)).toBe(
      '1 of 2 ready, asks 500m CPU, 512Mi, 1/2 ready',
    );
  });
});

describe('numbers', () => {
  it.each([
    [1850, '1.85'],
    [500, '0.5'],
    [4000, '4'],
  ])('%d milli are %s cores', (milli, text) => {
    expect(cores(milli)).toBe(text);
  });
  it.each([
    [250, '250m'],
    [2500, '2.5'],
    [1000, '1'],
  ])('%d milli are asked as %s', (milli, text) => {
    expect(cpuWord(milli)).toBe(text);
  });
  it.each([
    [256 * 1024 ** 2, '256Mi'],
    [2 * 1024 ** 3, '2Gi'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(memoryWord(bytes)).toBe(text);
  });
});

describe('facts', () => {
  it.each([
    [{ kind: 'pull', startMs: 0, endMs: 1000 }, 620, 'pulling 62%', '62%'],
    [{ kind: 'grace', untilMs: 11_000 }, 0, 'grace 11 s', '11 s'],
    [{ kind: 'retry', atMs: 3200 }, 0, 'retry 3.2 s', '3.2 s'],
    [{ kind: 'restarts', count: 4 }, 0, 'restart 4', '4'],
    [{ kind: 'exit', code: 0 }, 0, 'exit 0', '0'],
  ] as const)('%o at %d', (fact, now, long, short) => {
    expect(factText(fact, now, t)).toEqual({ long, short });
  });
});
