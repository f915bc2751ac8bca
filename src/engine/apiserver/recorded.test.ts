import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AnyObject } from '../api/meta.ts';
import { createRequest, type TestServer, testServer } from '../testing/server.ts';
import { KINDS } from './kinds/index.ts';

/** What a real 1.36.3 API server said of objects: all complaints in order, or none. */
interface Recorded {
  from: string;
  object: AnyObject;
  errors: string[];
  warnings: string[];
}

const recorded = JSON.parse(
  readFileSync(new URL('./kinds/testdata/refusals.json', import.meta.url), 'utf8'),
) as Recorded[];

describe('what a real server refused and accepted, through the whole pipeline', () => {
  it.each(
    recorded
      .map((r, i) => [`${r.from} #${i} ${r.object.kind}`, r] as const)
      .filter(([, r]) => KINDS.has(r.object.kind)),
  )('%s', (_, r) => {
    const t = testServer();
    const answer = t.handle(createRequest(r.object));
    const causes = answer.ok ? [] : (answer.status.details?.causes ?? []).map((c) => `${c.field}: ${c.message}`);
    expect([...new Set(causes)]).toEqual(r.errors);
    if (r.errors.length === 0) expect(answer.ok || answer.status.message).toBe(true);
    expect(answer.warnings).toEqual(r.warnings);
  });
});

/** Changes an object as `kubectl apply` does: a strategic patch with strict fields. */
const change = (t: TestServer, resource: string, name: string, body: object, apiVersion = 'v1'): string =>
  t.say({ verb: 'patch', apiVersion, resource, namespace: 'default', name, body, fieldValidation: 'Strict' });

const container = { name: 'c', image: 'nginx' };
const POD_HEAD =
  '422 Invalid: Pod "p" is invalid: spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n';

describe('changes that are not allowed, in the recorded words', () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { nodeName: 'worker-x86', containers: [container] },
  };
  it('pods', () => {
    const t = testServer();
    t.create(pod);
    expect(change(t, 'pods', 'p', { spec: { containers: [container, { name: 'd', image: 'nginx' }] } })).toBe(
      '422 Invalid: Pod "p" is invalid: spec.containers: Forbidden: pod updates may not add or remove containers',
    );
    expect(change(t, 'pods', 'p', { spec: { nodeName: 'worker-ppc64le' } })).toBe(
      `${POD_HEAD}@@ -140,7 +140,7 @@\n  "NodeSelector": null,\n  "ServiceAccountName": "default",\n  "AutomountServiceAccountToken": null,\n- "NodeName": "worker-x86",\n+ "NodeName": "worker-ppc64le",\n  "SecurityContext": {\n   "HostNetwork": false,\n   "HostPID": false,\n`,
    );
    expect(change(t, 'pods', 'p', { spec: { containers: [{ name: 'c', image: 'nginx:1.27' }] } })).toBe('ok');
  });

  const template = (labels: object) => ({ metadata: { labels }, spec: { containers: [container] } });
  it('deployments', () => {
    const t = testServer();
    const web = { app: 'web' };
    t.create({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { selector: { matchLabels: web }, template: template(web) },
    });
    expect(
      change(
        t,
        'deployments',
        'web',
        { spec: { selector: { matchLabels: { app: 'other' } }, template: { metadata: { labels: { app: 'other' } } } } },
        'apps/v1',
      ),
    ).toBe(
      '422 Invalid: Deployment.apps "web" is invalid: spec.selector: Invalid value: {"matchLabels":{"app":"other"}}: field is immutable',
    );
  });

  it('config maps', () => {
    const t = testServer();
    t.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'fixed' }, data: { a: '1' }, immutable: true });
    expect(change(t, 'configmaps', 'fixed', { data: { a: '2' } })).toBe(
      '422 Invalid: ConfigMap "fixed" is invalid: data: Forbidden: field is immutable when `immutable` is set',
    );
    expect(change(t, 'configmaps', 'fixed', { immutable: false })).toBe(
      '422 Invalid: ConfigMap "fixed" is invalid: immutable: Forbidden: field is immutable when `immutable` is set',
    );
  });

  it('services', () => {
    const t = testServer();
    t.create({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 's' },
      spec: { clusterIP: '10.96.0.200', ports: [{ port: 80 }] },
    });
    expect(change(t, 'services', 's', { spec: { clusterIP: '10.96.0.201' } })).toBe(
      '422 Invalid: Service "s" is invalid: spec.clusterIPs[0]: Invalid value: ["10.96.0.201"]: may not change once set',
    );
  });

  it('priority classes', () => {
    const t = testServer();
    t.create({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 5 });
    expect(change(t, 'priorityclasses', 'high', { value: 7 }, 'scheduling.k8s.io/v1')).toBe(
      '422 Invalid: PriorityClass.scheduling.k8s.io "high" is invalid: value: Forbidden: may not be changed in an update.',
    );
  });
});

describe('creations that fail, in the recorded words', () => {
  it.each([
    [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } },
      '409 AlreadyExists: namespaces "default" already exists',
    ],
    [
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web' },
        spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] },
      },
      '422 Invalid: Service "web" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
    ],
    [
      { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'p' }, value: 2_000_000_000 },
      '422 Invalid: PriorityClass.scheduling.k8s.io "p" is invalid: value: Forbidden: maximum allowed value of a user defined priority is 1000000000',
    ],
    [
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', resourceVersion: '5' } },
      '500 : resourceVersion should not be set on objects to be created',
    ],
    [
      { apiVersion: 'v1', kind: 'Pod', metadata: { generateName: 'job-' }, spec: { containers: [] } },
      /^422 Invalid: Pod "job-[bcdfghjklmnpqrstvwxz2456789]{5}" is invalid: spec.containers: Required value$/,
    ],
  ])('%#', (o, words) => {
    const t = testServer();
    const said = t.say(createRequest(o as unknown as AnyObject));
    if (typeof words === 'string') expect(said).toBe(words);
    else expect(said).toMatch(words);
  });

  it('a namespace in the object and another in the request', () => {
    const t = testServer({ namespaces: ['default', 'a'] });
    expect(
      t.say({
        verb: 'create',
        apiVersion: 'v1',
        resource: 'configmaps',
        namespace: 'default',
        body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'a' } },
      }),
    ).toBe('400 BadRequest: the namespace of the provided object does not match the namespace sent on the request');
  });

  it('an address or a port that is taken', () => {
    const t = testServer();
    const service = (name: string, spec: object) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name }, spec });
    t.create(service('a', { type: 'NodePort', clusterIP: '10.96.0.5', ports: [{ port: 80, nodePort: 30080 }] }));
    expect(t.say(createRequest(service('b', { clusterIP: '10.96.0.5', ports: [{ port: 80 }] }) as never))).toBe(
      '422 Invalid: Service "b" is invalid: spec.clusterIPs: Invalid value: ["10.96.0.5"]: failed to allocate IP 10.96.0.5: provided IP is already allocated',
    );
    expect(
      t.say(createRequest(service('b', { type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] }) as never)),
    ).toBe(
      '422 Invalid: Service "b" is invalid: spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated',
    );
  });
});
