import { expect, it } from 'vitest';
import type { ContainerStatus, Pod } from '../../api/core.ts';
import { podPhase } from './phase.ts';

/** `r` running, `w` waiting, `c` crash back-off, `0` and `1` ended, `-` unknown. */
function status(name: string, letter: string): ContainerStatus[] {
  const ended = (exitCode: number) => ({ terminated: { exitCode } });
  const states: Record<string, Partial<ContainerStatus>> = {
    r: { state: { running: {} }, started: true },
    w: { state: { waiting: { reason: 'ContainerCreating' } } },
    c: { state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: ended(1) },
    '0': { state: ended(0) },
    '1': { state: ended(1) },
  };
  const s = states[letter];
  return s ? [{ name, image: '', imageID: '', ready: false, restartCount: 0, ...s }] : [];
}

function phase(policy: string, app: string, init = ''): string {
  const names = (letters: string, prefix: string) => [...letters].map((l, i) => ({ name: `${prefix}${i}`, letter: l }));
  const apps = names(app, 'c');
  const inits = names(init.replace('S', ''), 'i');
  const pod = {
    spec: {
      restartPolicy: policy,
      containers: apps.map(({ name }) => ({ name })),
      initContainers: inits.map(({ name }) => ({ name, ...(init.includes('S') ? { restartPolicy: 'Always' } : {}) })),
    },
  } as unknown as Pod;
  return podPhase(
    pod,
    inits.flatMap(({ name, letter }) => status(name, letter)),
    apps.flatMap(({ name, letter }) => status(name, letter)),
  );
}

it.each([
  ['Always', 'w', '', 'Pending'],
  ['Always', '-', '', 'Pending'],
  ['Always', 'r', '', 'Running'],
  ['Always', 'rw', '', 'Pending'],
  ['Always', 'c', '', 'Running'],
  ['Always', '0', '', 'Running'],
  ['Never', '0', '', 'Succeeded'],
  ['Never', '1', '', 'Failed'],
  ['Never', '01', '', 'Failed'],
  ['Never', '0r', '', 'Running'],
  ['OnFailure', '1', '', 'Running'],
  ['OnFailure', '00', '', 'Succeeded'],
  ['OnFailure', 'c', '', 'Running'],
  ['Always', 'w', 'r', 'Pending'],
  ['Always', 'w', '1', 'Pending'],
  ['Never', 'w', '1', 'Failed'],
  ['Always', 'w', 'c', 'Pending'],
  ['Always', 'r', '0', 'Running'],
  ['Never', '0', '0', 'Succeeded'],
  ['Always', 'w', 'Sw', 'Pending'],
  ['Always', 'r', 'Sr', 'Running'],
])('%s, containers %s, init %s: %s', (policy, app, init, expected) => expect(phase(policy, app, init)).toBe(expected));
