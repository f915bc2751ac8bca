import { expect, NGINX, test } from './berth.ts';

const DOCKERIZE = (selector = ''): string => `apiVersion: v1
kind: Pod
metadata:
  name: dockerize
spec:
${selector}  containers:
  - name: main
    image: kongru/dockerize:base
    command: ["sleep", "3600"]
`;

test('nginx runs on both architectures, each node pulling its own image', async ({ berth }) => {
  await berth.open('#example/seed0');
  await berth.sh('kubectl apply -f -', NGINX);
  await berth.advance(30_000);
  const pods = Object.values(await berth.pods());
  expect(pods.map((p) => p.status)).toEqual(['Running', 'Running']);
  expect(new Set(pods.map((p) => p.node)).size).toBe(2);
  await expect(berth.pod(/^Pod default\/nginx-.*, Running, on kube-n01/)).toBeVisible();
  await expect(berth.pod(/^Pod default\/nginx-.*, Running, on p1220-kvm1/)).toBeVisible();
});

test('an image for ppc64le only is refused on x86 and runs with a nodeSelector', async ({ berth }) => {
  await berth.open('#example/opening');
  await berth.sh('kubectl apply -f -', DOCKERIZE('  nodeSelector:\n    kubernetes.io/hostname: worker-x86\n'));
  await berth.advance(10_000);
  const { stdout } = await berth.sh('kubectl describe pod dockerize');
  expect(stdout).toContain('no match for platform in manifest: not found');
  expect((await berth.pods()).dockerize?.status).toMatch(/ErrImagePull|ImagePullBackOff/);
  await berth.sh('kubectl delete pod dockerize --now');
  await berth.advance(5_000);
  await berth.sh('kubectl apply -f -', DOCKERIZE('  nodeSelector:\n    kubernetes.io/arch: ppc64le\n'));
  await berth.advance(30_000);
  expect((await berth.pods()).dockerize).toEqual({ status: 'Running', node: 'worker-ppc64le' });
});

test('taint: Pending with the exact text; untaint: scheduled', async ({ berth }) => {
  await berth.open('#example/seed0');
  await berth.sh('kubectl taint nodes kube-n01 p1220-kvm1 key01=value01:NoSchedule');
  await berth.sh('kubectl run web --image=nginx');
  await berth.advance(3_000);
  const { stdout } = await berth.sh(
    'kubectl get events --field-selector reason=FailedScheduling -o jsonpath={.items[0].message}',
  );
  expect(stdout).toBe(
    '0/3 nodes are available: 3 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
  );
  await expect(
    berth.page.getByRole('region', { name: 'Pending pods' }).getByRole('button', { name: 'Pod default/web, Pending' }),
  ).toBeVisible();
  await berth.sh('kubectl taint nodes kube-n01 key01-');
  await berth.advance(20_000);
  expect((await berth.pods()).web).toEqual({ status: 'Running', node: 'kube-n01' });
});

test('cordon from the picture keeps new pods away', async ({ berth }) => {
  await berth.open('#example/opening');
  await berth.sh('kubectl cordon worker-x86');
  await expect(berth.node(/^worker-x86, amd64, Ready, cordoned$/)).toBeVisible();
  await berth.sh('kubectl run late --image=nginx');
  await berth.advance(20_000);
  expect((await berth.pods()).late?.node).toBe('worker-ppc64le');
  await berth.sh('kubectl uncordon worker-x86');
  await expect(berth.node(/^worker-x86, amd64, Ready$/)).toBeVisible();
});

test('drain: a Deployment pod moves, a bare pod goes, DaemonSet and static pods stay', async ({ berth }) => {
  await berth.open('#example/opening');
  await berth.sh('kubectl apply -f -', NGINX.replace('replicas: 2', 'replicas: 4'));
  await berth.sh('kubectl run bare --image=nginx --overrides=\'{"spec":{"nodeName":"worker-x86"}}\'');
  await berth.advance(30_000);
  const refused = await berth.sh('kubectl drain worker-x86 --ignore-daemonsets');
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain(
    'cannot delete Pods that declare no controller (use --force to override): default/bare',
  );
  await berth.call('play', 16);
  const drained = await berth.sh('kubectl drain worker-x86 --ignore-daemonsets --force');
  expect(drained.exitCode).toBe(0);
  expect(drained.stdout).toContain('node/worker-x86 drained');
  await berth.call('pause');
  await berth.advance(30_000);
  const pods = await berth.pods();
  expect(pods.bare).toBeUndefined();
  const nginx = Object.entries(pods).filter(([name]) => name.startsWith('nginx-'));
  expect(nginx).toHaveLength(4);
  for (const [, p] of nginx) expect(p).toEqual({ status: 'Running', node: 'worker-ppc64le' });
  const system = Object.entries(await berth.pods('kube-system'));
  expect(system.some(([name, p]) => name.startsWith('kube-proxy') && p.node === 'worker-x86')).toBe(true);
  expect(system.some(([name, p]) => name.startsWith('kube-apiserver') && p.node === 'k8s-master')).toBe(true);
});
