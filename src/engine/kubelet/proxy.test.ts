import { expect, it } from 'vitest';
import { type Yard, yard } from '../testing/yard.ts';

const pod = (name: string, containers: string, more = ''): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {nodeName: w1, ${more} containers: [${containers}]}}`;

/** The log's text or the refusal. */
function log(y: Yard, name: string, query: Record<string, unknown> = {}): string {
  const r = y.cluster.request({ verb: 'get', resource: 'pods', namespace: 'default', name, subresource: 'log', query });
  return r.ok ? (r.data as { text: string }).text : r.status.message;
}

function exec(y: Yard, name: string, command: string[], query: Record<string, unknown> = {}): string {
  const r = y.cluster.request({
    verb: 'create',
    resource: 'pods',
    namespace: 'default',
    name,
    subresource: 'exec',
    query: { command, ...query },
  });
  if (!r.ok) return r.status.message;
  const { stdout, stderr, exitCode } = r.data as { stdout: string; stderr: string; exitCode: number };
  return `${stdout}${stderr}(${exitCode})`;
}

const ticker =
  '{name: c, image: "busybox:1.37", command: [sh, -c, "i=0; while true; do i=$((i+1)); echo line $i; sleep 1; done"]}';

it('reads a log, its end, since, with times, and on from where it was', () => {
  const y = yard();
  y.create(pod('t', ticker));
  y.run(4.5);
  expect(log(y, 't')).toBe('line 1\nline 2\nline 3\nline 4\n');
  expect(log(y, 't', { tailLines: 1 })).toBe('line 4\n');
  expect(log(y, 't', { sinceSeconds: 2 })).toBe('line 3\nline 4\n');
  expect(log(y, 't', { tailLines: 1, timestamps: true })).toMatch(/^2026-01-01T00:00:\d\d\.\d{3}000000Z line 4\n$/);
  expect(log(y, 't', { offset: 3 })).toBe('line 4\n');
  expect(log(y, 't', { limitBytes: 6 })).toBe('line 1');
});

it.each([
  ['nginx:9.9', 0.1, 'container "c" in pod "p" is waiting to start: ContainerCreating'],
  ['nginx:9.9', 1.5, 'container "c" in pod "p" is waiting to start: image can\'t be pulled'],
  ['nginx:9.9', 5, 'container "c" in pod "p" is waiting to start: trying and failing to pull image'],
])('has no log of %s after %d s', (image, seconds, said) => {
  const y = yard();
  y.create(pod('p', `{name: c, image: "${image}"}`));
  y.run(seconds);
  expect(log(y, 'p')).toBe(said);
  expect(exec(y, 'p', ['ls'])).toContain('unable to upgrade connection: container not found ("c")');
});

it('keeps the log of the run before', () => {
  const y = yard();
  y.create(pod('p', '{name: c, image: "busybox:1.37", command: [sh, -c, "echo bye; sleep 1; exit 2"]}'));
  y.run(1.5);
  expect(log(y, 'p', { previous: true })).toBe('previous terminated container "c" in pod "p" not found');
  y.run(3);
  expect(log(y, 'p')).toBe('bye\n');
  expect(log(y, 'p', { previous: true })).toBe('bye\n');
});

it('shows one line of a binary for another machine', () => {
  const y = yard('w1:s390x');
  y.create(pod('p', `{name: c, image: "nginx@sha256:${'1'.repeat(64)}", command: [/app]}`));
  y.run(4);
  expect(log(y, 'p')).toBe('exec /app: exec format error\n');
});

it('executes commands with their exit codes', () => {
  const y = yard('w1:arm64');
  y.create(pod('p', '{name: c, image: "nginx:1.27", env: [{name: MODE, value: fast}]}'));
  y.run(4);
  expect(exec(y, 'p', ['uname', '-m'])).toBe('aarch64\n(0)');
  expect(exec(y, 'p', ['printenv', 'MODE'])).toBe('fast\n(0)');
  expect(exec(y, 'p', ['sh', '-c', 'exit 3'])).toBe('(3)');
  expect(exec(y, 'p', ['hostname', '-i'])).toBe('10.244.0.2\n(0)');
  expect(exec(y, 'p', ['nosuch'])).toContain('exec: "nosuch": executable file not found in $PATH');
});

it('says that the machine cannot be reached', () => {
  const y = yard();
  y.create(pod('p', '{name: c, image: "nginx:1.27"}'));
  y.run(4);
  y.fault('power-off', 'w1');
  expect(log(y, 'p')).toMatch(
    /^Get "https:\/\/[\d.]+:10250\/containerLogs\/default\/p\/c": dial tcp [\d.]+:10250: connect: no route to host$/,
  );
  expect(exec(y, 'p', ['ls'])).toMatch(/^error dialing backend: dial tcp [\d.]+:10250: connect: no route to host$/);
});

it('lists containers as crictl would', () => {
  const y = yard();
  y.create(pod('p', '{name: c, image: "nginx:1.27"}'));
  y.run(4);
  expect(y.cluster.nodes!.crictl('w1')).toMatchObject([{ name: 'c', pod: 'p', state: 'Running', attempt: 0 }]);
  y.fault('power-off', 'w1');
  expect(y.cluster.nodes!.crictl('w1')).toBeUndefined();
});
