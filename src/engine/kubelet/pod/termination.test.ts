import { expect, it } from 'vitest';
import { type Yard, yard } from '../../testing/yard.ts';

const pod = (containers: string, more = ''): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {nodeName: w1, ${more} containers: [${containers}]}}`;

function running(yaml: string): Yard {
  const y = yard();
  y.create(yaml);
  y.run(10);
  y.zero();
  return y;
}

it('is over in an instant when the process obeys', () => {
  const y = running(pod('{name: c, image: "nginx:1.27"}'));
  y.delete('Pod', 'p');
  expect(y.run(40).timeline()).toMatchInlineSnapshot(`
    "0.0 p Terminating 1/1
    0.0 p | Killing Stopping container c
    0.2 p Completed 0/1
    0.2 p gone"
  `);
});

it('takes the whole grace when it does not', () => {
  const y = running(pod('{name: c, image: "busybox:1.37", command: [sleep, "3600"]}'));
  y.delete('Pod', 'p');
  expect(y.run(40).timeline()).toMatchInlineSnapshot(`
    "0.0 p Terminating 1/1
    0.0 p | Killing Stopping container c
    30.0 p Error 0/1
    30.0 p gone"
  `);
});

it('runs preStop inside the grace, then SIGTERM', () => {
  const hook = 'lifecycle: {preStop: {sleep: {seconds: 5}}}';
  const y = running(pod(`{name: c, image: "nginx:1.27", ${hook}}`));
  y.delete('Pod', 'p');
  expect(y.run(40).timeline('gone')).toBe('5.2 p gone');
});

it('says when preStop failed and goes on', () => {
  const hook = 'lifecycle: {preStop: {exec: {command: ["false"]}}}';
  const y = running(pod(`{name: c, image: "nginx:1.27", ${hook}}`));
  y.delete('Pod', 'p');
  expect(y.run(5).timeline()).toContain('FailedPreStopHook PreStopHook failed');
});

it('is shortened by a second delete, never lengthened', () => {
  const y = running(pod('{name: c, image: "busybox:1.37", command: [sleep, "3600"]}'));
  y.delete('Pod', 'p');
  y.run(5);
  y.delete('Pod', 'p', { gracePeriodSeconds: 3 });
  expect(y.run(40).timeline('gone')).toBe('8.0 p gone');
});

it('ends at once by force', () => {
  const y = running(pod('{name: c, image: "busybox:1.37", command: [sleep, "3600"]}'));
  y.delete('Pod', 'p', { gracePeriodSeconds: 0 });
  expect(y.run(1).timeline()).toBe('0.0 p gone');
});

it('stops regular containers together, sidecars after them in reverse order', () => {
  const side = (n: string, image: string): string => `{name: ${n}, image: "${image}", restartPolicy: Always}`;
  const y = running(
    pod(
      '{name: a, image: "nginx:1.27"}, {name: b, image: "busybox:1.37", command: [sleep, "3600"]}',
      `terminationGracePeriodSeconds: 4, initContainers: [${side('s1', 'redis:7.4')}, ${side('s2', 'memcached:1.6')}],`,
    ),
  );
  y.delete('Pod', 'p');
  expect(y.run(20).timeline()).toMatchInlineSnapshot(`
    "0.0 p Terminating 4/4
    0.0 p | Killing Stopping container a
    0.0 p | Killing Stopping container b
    0.2 p Terminating 3/4
    4.0 p | Killing Stopping container s2
    4.0 p Terminating 2/4
    4.2 p | Killing Stopping container s1
    4.2 p Terminating 1/4
    4.4 p Error 0/4
    4.4 p gone"
  `);
});

it('does not pull any more once it is to go', () => {
  const y = yard();
  y.create(pod('{name: c, image: "nginx:9.9"}'));
  y.run(3);
  y.zero();
  y.delete('Pod', 'p');
  expect(y.run(30).timeline('gone')).toBe('0.0 p gone');
});

it('leaves a pod with finalizers, in its final phase', () => {
  const y = running(pod('{name: c, image: "nginx:1.27"}').replace('{name: p}', '{name: p, finalizers: [a.example/b]}'));
  y.delete('Pod', 'p');
  y.run(5);
  expect(y.pod('p').status.phase).toBe('Succeeded');
  y.patch('Pod', 'p', { metadata: { finalizers: null } });
  expect(y.run(2).timeline('gone')).not.toBe('');
});
