import { expect, it } from 'vitest';
import { yard } from '../../testing/yard.ts';

const pod = (container: string): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {nodeName: w1, containers: [{name: c, ${container}}]}}`;

it('kills after three failures of an exec probe, and lets the shell have its grace', () => {
  const y = yard();
  const script = 'touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600';
  const probe = 'livenessProbe: {exec: {command: [cat, /tmp/healthy]}, initialDelaySeconds: 5, periodSeconds: 5}';
  y.create(pod(`image: "busybox:1.37", command: [sh, -c, "${script}"], ${probe}`));
  y.run(1.1);
  y.zero();
  expect(y.run(80).timeline()).toMatchInlineSnapshot(`
    "34.9 p | Unhealthy Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory
    39.9 p | Unhealthy Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory x2
    44.9 p | Unhealthy Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory x3
    44.9 p | Killing Container c failed liveness probe, will be restarted
    74.9 p Error 0/1
    75.2 p | Pulled Container image "busybox:1.37" already present on machine and can be accessed by the pod
    75.2 p | Created Container created x2
    75.4 p | Started Container started x2
    75.4 p Running 1/1 1 (1s ago)"
  `);
});

it('makes a pod ready when its readiness probe passes, not before', () => {
  const y = yard();
  y.create(pod('image: "nginx:1.27", readinessProbe: {httpGet: {path: /, port: 80}, initialDelaySeconds: 8}'));
  expect(y.run(20).timeline('Running')).toMatchInlineSnapshot(`
    "2.4 p Running 0/1
    10.4 p Running 1/1"
  `);
});

it('goes on failing a readiness probe without killing', () => {
  const y = yard();
  y.create(pod('image: "nginx:1.27", readinessProbe: {httpGet: {path: /nope, port: 80}, periodSeconds: 5}'));
  expect(y.run(13).timeline('p |')).toMatchInlineSnapshot(`
    "0.3 p | Pulling Pulling image "nginx:1.27"
    2.2 p | Pulled Successfully pulled image "nginx:1.27" in 1.842s (1.842s including waiting). Image size: 72584649 bytes.
    2.2 p | Created Container created
    2.4 p | Started Container started
    2.4 p | Unhealthy Readiness probe failed: HTTP probe failed with statuscode: 404
    7.4 p | Unhealthy Readiness probe failed: HTTP probe failed with statuscode: 404 x2
    12.4 p | Unhealthy Readiness probe failed: HTTP probe failed with statuscode: 404 x3"
  `);
  expect(y.pod('p').status.containerStatuses![0]).toMatchObject({ ready: false, started: true, restartCount: 0 });
});

it('holds liveness back until the startup probe has passed', () => {
  const y = yard();
  const startup = 'startupProbe: {exec: {command: [cat, /tmp/up]}, periodSeconds: 2, failureThreshold: 30}';
  const liveness = 'livenessProbe: {exec: {command: [cat, /tmp/nope]}, periodSeconds: 2, failureThreshold: 1}';
  y.create(
    pod(`image: "busybox:1.37", command: [sh, -c, "sleep 5; touch /tmp/up; sleep 600"], ${startup}, ${liveness}`),
  );
  y.run(12);
  expect(y.timeline('Liveness')).toMatchInlineSnapshot(
    `"7.0 p | Unhealthy Liveness probe failed: cat: can't open '/tmp/nope': No such file or directory"`,
  );
  expect(y.timeline('Killing')).toMatchInlineSnapshot(
    `"7.0 p | Killing Container c failed liveness probe, will be restarted"`,
  );
});

it.each([
  ['tcpSocket: {port: 81}', 'Readiness probe failed: dial tcp 10.244.0.2:81: connect: connection refused'],
  [
    'httpGet: {port: 81}',
    'Readiness probe failed: Get "http://10.244.0.2:81/": dial tcp 10.244.0.2:81: connect: connection refused',
  ],
  ['httpGet: {port: 80, path: /x}', 'Readiness probe failed: HTTP probe failed with statuscode: 404'],
  ['exec: {command: [sleep, "5"]}', 'Readiness probe failed: command timed out: "sleep 5" timed out after 1s'],
  ['exec: {command: [cat, /x]}', "Readiness probe failed: cat: can't open '/x': No such file or directory"],
])('%s fails with its words', (probe, words) => {
  const y = yard();
  y.create(pod(`image: "nginx:1.27", readinessProbe: {${probe}}`));
  expect(y.run(4).timeline('Unhealthy')).toContain(words);
});

it('looks again after somebody has been inside', () => {
  const y = yard();
  y.create(
    pod('image: "nginx:1.27", readinessProbe: {exec: {command: [ls, /etc/x]}, periodSeconds: 5, failureThreshold: 1}'),
  );
  y.run(4);
  const exec = (command: string[]): unknown =>
    y.request({
      verb: 'create',
      resource: 'pods',
      namespace: 'default',
      name: 'p',
      subresource: 'exec',
      query: { command },
    });
  exec(['touch', '/etc/x']);
  y.run(6);
  expect(y.pod('p').status.containerStatuses![0]!.ready).toBe(true);
  exec(['rm', '/etc/x']);
  y.run(6);
  expect(y.pod('p').status.containerStatuses![0]!.ready).toBe(false);
});
