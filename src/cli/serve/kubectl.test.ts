/** The real kubectl drives the simulated cluster. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Kubectl, kubectlFor, whyNoKubectl } from './testing/kubectl.ts';
import { SHOP, served, until } from './testing/served.ts';

const missing = whyNoKubectl();
if (missing) console.log(`skipped: ${missing}`);

describe.skipIf(missing !== undefined)('the real kubectl', () => {
  const server = served(20);
  let k: Kubectl;
  beforeAll(() => {
    k = kubectlFor(server.url);
  });
  afterAll(() => k.close());

  const ok = async (line: string, stdin?: string): Promise<string> => {
    const ran = await k.run(line, stdin);
    if (ran.code !== 0) throw new Error(`kubectl ${line}: ${ran.err}`);
    return ran.out;
  };

  it('knows the server', async () => {
    expect(await ok('version')).toContain('Server Version: v1.36.3');
    const resources = await ok('api-resources');
    expect(resources).toMatch(/^deployments +deploy +apps\/v1 +true +Deployment$/m);
  });

  it('applies, waits for the rollout, and sees it in get -w', async () => {
    const watched = k.follow('get pods -l app=shop -w');
    expect(await ok('apply -f -', SHOP)).toBe('deployment.apps/shop created\n');
    expect(await ok('rollout status deploy/shop --timeout=30s')).toContain('successfully rolled out');
    const text = await until(watched.text, (t) => (t.match(/1\/1 +Running/g)?.length ?? 0) >= 3);
    watched.stop();
    expect(text).toMatch(/^NAME +READY +STATUS +RESTARTS +AGE$/m);
    expect(text.match(/^NAME/gm)).toHaveLength(1);
    expect(text).toMatch(/^shop-\S+ +0\/1 +ContainerCreating +0 +\d+s$/m);
    expect(await ok('apply -f -', SHOP)).toBe('deployment.apps/shop unchanged\n');
    expect(await ok('apply -f -', SHOP.replace('replicas: 3', 'replicas: 4'))).toBe(
      'deployment.apps/shop configured\n',
    );
  });

  it('gets in all forms', async () => {
    expect(await ok('get nodes')).toMatch(/^k8s-master +Ready +control-plane +\S+ +v1\.36\.3$/m);
    expect(await ok('get deploy/shop -o jsonpath={.spec.replicas}')).toBe('4');
    expect(await ok('get deploy,rs -l app=shop -o name')).toMatch(
      /^deployment\.apps\/shop\nreplicaset\.apps\/shop-\w+\n$/,
    );
    expect(await k.run('get pod nobody')).toMatchObject({
      code: 1,
      err: 'Error from server (NotFound): pods "nobody" not found\n',
    });
  });

  it('describes', async () => {
    const node = await ok('describe node worker-x86');
    expect(node).toMatch(/^Name: +worker-x86$/m);
    expect(node).toMatch(/^ +cpu +\d+m \(\d+%\)/m);
    expect(await ok('describe deploy shop')).toMatch(
      /Normal +ScalingReplicaSet .*Scaled up replica set shop-\w+ from 0 to 3/,
    );
  });

  it('explains fields', async () => {
    const text = await ok('explain deployment.spec.strategy');
    expect(text).toMatch(/^KIND: +Deployment\nVERSION: +v1\n\nFIELD: strategy <DeploymentStrategy>$/m);
    expect(text).toContain('rollingUpdate\t<RollingUpdateDeployment>');
    expect(await ok('explain pod.spec.containers.resources.limits')).toContain('<map[string]Quantity>');
  });

  it('is refused what is wrong, before anything is stored', async () => {
    const wrong = await k.run('apply -f -', SHOP.replace('replicas: 3', 'replicaz: 3').replace('shop', 'wrong'));
    expect(wrong).toMatchObject({
      code: 1,
      err: expect.stringContaining('strict decoding error: unknown field "spec.replicaz"'),
    });
    expect((await k.run('get deploy wrong')).code).toBe(1);
  });

  it.each([
    ['create namespace other', 'namespace/other created\n', 'get ns other -o jsonpath={.status.phase}', 'Active'],
    [
      'create configmap settings --from-literal=mode=fast',
      'configmap/settings created\n',
      'get cm settings -o jsonpath={.data.mode}',
      'fast',
    ],
    [
      'create secret generic key --from-literal=a=b',
      'secret/key created\n',
      'get secret key -o jsonpath={.data.a}',
      'Yg==',
    ],
    [
      'create deployment made --image=nginx:1.27 --replicas=0 --port=80',
      'deployment.apps/made created\n',
      'get deploy made -o jsonpath={.spec.replicas}{.spec.template.spec.containers[0].ports[0].containerPort}',
      '080',
    ],
    [
      'create service nodeport made --tcp=80:web',
      'service/made created\n',
      'get svc made -o jsonpath={.spec.type}{.spec.ports[0].targetPort}',
      'NodePortweb',
    ],
    [
      'create quota few --hard=cpu=500m,pods=9 -n other',
      'resourcequota/few created\n',
      'get quota few -n other -o jsonpath={.spec.hard.cpu}',
      '500m',
    ],
    [
      'create pdb most --selector=app=made --min-available=50%',
      'poddisruptionbudget.policy/most created\n',
      'get pdb most -o jsonpath={.spec.minAvailable}',
      '50%',
    ],
    [
      'autoscale deploy made --min=1 --max=3',
      'horizontalpodautoscaler.autoscaling/made autoscaled\n',
      'get hpa made -o jsonpath={.spec.maxReplicas}',
      '3',
    ],
    [
      'run once --image=busybox:1.36 --restart=Never',
      'pod/once created\n',
      'get pod once -o jsonpath={.spec.restartPolicy}',
      'Never',
    ],
  ])('kubectl %s', async (line, said, look, seen) => {
    expect(await ok(line)).toBe(said);
    expect(await ok(look)).toBe(seen);
  });

  it('asks who it is and what it may', async () => {
    expect(await ok('auth can-i create pods')).toBe('yes\n');
    expect(await ok('auth whoami')).toMatch(/^Username +kubernetes-admin$/m);
    expect((await ok('create token default')).split('.')).toHaveLength(3);
  });

  it('drains a node and lets it in again', async () => {
    const drained = await ok('drain worker-x86 --ignore-daemonsets --timeout=35s');
    expect(drained).toContain('node/worker-x86 cordoned\n');
    expect(drained).toMatch(/pod\/\S+ evicted\n/);
    expect(drained).toContain('node/worker-x86 drained\n');
    expect(await ok('get node worker-x86')).toContain('Ready,SchedulingDisabled');
    expect(await ok('uncordon worker-x86')).toBe('node/worker-x86 uncordoned\n');
  });

  it('patches, labels, scales, applies on the server', async () => {
    expect(await ok('label deploy shop tier=front')).toBe('deployment.apps/shop labeled\n');
    expect(await ok('scale deploy shop --replicas=2')).toBe('deployment.apps/shop scaled\n');
    expect(await ok('set image deploy/shop c=nginx:1.28')).toBe('deployment.apps/shop image updated\n');
    expect(await ok('rollout undo deploy/shop')).toBe('deployment.apps/shop rolled back\n');
    const conflict = await k.run('apply --server-side -f -', SHOP);
    expect(conflict).toMatchObject({ code: 1, err: expect.stringContaining('conflict with "kubectl') });
    expect(await ok('apply --server-side --force-conflicts -f -', SHOP)).toBe(
      'deployment.apps/shop serverside-applied\n',
    );
  });

  it('reads logs, and is told that exec is not carried', async () => {
    expect(await ok('wait --for=condition=Available deploy/shop --timeout=30s')).toContain('condition met');
    expect(await ok('logs deploy/shop --tail=1')).toContain('start worker processes');
    expect(await k.run('exec deploy/shop -- ls')).toMatchObject({
      code: 1,
      err: expect.stringContaining('does not carry exec'),
    });
  });

  it('deletes', async () => {
    expect(await ok('delete -f - --timeout=30s', SHOP)).toBe('deployment.apps "shop" deleted from default namespace\n');
    expect(await ok('delete cm settings')).toBe('configmap "settings" deleted from default namespace\n');
    expect((await k.run('get deploy shop')).err).toBe(
      'Error from server (NotFound): deployments.apps "shop" not found\n',
    );
  });
});
