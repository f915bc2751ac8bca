import { describe, expect, it } from 'vitest';
import { Playground } from '../../playground/playground.ts';
import { runLine } from '../../playground/programs.ts';
import { worldOf } from '../../playground/world.ts';
import { upgradeText } from './upgrade.ts';

const rewritten = (text: string): string | undefined => upgradeText(text)?.text;

describe('versions alone', () => {
  it.each([
    ['batch/v1beta1', 'CronJob', 'batch/v1'],
    ['batch/v2alpha1', 'CronJob', 'batch/v1'],
    ['policy/v1beta1', 'PodDisruptionBudget', 'policy/v1'],
    ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 'autoscaling/v2'],
    ['scheduling.k8s.io/v1beta1', 'PriorityClass', 'scheduling.k8s.io/v1'],
    ['storage.k8s.io/v1beta1', 'StorageClass', 'storage.k8s.io/v1'],
    ['rbac.authorization.k8s.io/v1beta1', 'ClusterRole', 'rbac.authorization.k8s.io/v1'],
    ['extensions/v1beta1', 'NetworkPolicy', 'networking.k8s.io/v1'],
    ['kubescheduler.config.k8s.io/v1beta3', 'KubeSchedulerConfiguration', 'kubescheduler.config.k8s.io/v1'],
  ])('%s %s', (from, kind, to) => {
    const text = (version: string) => `# mine\nkind: ${kind}\napiVersion: ${version} # old\nspec: {a: 1}\n`;
    expect(upgradeText(text(from))).toEqual({ text: text(to), versions: [to] });
  });

  it.each([
    ['what is served today', 'apiVersion: apps/v1\nkind: Deployment\n'],
    ['another kind of an old group', 'apiVersion: extensions/v1beta1\nkind: PodSecurityPolicy\n'],
    ['what cannot be read', 'apiVersion: batch/v1beta1\nkind: CronJob\nspec: {a\n'],
    ['no manifest', 'hello'],
    ['nothing', ''],
  ])('%s stays', (_, text) => expect(upgradeText(text)).toBeUndefined());
});

describe('workloads of extensions and apps', () => {
  it('get a selector from their labels, everything else stays as it was written', () => {
    expect(
      rewritten(`apiVersion: extensions/v1beta1
kind: Deployment
metadata:
  name: web   # the shop
spec:
  # two of them
  replicas: 2
  rollbackTo:
    revision: 3
  template:
    metadata:
      labels: {app: web, "on": "yes"}
    spec: {containers: [{name: c, image: nginx}]}
`),
    ).toBe(`apiVersion: apps/v1
kind: Deployment
metadata:
  name: web   # the shop
spec:
  # two of them
  replicas: 2
  selector:
    matchLabels:
      app: web
      "on": "yes"
  template:
    metadata:
      labels: {app: web, "on": "yes"}
    spec: {containers: [{name: c, image: nginx}]}
`);
  });

  it('keep the selector they have', () => {
    const text = (v: string) =>
      `apiVersion: ${v}\nkind: StatefulSet\nspec:\n  selector: {matchLabels: {a: b}}\n  template: {metadata: {labels: {a: b}}}\n`;
    expect(rewritten(text('apps/v1beta2'))).toBe(text('apps/v1'));
  });

  it('may be written in braces, and stand among others', () => {
    expect(
      rewritten(`apiVersion: v1
kind: Pod
---
{apiVersion: apps/v1beta1, kind: Deployment, spec: {replicas: 1, template: {metadata: {labels: {a: b}}}}}
---
apiVersion: batch/v1beta1
kind: CronJob
`),
    ).toBe(`apiVersion: v1
kind: Pod
---
{apiVersion: apps/v1, kind: Deployment, spec: {replicas: 1, selector: { matchLabels: { a: b } }, template: {metadata: {labels: {a: b}}}}}
---
apiVersion: batch/v1
kind: CronJob
`);
  });
});

it('an Ingress names its Services in fields of their own', () => {
  expect(
    rewritten(`apiVersion: extensions/v1beta1
kind: Ingress
spec:
  backend:
    serviceName: fallback
    servicePort: http
  rules:
  - host: a.example
    http:
      paths:
      - path: /
        backend:
          serviceName: web
          servicePort: 80
      - {path: /api, pathType: Prefix, backend: {serviceName: api, servicePort: 8080}}
`),
  ).toBe(`apiVersion: networking.k8s.io/v1
kind: Ingress
spec:
  defaultBackend:
    service:
      name: fallback
      port:
        name: http
  rules:
  - host: a.example
    http:
      paths:
      - path: /
        pathType: ImplementationSpecific
        backend:
          service:
            name: web
            port:
              number: 80
      - {path: /api, pathType: Prefix, backend: { service: { name: api, port: { number: 8080 } } }}
`);
});

