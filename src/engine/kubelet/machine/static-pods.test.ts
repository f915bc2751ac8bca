import { expect, it } from 'vitest';
import type { Pod } from '../../api/core.ts';
import { yard } from '../../testing/yard.ts';

const manifest = (image: string): string =>
  JSON.stringify({
    name: 'web.yaml',
    manifest: {
      name: 'web',
      namespace: 'default',
      labels: { role: 'web' },
      spec: { containers: [{ name: 'c', image }] },
    },
  });

it('runs a file, shows a mirror, makes it anew when it is deleted, and ends with the file', () => {
  const y = yard();
  y.zero();
  y.fault('put-manifest', 'w1', manifest('nginx:1.27'));
  y.run(5);
  const first = y.pod('web-w1');
  expect(first.metadata.annotations).toMatchObject({ 'kubernetes.io/config.source': 'file' });
  expect(first.metadata.annotations!['kubernetes.io/config.mirror']).toBe(
    first.metadata.annotations!['kubernetes.io/config.hash'],
  );
  expect(first.metadata.ownerReferences).toMatchObject([{ kind: 'Node', name: 'w1', controller: true }]);
  y.delete('Pod', 'web-w1');
  y.run(5);
  expect(y.pod('web-w1').metadata.uid).not.toBe(first.metadata.uid);
  expect(y.pod('web-w1').status.containerStatuses![0]).toMatchObject({
    restartCount: 0,
    containerID: first.status.containerStatuses![0]!.containerID!,
  });
  y.fault('remove-manifest', 'w1', 'web.yaml');
  y.run(5);
  expect(y.timeline()).toMatchInlineSnapshot(`
    "0.0 web-w1 Pending 0/1
    0.0 web-w1 ContainerCreating 0/1
    0.3 web-w1 | Pulling Pulling image "nginx:1.27"
    2.1 web-w1 | Pulled Successfully pulled image "nginx:1.27" in 1.842s (1.842s including waiting). Image size: 72584649 bytes.
    2.1 web-w1 | Created Container created
    2.3 web-w1 | Started Container started
    2.3 web-w1 Running 1/1
    5.0 web-w1 Terminating 1/1
    5.0 web-w1 gone
    6.0 web-w1 Pending 0/1
    6.0 web-w1 Running 1/1
    10.0 web-w1 | Killing Stopping container c
    10.2 web-w1 Completed 0/1
    10.2 web-w1 gone"
  `);
});

it('replaces the pod when the file changes', () => {
  const y = yard();
  y.fault('put-manifest', 'w1', manifest('nginx:1.27'));
  y.run(5);
  y.fault('put-manifest', 'w1', manifest('httpd:2.4'));
  y.run(15);
  expect(y.pod('web-w1').spec.containers[0]!.image).toBe('httpd:2.4');
  expect(y.pod('web-w1').status.phase).toBe('Running');
});

it('keeps running while its machine is cut off, and its mirror goes stale', () => {
  const y = yard('w1 w2 w3');
  y.fault('put-manifest', 'w1', manifest('nginx:1.27'));
  y.run(5);
  y.fault('disconnect', 'w1');
  y.run(400);
  const pod = y.cluster.list.get<Pod>('Pod', 'default', 'web-w1')!;
  expect(pod.metadata.deletionTimestamp).toBeUndefined();
  y.fault('reconnect', 'w1');
  y.run(5);
  expect(y.pod('web-w1').status.conditions!.find((c) => c.type === 'Ready')!.status).toBe('True');
});
