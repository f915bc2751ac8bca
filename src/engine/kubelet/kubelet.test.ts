import { expect, it } from 'vitest';
import { yard } from '../testing/yard.ts';

/** A pod on `w1` (amd64) unless it says otherwise; containers in flow style. */
const pod = (name: string, containers: string, more = ''): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {nodeName: w1, ${more} containers: [${containers}]}}`;

const c = (image: string, command = '', more = ''): string =>
  `{name: c, image: "${image}"${command ? `, command: ${command}` : ''}${more ? `, ${more}` : ''}}`;

it('runs a plain pod: sandbox, pull, created, started', () => {
  const y = yard();
  y.create(pod('web', c('nginx:1.27')));
  expect(y.run(10).timeline()).toMatchInlineSnapshot(`
    "0.0 web Pending 0/1
    0.0 web ContainerCreating 0/1
    0.3 web | Pulling Pulling image "nginx:1.27"
    2.2 web | Pulled Successfully pulled image "nginx:1.27" in 1.842s (1.842s including waiting). Image size: 72584649 bytes.
    2.2 web | Created Container created
    2.4 web | Started Container started
    2.4 web Running 1/1"
  `);
  const { status } = y.pod('web');
  expect(status.conditions?.map((x) => `${x.type}=${x.status}`)).toEqual([
    'PodReadyToStartContainers=True',
    'Initialized=True',
    'Ready=True',
    'ContainersReady=True',
    'PodScheduled=True',
  ]);
  expect(status.podIP).toBe('10.244.0.2');
});

it('pulls one image after the other and keeps what it has', () => {
  const y = yard();
  y.create(`${pod('a', c('nginx:1.27'))}\n---\n${pod('b', c('httpd:2.4'))}\n---\n${pod('d', c('nginx:1.27'))}`);
  expect(y.run(20).timeline('Pulled')).toMatchInlineSnapshot(`
    "2.2 a | Pulled Successfully pulled image "nginx:1.27" in 1.842s (1.842s including waiting). Image size: 72584649 bytes.
    3.7 b | Pulled Successfully pulled image "httpd:2.4" in 1.589s (3.431s including waiting). Image size: 59835636 bytes.
    4.1 d | Pulled Successfully pulled image "nginx:1.27" in 400ms (3.831s including waiting). Image size: 72584649 bytes."
  `);
});

it('restarts a crashing container at 0, 0, 10, 30, 70, 150, 310, 610 and 910 seconds', () => {
  const y = yard();
  y.create(pod('crash', c('busybox:1.37', '[sh, -c, "exit 1"]')));
  const starts = y
    .run(950)
    .timeline('Started')
    .split('\n')
    .map((l) => Math.round(Number.parseFloat(l) - 1));
  expect(starts).toEqual([0, 1, 11, 31, 71, 151, 312, 612, 912]);
  expect(y.pod('crash').status.phase).toBe('Running');
});

it('shows Error, then CrashLoopBackOff', () => {
  const y = yard();
  y.create(pod('crash', c('busybox:1.37', '[sh, -c, "exit 1"]')));
  expect(y.run(14).timeline()).toMatchInlineSnapshot(`
    "0.0 crash Pending 0/1
    0.0 crash ContainerCreating 0/1
    0.3 crash | Pulling Pulling image "busybox:1.37"
    0.8 crash | Pulled Successfully pulled image "busybox:1.37" in 451ms (451ms including waiting). Image size: 2577767 bytes.
    0.8 crash | Created Container created
    1.0 crash | Started Container started
    1.0 crash Error 0/1
    1.3 crash | Pulled Container image "busybox:1.37" already present on machine and can be accessed by the pod
    1.3 crash | Created Container created x2
    1.5 crash | Started Container started x2
    1.5 crash Error 0/1 1 (1s ago)
    1.8 crash | BackOff Back-off restarting failed container c in pod crash_default(UID)
    1.8 crash CrashLoopBackOff 0/1 1 (0s ago)
    11.5 crash | Pulled Container image "busybox:1.37" already present on machine and can be accessed by the pod x2
    11.5 crash | Created Container created x3
    11.7 crash | Started Container started x3
    11.7 crash Error 0/1 2 (10s ago)
    12.0 crash | BackOff Back-off restarting failed container c in pod crash_default(UID) x2
    12.0 crash CrashLoopBackOff 0/1 2 (0s ago)"
  `);
  expect(y.pod('crash').status.containerStatuses![0]!.state!.waiting!.message).toMatch(
    /^back-off 20s restarting failed container=c pod=crash_default\([0-9a-f-]{36}\)$/,
  );
});

it('loops on exit 0 under Always, completes under OnFailure', () => {
  const y = yard();
  y.create(`${pod('b', c('busybox:1.37'))}\n---\n${pod('o', c('busybox:1.37'), 'restartPolicy: OnFailure,')}`);
  y.run(5);
  expect(y.timeline('b ')).toContain('CrashLoopBackOff');
  expect(y.timeline('o Completed')).not.toBe('');
  expect(y.pod('o').status.phase).toBe('Succeeded');
});

it.each([
  ['Never', '[sh, -c, "exit 3"]', 'Failed', 'Error'],
  ['Never', '[sh, -c, "exit 0"]', 'Succeeded', 'Completed'],
  ['OnFailure', '[sh, -c, "exit 3"]', 'Running', 'Error'],
])('under %s a container that runs %s makes the phase %s', (policy, command, phase, reason) => {
  const y = yard();
  y.create(pod('p', c('busybox:1.37', command), `restartPolicy: ${policy},`));
  y.run(4);
  const { status } = y.pod('p');
  const s = status.containerStatuses![0]!;
  expect(status.phase).toBe(phase);
  expect((s.state?.terminated ?? s.lastState?.terminated)?.reason).toBe(reason);
});

it('backs off from a tag that does not exist', () => {
  const y = yard();
  y.create(pod('bad', c('nginx:9.9')));
  expect(y.run(12).timeline()).toMatchInlineSnapshot(`
    "0.0 bad Pending 0/1
    0.0 bad ContainerCreating 0/1
    0.3 bad | Pulling Pulling image "nginx:9.9"
    1.0 bad | Failed Failed to pull image "nginx:9.9": rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:9.9": failed to resolve reference "docker.io/library/nginx:9.9": docker.io/library/nginx:9.9: not found
    1.0 bad | Failed Error: ErrImagePull
    1.0 bad ErrImagePull 0/1
    2.0 bad | BackOff Back-off pulling image "nginx:9.9"
    2.0 bad | Failed Error: ImagePullBackOff
    2.0 bad ImagePullBackOff 0/1
    11.0 bad | Pulling Pulling image "nginx:9.9" x2
    11.7 bad | Failed Failed to pull image "nginx:9.9": rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:9.9": failed to resolve reference "docker.io/library/nginx:9.9": docker.io/library/nginx:9.9: not found x2
    11.7 bad | Failed Error: ErrImagePull x2
    11.7 bad ErrImagePull 0/1"
  `);
  const tries = y
    .run(700)
    .timeline('Pulling')
    .split('\n')
    .map((l) => Math.round(Number.parseFloat(l)));
  expect(tries).toEqual([0, 11, 32, 72, 153, 314, 615]);
  expect(y.pod('bad').status.phase).toBe('Pending');
});

it('refuses an index without the platform in the words of containerd', () => {
  const y = yard('w1 w2:ppc64le');
  y.create(pod('k', c('kongru/dockerize:base', '[sleep, infinity]')));
  y.create(pod('p', c('kongru/dockerize:base', '[sleep, infinity]')).replace('w1', 'w2'));
  y.run(6);
  expect(y.timeline('k | Failed').split('\n')[0]).toMatchInlineSnapshot(
    `"1.0 k | Failed Failed to pull image "kongru/dockerize:base": rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/kongru/dockerize:base": no match for platform in manifest: not found"`,
  );
  expect(y.pod('k').status.containerStatuses![0]!.state!.waiting!.reason).toBe('ImagePullBackOff');
  expect(y.pod('p').status.phase).toBe('Running');
});

