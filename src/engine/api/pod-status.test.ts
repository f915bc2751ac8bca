import { describe, expect, it } from 'vitest';
import type { ContainerState, ContainerStatus, Pod } from './core.ts';
import { formatReadinessGates, formatRestarts, summarizePod } from './pod-status.ts';

const NOW = Date.UTC(2026, 0, 1, 0, 10);
const running: ContainerState = { running: { startedAt: '2026-01-01T00:00:00Z' } };
const waiting = (reason?: string): ContainerState => ({ waiting: reason ? { reason } : {} });
const ended = (exitCode: number, reason?: string, signal?: number): ContainerState => ({
  terminated: { exitCode, ...(reason ? { reason } : {}), ...(signal ? { signal } : {}) },
});

const status = (name: string, state: ContainerState, more: Partial<ContainerStatus> = {}): ContainerStatus => ({
  name,
  image: 'i',
  imageID: '',
  ready: state.running !== undefined,
  restartCount: 0,
  state,
  ...more,
});

interface Shape {
  phase?: string;
  reason?: string;
  mains?: ContainerState[];
  inits?: (ContainerState | [ContainerState, Partial<ContainerStatus>])[];
  sidecar?: boolean;
  conditions?: Record<string, string>;
  deleting?: boolean;
}

function pod(shape: Shape): Pod {
  const mains = shape.mains ?? [];
  const inits = (shape.inits ?? []).map((s) => (Array.isArray(s) ? s : ([s, {}] as const)));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'p',
      ...(shape.deleting ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
    } as Pod['metadata'],
    spec: {
      containers: mains.map((_, i) => ({ name: `c${i}` })),
      initContainers: inits.map((_, i) => ({ name: `i${i}`, ...(shape.sidecar ? { restartPolicy: 'Always' } : {}) })),
    },
    status: {
      phase: shape.phase ?? 'Running',
      ...(shape.reason ? { reason: shape.reason } : {}),
      conditions: Object.entries(shape.conditions ?? {}).map(([type, s]) => ({ type, status: s as 'True' })),
      containerStatuses: mains.map((s, i) => status(`c${i}`, s)),
      initContainerStatuses: inits.map(([s, more], i) => status(`i${i}`, s, more)),
    },
  };
}

describe('STATUS and READY', () => {
  it.each<[string, Shape, string]>([
    ['just made', { phase: 'Pending' }, '0/0 Pending'],
    ['evicted', { phase: 'Failed', reason: 'Evicted' }, '0/0 Evicted'],
    ['starting', { phase: 'Pending', mains: [waiting('ContainerCreating')] }, '0/1 ContainerCreating'],
    ['running', { mains: [running, running] }, '2/2 Running'],
    ['crashing', { mains: [running, waiting('CrashLoopBackOff')] }, '1/2 CrashLoopBackOff'],
    [
      'the first container in trouble wins',
      { mains: [waiting('ErrImagePull'), waiting('CrashLoopBackOff')] },
      '0/2 ErrImagePull',
    ],
    ['done', { phase: 'Succeeded', mains: [ended(0, 'Completed')] }, '0/1 Completed'],
    ['failed', { phase: 'Failed', mains: [ended(1, 'Error')] }, '0/1 Error'],
    ['failed without a reason', { phase: 'Failed', mains: [ended(3)] }, '0/1 ExitCode:3'],
    ['killed without a reason', { phase: 'Failed', mains: [ended(137, undefined, 9)] }, '0/1 Signal:9'],
    [
      'one done, one serving',
      { mains: [ended(0, 'Completed'), running], conditions: { Ready: 'True' } },
      '1/2 Running',
    ],
    ['one done, one not ready', { mains: [ended(0, 'Completed'), running] }, '1/2 NotReady'],
    ['one done, one failed', { phase: 'Failed', mains: [ended(0, 'Completed'), ended(1, 'Error')] }, '0/2 Error'],
    ['being deleted', { mains: [running], deleting: true }, '1/1 Terminating'],
    [
      'finished, being deleted',
      { phase: 'Succeeded', mains: [ended(0, 'Completed')], deleting: true },
      '0/1 Completed',
    ],
    ['on a lost node', { mains: [running], reason: 'NodeLost', deleting: true }, '1/1 Unknown'],
    [
      'initializing',
      { phase: 'Pending', inits: [ended(0, 'Completed'), running], mains: [waiting('PodInitializing')] },
      '0/1 Init:1/2',
    ],
    [
      'init failed',
      { phase: 'Pending', inits: [ended(1, 'Error')], mains: [waiting('PodInitializing')] },
      '0/1 Init:Error',
    ],
    ['init failed without a reason', { phase: 'Pending', inits: [ended(2)], mains: [] }, '0/0 Init:ExitCode:2'],
    ['init killed', { phase: 'Pending', inits: [ended(137, undefined, 9)], mains: [] }, '0/0 Init:Signal:9'],
    [
      'init crashing',
      { phase: 'Pending', inits: [waiting('CrashLoopBackOff')], mains: [] },
      '0/0 Init:CrashLoopBackOff',
    ],
    ['a sidecar counts', { sidecar: true, inits: [[running, { started: true }]], mains: [running] }, '2/2 Running'],
    [
      'a sidecar that has not started',
      { phase: 'Pending', sidecar: true, inits: [running], mains: [waiting('PodInitializing')] },
      '0/2 Init:0/1',
    ],
  ])('%s', (_, shape, wanted) => {
    const s = summarizePod(pod(shape));
    expect(`${s.ready}/${s.total} ${s.status}`).toBe(wanted);
  });

  it('a gated pod says so', () => {
    const p = pod({ phase: 'Pending' });
    p.status.conditions = [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }];
    expect(summarizePod(p).status).toBe('SchedulingGated');
  });
});

describe('RESTARTS', () => {
  const ago = (finishedAt: string): ContainerState => ({ terminated: { exitCode: 1, finishedAt } });

  it('adds up, and says when the last one was', () => {
    const p = pod({ mains: [running, running] });
    p.status.containerStatuses![0]!.restartCount = 2;
    p.status.containerStatuses![0]!.lastState = ago('2026-01-01T00:09:50Z');
    p.status.containerStatuses![1]!.restartCount = 1;
    p.status.containerStatuses![1]!.lastState = ago('2026-01-01T00:09:00Z');
    expect(formatRestarts(summarizePod(p), NOW)).toBe('3 (10s ago)');
  });

  it('is a bare number when nobody knows', () => {
    expect(formatRestarts({ ready: 0, total: 1, status: 'Running', restarts: 4 }, NOW)).toBe('4');
    expect(formatRestarts(summarizePod(pod({ mains: [running] })), NOW)).toBe('0');
  });

  it('counts init containers only while they run', () => {
    const p = pod({
      phase: 'Pending',
      inits: [[waiting('CrashLoopBackOff'), { restartCount: 5 }]],
      mains: [waiting('PodInitializing')],
    });
    expect(summarizePod(p).restarts).toBe(5);
    p.status.initContainerStatuses![0]!.state = ended(0, 'Completed');
    expect(summarizePod(p).restarts).toBe(0);
  });
});

it('readiness gates', () => {
  const p = pod({ conditions: { 'example.com/a': 'True' } });
  expect(formatReadinessGates(p)).toBe('<none>');
  p.spec.readinessGates = [{ conditionType: 'example.com/a' }, { conditionType: 'example.com/b' }];
  expect(formatReadinessGates(p)).toBe('1/2');
});
