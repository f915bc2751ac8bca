import { describe, expect, it } from 'vitest';
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
  selector:
    matchLabels:
      app: web
      "on": "yes"
  replicas: 2
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
{apiVersion: apps/v1, kind: Deployment, spec: {selector: { matchLabels: { a: b } }, replicas: 1, template: {metadata: {labels: {a: b}}}}}
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