it('runs a single manifest of another platform into exec format error', () => {
  const y = yard('w1 w2:ppc64le');
  const digest = `nginx@sha256:${'ab'.repeat(32)}`;
  y.create(pod('d', c(digest)).replace('w1', 'w2'));
  y.run(6);
  expect(y.timeline('d ')).toMatchInlineSnapshot(`
    "0.0 d Pending 0/1
    0.0 d ContainerCreating 0/1
    0.3 d | Pulling Pulling image "nginx@sha256:abababababababababababababababababababababababababababababababab"
    2.1 d | Pulled Successfully pulled image "nginx@sha256:abababababababababababababababababababababababababababababababab" in 1.838s (1.838s including waiting). Image size: 72351744 bytes.
    2.1 d | Created Container created
    2.3 d | Started Container started
    2.3 d Error 0/1
    2.6 d | Pulled Container image "nginx@sha256:abababababababababababababababababababababababababababababababab" already present on machine and can be accessed by the pod
    2.6 d | Created Container created x2
    2.8 d | Started Container started x2
    2.8 d Error 0/1 1 (0s ago)
    3.1 d | BackOff Back-off restarting failed container c in pod d_default(UID)
    3.1 d CrashLoopBackOff 0/1 1 (1s ago)"
  `);
  const s = y.pod('d').status;
  expect(s.phase).toBe('Running');
  expect(s.containerStatuses![0]!.lastState!.terminated!.exitCode).toBe(255);
});

