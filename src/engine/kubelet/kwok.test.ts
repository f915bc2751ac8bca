import { expect, it } from 'vitest';
import type { Event, Pod } from '../api/core.ts';
import { summarizePod } from '../api/pod-status.ts';
import { type Lab, lab } from '../testing/lab.ts';

const word = (l: Lab, name: string): string => {
  const s = summarizePod(l.get<Pod>('Pod', name)!);
  return `${s.status} ${s.ready}/${s.total}`;
};

const pod = (spec: string): string => `{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {nodeName: w1, ${spec}}}`;

it.each([
  ['any image', 'containers: [{name: c, image: whatever}]', 'Running 1/1'],
  ['an image called no-such', 'containers: [{name: c, image: "nginx:no-such-tag"}]', 'ImagePullBackOff 0/1'],
  [
    'a readiness probe of false',
    'containers: [{name: c, image: x, readinessProbe: {exec: {command: ["false"]}}}]',
    'Running 0/1',
  ],
  [
    'exit 1 under Never',
    'restartPolicy: Never, containers: [{name: c, image: x, command: [sh, -c, "exit 1"]}]',
    'Error 0/1',
  ],
  ['exit 1 under Always', 'containers: [{name: c, image: x, command: [sh, -c, "exit 1"]}]', 'Running 1/1'],
  [
    'echo in a bare pod',
    'restartPolicy: Never, containers: [{name: c, image: x, args: [echo, hello]}]',
    'Completed 0/1',
  ],
  ['echo and sleep', 'containers: [{name: c, image: x, command: [sh, -c, "echo hi && sleep 3600"]}]', 'Running 1/1'],
  [
    'init containers',
    'initContainers: [{name: i, image: x, command: ["false"]}], containers: [{name: c, image: x}]',
    'Running 1/1',
  ],
  [
    'a sidecar',
    'initContainers: [{name: i, image: x, restartPolicy: Always}], containers: [{name: c, image: x}]',
    'Running 2/2',
  ],
])('%s', (_title, spec, said) => {
  const l = lab('w1');
  l.create(pod(spec));
  l.run(0.25);
  expect(l.get<Pod>('Pod', 'p')!.status.phase).toBe('Pending');
  l.run(1);
  expect(word(l, 'p')).toBe(said);
});

it('writes what the recordings show: no IDs, no events of kubelets, whole conditions', () => {
  const l = lab('w1');
  l.create(pod('containers: [{name: c, image: "nginx:1.14"}]'));
  l.run(2);
  const { status } = l.get<Pod>('Pod', 'p')!;
  expect(status.containerStatuses).toMatchObject([
    { image: 'nginx:1.14', imageID: '', lastState: {}, name: 'c', ready: true, restartCount: 0, started: true },
  ]);
  expect(status.conditions!.map((c) => [c.type, c.status, c.observedGeneration, c.lastProbeTime])).toEqual(
    ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map((t) => [
      t,
      'True',
      1,
      null,
    ]),
  );
  expect([...l.cluster.list.list<Event>('Event')].filter((e) => e.source?.component === 'kubelet')).toEqual([]);
});

it('lets deleted pods go at once, unless the node is silent', () => {
  const l = lab('w1 w2 w3');
  l.create(pod('containers: [{name: c, image: x}]'));
  l.run(1);
  l.fault('power-off', 'w1');
  l.delete('Pod', 'p');
  l.run(1);
  expect(word(l, 'p')).toBe('Terminating 1/1');
  l.fault('power-on', 'w1');
  l.run(1);
  expect(l.get('Pod', 'p')).toBeUndefined();
});