it('an autoscaler’s metrics all have the same form', () => {
  expect(
    rewritten(`apiVersion: autoscaling/v2beta1
kind: HorizontalPodAutoscaler
spec:
  maxReplicas: 5
  metrics:
  - type: Resource
    resource:
      name: cpu
      targetAverageUtilization: 60
  - type: Pods
    pods: {metricName: rps, targetAverageValue: 1k}
  - type: Object
    object:
      target: {kind: Service, name: web}
      metricName: hits
      targetValue: 10
`),
  ).toBe(`apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
spec:
  maxReplicas: 5
  metrics:
  - type: Resource
    resource:
      name: cpu
      target:
        type: Utilization
        averageUtilization: 60
  - type: Pods
    pods:
      metric:
        name: rps
      target:
        type: AverageValue
        averageValue: 1k
  - type: Object
    object:
      describedObject:
        kind: Service
        name: web
      metric:
        name: hits
      target:
        type: Value
        value: 10
`);
});

it('fields of a scheduler’s configuration that went away go', () => {
  expect(
    rewritten(
      'apiVersion: kubescheduler.config.k8s.io/v1beta2\nkind: KubeSchedulerConfiguration\nhealthzBindAddress: ""\nparallelism: 4\nmetricsBindAddress: 0.0.0.0:1\n',
    ),
  ).toBe('apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\nparallelism: 4\n');
});

describe('what is refused as old is taken as rewritten', () => {
  const containers = 'spec: {restartPolicy: Never, containers: [{name: c, image: busybox}]}';
  const template = `template: {metadata: {labels: {app: x}}, ${containers.replace('Never', 'Always')}}`;
  it.each([
    ['extensions/v1beta1', 'Deployment', `spec:\n  ${template}`],
    ['apps/v1beta2', 'DaemonSet', `spec:\n  templateGeneration: 1\n  ${template}`],
    ['apps/v1beta1', 'StatefulSet', `spec:\n  serviceName: x\n  ${template}`],
    ['batch/v1beta1', 'CronJob', `spec: {schedule: "* * * * *", jobTemplate: {spec: {template: {${containers}}}}}`],
    ['policy/v1beta1', 'PodDisruptionBudget', 'spec: {minAvailable: 1, selector: {matchLabels: {app: x}}}'],
    [
      'autoscaling/v2beta1',
      'HorizontalPodAutoscaler',
      'spec:\n  maxReplicas: 3\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: x}\n  metrics:\n  - type: Resource\n    resource: {name: cpu, targetAverageUtilization: 60}\n  - type: External\n    external: {metricName: q, metricSelector: {matchLabels: {a: b}}, targetValue: 4}',
    ],
    [
      'autoscaling/v2beta2',
      'HorizontalPodAutoscaler',
      'spec: {maxReplicas: 3, scaleTargetRef: {kind: Deployment, name: x}}',
    ],
    [
      'networking.k8s.io/v1beta1',
      'Ingress',
      'spec:\n  backend: {serviceName: x, servicePort: 80}\n  rules:\n  - http:\n      paths:\n      - backend:\n          serviceName: api\n          servicePort: web',
    ],
    ['extensions/v1beta1', 'NetworkPolicy', 'spec: {podSelector: {}}'],
    ['scheduling.k8s.io/v1beta1', 'PriorityClass', 'value: 5'],
    ['storage.k8s.io/v1beta1', 'StorageClass', 'provisioner: example.com/x'],
    ['rbac.authorization.k8s.io/v1beta1', 'Role', 'rules: []'],
    ['coordination.k8s.io/v1beta1', 'Lease', 'spec: {}'],
  ])('%s %s', (version, kind, rest) => {
    const p = new Playground(worldOf({ scenario: 'opening' }).world, runLine);
    const applied = (text: string): string => {
      let said = '';
      const take = (t: string) => {
        said += t;
      };
      p.writeFile('x.yaml', text);
      p.start('kubectl apply -f x.yaml', undefined, { out: take, err: take });
      return said;
    };
    const old = `apiVersion: ${version}\nkind: ${kind}\nmetadata: {name: x}\n${rest}\n`;
    expect(applied(old)).toContain(`no matches for kind "${kind}" in version "${version}"`);
    expect(applied(upgradeText(old)!.text)).toMatch(/^\S+\/x created\n$/);
  });
});