it('waits in an init container until the Service exists', () => {
  const y = yard();
  const until = '[sh, -c, "until nslookup db; do echo waiting for db; sleep 2; done"]';
  y.create(pod('app', c('nginx:1.27'), `initContainers: [{name: wait, image: "busybox:1.37", command: ${until}}],`));
  y.run(9);
  expect(y.pod('app').status.conditions?.find((x) => x.type === 'Initialized')).toMatchObject({
    status: 'False',
    reason: 'ContainersNotInitialized',
    message: 'containers with incomplete status: [wait]',
  });
  y.create('{apiVersion: v1, kind: Service, metadata: {name: db}, spec: {ports: [{port: 5432}]}}');
  expect(y.run(9).timeline('app ')).toMatchInlineSnapshot(`
    "0.0 app Pending 0/1
    0.0 app Init:0/1 0/1
    0.3 app | Pulling Pulling image "busybox:1.37"
    0.8 app | Pulled Successfully pulled image "busybox:1.37" in 451ms (451ms including waiting). Image size: 2577767 bytes.
    0.8 app | Created Container created
    1.0 app | Started Container started
    11.0 app | Pulling Pulling image "nginx:1.27"
    11.0 app PodInitializing 0/1
    12.8 app | Pulled Successfully pulled image "nginx:1.27" in 1.842s (1.842s including waiting). Image size: 72584649 bytes.
    12.8 app | Created Container created
    13.0 app | Started Container started
    13.0 app Running 1/1"
  `);
});

it.each([
  ['Always', 'Init:CrashLoopBackOff', 'Pending'],
  ['Never', 'Init:Error', 'Failed'],
])('under %s a failing init container shows %s and phase %s', (policy, word, phase) => {
  const y = yard();
  const init = 'initContainers: [{name: i, image: "busybox:1.37", command: [sh, -c, "exit 1"]}]';
  y.create(pod('p', c('nginx:1.27'), `restartPolicy: ${policy}, ${init},`));
  y.run(5);
  expect(y.timeline('p ')).toContain(word);
  expect(y.pod('p').status.phase).toBe(phase);
});

it('stops sidecars in reverse order once a Job-like pod is done', () => {
  const y = yard();
  const side = (n: string, image: string): string => `{name: ${n}, image: "${image}", restartPolicy: Always}`;
  y.create(
    pod(
      'j',
      c('busybox:1.37', '[sh, -c, "sleep 2"]'),
      `restartPolicy: Never, initContainers: [${side('s1', 'redis:7.4')}, ${side('s2', 'memcached:1.6')}],`,
    ),
  );
  y.run(12);
  expect(y.timeline('j ')).toMatchInlineSnapshot(`
    "0.0 j Pending 0/3
    0.0 j Init:0/2 0/3
    0.3 j | Pulling Pulling image "redis:7.4"
    1.7 j | Pulled Successfully pulled image "redis:7.4" in 1.35s (1.35s including waiting). Image size: 47801845 bytes.
    1.7 j | Created Container created
    1.9 j | Started Container started
    1.9 j | Pulling Pulling image "memcached:1.6"
    1.9 j Init:1/2 1/3
    2.9 j | Pulled Successfully pulled image "memcached:1.6" in 1.081s (1.081s including waiting). Image size: 34259001 bytes.
    2.9 j | Created Container created
    3.1 j | Started Container started
    3.1 j | Pulling Pulling image "busybox:1.37"
    3.1 j PodInitializing 2/3
    3.6 j | Pulled Successfully pulled image "busybox:1.37" in 451ms (451ms including waiting). Image size: 2577767 bytes.
    3.6 j | Created Container created
    3.8 j | Started Container started
    3.8 j Running 3/3
    5.8 j | Killing Stopping container s2
    5.8 j Completed 2/3
    6.0 j | Killing Stopping container s1
    6.0 j Completed 1/3
    6.2 j Completed 0/3"
  `);
  expect(y.pod('j').status.phase).toBe('Succeeded');
});

it('kills for memory in place', () => {
  const y = yard();
  const stress = '[stress, --vm, "1", --vm-bytes, 200M]';
  y.create(pod('m', c('polinux/stress', stress, 'resources: {limits: {memory: 100Mi}}')));
  y.run(4);
  const s = y.pod('m').status.containerStatuses![0]!;
  expect([s.lastState?.terminated?.reason, s.lastState?.terminated?.exitCode, s.restartCount]).toEqual([
    'OOMKilled',
    137,
    1,
  ]);
});

it('ends a pod at its deadline', () => {
  const y = yard();
  y.create(pod('d', c('nginx:1.27'), 'activeDeadlineSeconds: 6, restartPolicy: Never,'));
  y.run(10);
  expect(y.timeline('DeadlineExceeded')).toContain('Pod was active on the node longer than the specified deadline');
  expect(y.pod('d').status).toMatchObject({ phase: 'Failed', reason: 'DeadlineExceeded' });
});

it('waits for a ConfigMap: CreateContainerConfigError, FailedMount', () => {
  const y = yard();
  const env = 'env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: a}}}]';
  y.create(pod('e', c('nginx:1.27', '', env)));
  y.create(pod('v', c('nginx:1.27'), 'volumes: [{name: s, configMap: {name: settings}}],'));
  y.run(5);
  expect(y.pod('e').status.containerStatuses![0]!.state!.waiting).toEqual({
    reason: 'CreateContainerConfigError',
    message: 'configmap "settings" not found',
  });
  expect(y.timeline('v | FailedMount').split('\n')[0]).toContain(
    'MountVolume.SetUp failed for volume "s" : configmap "settings" not found',
  );
  y.create('{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {a: b}}');
  y.run(20);
  expect([y.pod('e').status.phase, y.pod('v').status.phase]).toEqual(['Running', 'Running']);
});

it('complains of the wait itself after two minutes', () => {
  const y = yard();
  y.create(pod('v', c('nginx:1.27'), 'volumes: [{name: s, secret: {secretName: token}}],'));
  y.run(260);
  const told = y.timeline('v | FailedMount').split('\n');
  expect(told.length).toBeLessThan(14);
  expect(told.join('\n')).toContain(
    'Unable to attach or mount volumes: unmounted volumes=[s], unattached volumes=[], failed to process volumes=[]: context deadline exceeded',
  );
});

it('goes on from a snapshot at any moment with the same bytes', () => {
  const y = yard('w1 w2:ppc64le');
  const probe = 'readinessProbe: {httpGet: {port: 80}, initialDelaySeconds: 3}';
  y.create(
    `${pod('web', c('nginx:1.27', '', probe))}\n---\n${pod('crash', c('busybox', '[sh, -c, "echo no; exit 1"]'))}`,
  );
  y.create(pod('tick', c('busybox', '[sh, -c, "while true; do date; sleep 3; done"]')));
  y.create(pod('bad', c('kongru/dockerize:base')));
  for (let i = 0; i < 12; i++) {
    for (let k = 0; k < 7; k++) y.cluster.step();
    if (i === 6) y.delete('Pod', 'tick');
    const fork = y.cluster.fork();
    fork.advance(20_000);
    const copy = y.cluster.fork();
    copy.restore(y.cluster.snapshot());
    copy.advance(20_000);
    expect(JSON.stringify(copy.snapshot())).toBe(JSON.stringify(fork.snapshot()));
  }
  const last = y.cluster.fork();
  last.advance(20_000);
  y.cluster.advance(20_000);
  expect(JSON.stringify(y.cluster.snapshot())).toBe(JSON.stringify(last.snapshot()));
});

it('says when the program is not in the image', () => {
  const y = yard();
  y.create(pod('x', c('nginx:1.27', '[nosuch]')));
  y.run(4);
  const s = y.pod('x').status.containerStatuses![0]!;
  expect(s.state?.terminated ?? s.lastState?.terminated).toMatchObject({ exitCode: 128, reason: 'StartError' });
  expect(y.timeline('x | Failed')).toContain('exec: "nosuch": executable file not found in $PATH: unknown');
});

it('restarts a container whose image changed', () => {
  const y = yard();
  y.create(pod('web', c('nginx:1.26')));
  y.run(5);
  y.zero();
  y.patch('Pod', 'web', { spec: { containers: [{ name: 'c', image: 'nginx:1.27' }] } });
  expect(y.run(5).timeline()).toMatchInlineSnapshot(`
    "0.0 web | Killing Container c definition changed, will be restarted
    0.2 web Completed 0/1
    0.5 web | Pulling Pulling image "nginx:1.27"
    2.4 web | Pulled Successfully pulled image "nginx:1.27" in 1.842s (1.842s including waiting). Image size: 72584649 bytes.
    2.4 web | Created Container created x2
    2.6 web | Started Container started x2
    2.6 web Running 1/1 1 (2s ago)"
  `);
});

it('lets the second server of a pod crash that wants the same port', () => {
  const y = yard();
  y.create(pod('two', `${c('nginx:1.27')}, {name: d, image: "httpd:2.4"}`));
  y.run(8);
  const [first, second] = y.pod('two').status.containerStatuses!;
  expect(first).toMatchObject({ ready: true, restartCount: 0 });
  expect(second!.lastState!.terminated).toMatchObject({ exitCode: 1, reason: 'Error' });
  expect(y.timeline('two ').split('\n').at(-1)).toContain('two CrashLoopBackOff 1/2');
});

it('does nothing the second time', () => {
  const y = yard();
  y.create(`${pod('web', c('nginx:1.27'))}\n---\n${pod('bad', c('nginx:9.9'))}`);
  y.run(5);
  const before = y.cluster.list.revision;
  for (const name of ['web', 'bad']) y.cluster.wake('kubelet', `pod:default/${name}`, y.cluster.now);
  y.cluster.wake('kubelet', 'node:w1', y.cluster.now);
  y.run(0.01);
  expect(y.cluster.list.revision).toBe(before);
});

it('wakes nobody while all is well', () => {
  const y = yard('w1 w2', { settleMs: 60_000 });
  y.create(pod('web', c('nginx:1.27', '', 'readinessProbe: {httpGet: {port: 80}}')));
  y.run(60);
  const before = y.cluster.list.revision;
  y.run(3600);
  expect(y.cluster.list.revision).toBe(before);
});
