import { describe, expect, it } from 'vitest';
import type { Service } from '../api/core.ts';
import type { CurlSource } from '../api/node-proxy.ts';
import { type Yard, yard } from '../testing/yard.ts';
import { resolve } from './dns.ts';

const pod = (name: string, node: string, app: string, more = ''): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, labels: {app: ${app}}}, spec: {nodeName: ${node}, containers: [{name: c, image: "nginx:1.27", ports: [{containerPort: 80, name: http}] ${more}}]}}`;

const service = (name: string, spec: string): string =>
  `{apiVersion: v1, kind: Service, metadata: {name: ${name}}, spec: {${spec}}}`;

function cluster(...yaml: string[]): Yard {
  const y = yard('w1 w2 w3');
  y.create(yaml.join('\n---\n'));
  y.run(6);
  return y;
}

/** `pod@node`, or curl's exit code. */
function curl(y: Yard, from: CurlSource, url: string): string {
  const r = y.cluster.nodes!.curl(from, url);
  return r.ok ? `${r.status} ${r.pod}@${r.node}` : `exit ${r.exitCode}`;
}

const nodePort = (y: Yard, name: string): number =>
  y.cluster.list.get<Service>('Service', 'default', name)!.spec.ports![0]!.nodePort!;

describe('NodePort', () => {
  const web = 'type: NodePort, selector: {app: web}, ports: [{port: 80, targetPort: http}]';

  it('answers on every node, wherever the pod is', () => {
    const y = cluster(pod('web', 'w1', 'web'), service('web', web));
    for (const node of ['w1', 'w2', 'w3'])
      expect(curl(y, undefined, `http://${node}:${nodePort(y, 'web')}`)).toBe('200 default/web@w1');
  });

  it('with Local answers only where a pod is; from inside it takes the short cut', () => {
    const y = cluster(
      pod('web', 'w1', 'web'),
      pod('me', 'w2', 'me'),
      service('web', `externalTrafficPolicy: Local, ${web}`),
    );
    const port = nodePort(y, 'web');
    expect(curl(y, undefined, `http://w1:${port}`)).toBe('200 default/web@w1');
    expect(curl(y, undefined, `http://w2:${port}`)).toBe('exit 28');
    expect(curl(y, { node: 'w2' }, `http://w2:${port}`)).toBe('200 default/web@w1');
  });

  it('without endpoints it is refused', () => {
    const y = cluster(service('web', web));
    expect(curl(y, undefined, `http://w1:${nodePort(y, 'web')}`)).toBe('exit 7');
  });
});

describe('ClusterIP', () => {
  const spec = 'selector: {app: web}, ports: [{port: 8080, targetPort: 80}]';

  it('reaches ready pods by name, refuses without any, and where nothing listens', () => {
    const y = cluster(
      pod('web', 'w1', 'web'),
      pod('me', 'w2', 'me'),
      service('web', spec),
      service('wrong', 'selector: {app: web}, ports: [{port: 80, targetPort: 81}]'),
      service('none', 'selector: {app: none}, ports: [{port: 80}]'),
    );
    const me = { pod: 'default/me' };
    expect(curl(y, me, 'http://web:8080')).toBe('200 default/web@w1');
    expect(curl(y, me, 'http://web.default.svc.cluster.local:8080')).toBe('200 default/web@w1');
    expect(curl(y, me, 'http://web:80')).toBe('exit 7');
    expect(curl(y, me, 'http://wrong')).toBe('exit 7');
    expect(curl(y, me, 'http://none')).toBe('exit 7');
    expect(curl(y, me, 'http://nothere')).toBe('exit 6');
  });

  it('leaves out pods that are not ready', () => {
    const probe = ', readinessProbe: {httpGet: {path: /nope, port: 80}}';
    const y = cluster(pod('a', 'w1', 'web', probe), pod('b', 'w2', 'web'), service('web', spec));
    for (let i = 0; i < 5; i++) expect(curl(y, { pod: 'default/b' }, 'http://web:8080')).toBe('200 default/b@w2');
  });

  it('chooses among endpoints at random', () => {
    const y = cluster(pod('a', 'w1', 'web'), pod('b', 'w2', 'web'), service('web', spec));
    const answers = new Set(Array.from({ length: 30 }, () => curl(y, { pod: 'default/a' }, 'http://web:8080')));
    expect([...answers].sort()).toEqual(['200 default/a@w1', '200 default/b@w2']);
  });

  it('times out when the only pod sits on a machine without power', () => {
    const y = cluster(pod('web', 'w1', 'web'), pod('me', 'w2', 'me'), service('web', spec));
    y.fault('power-off', 'w1');
    expect(curl(y, { pod: 'default/me' }, 'http://web:8080')).toBe('exit 28');
    y.run(60);
    expect(curl(y, { pod: 'default/me' }, 'http://web:8080')).toBe('exit 7');
  });
});

it('connects to a pod by its address, not to a port where nothing listens', () => {
  const y = cluster(pod('web', 'w1', 'web'), pod('me', 'w2', 'me'));
  const ip = y.pod('web').status.podIP!;
  expect(curl(y, { pod: 'default/me' }, `http://${ip}`)).toBe('200 default/web@w1');
  expect(curl(y, { pod: 'default/me' }, `http://${ip}:81`)).toBe('exit 7');
});

describe('names', () => {
  it.each([
    ['db', true],
    ['db.default', true],
    ['db.default.svc', true],
    ['db.default.svc.cluster.local', true],
    ['db.default.svc.cluster.local.', true],
    ['db.other', false],
    ['nothere', false],
    ['kubernetes.default', true],
  ])('%s resolves: %s', (name, found) => {
    const y = cluster(service('db', 'ports: [{port: 5432}]'));
    expect(resolve(y.cluster.list, 'default', name) !== undefined).toBe(found);
  });

  it('a headless Service resolves with ready endpoints only, and names its pods', () => {
    const y = yard('w1 w2');
    y.create(service('db', 'clusterIP: None, selector: {app: db}, ports: [{port: 80}]'));
    y.run(1);
    expect(resolve(y.cluster.list, 'default', 'db')).toBeUndefined();
    y.create(pod('db-0', 'w1', 'db'));
    y.run(6);
    expect(resolve(y.cluster.list, 'default', 'db')).toBe(y.pod('db-0').status.podIP);
    expect(resolve(y.cluster.list, 'default', 'db-0.db')).toBe(y.pod('db-0').status.podIP);
    expect(resolve(y.cluster.list, 'other', 'db-0.db.default.svc.cluster.local')).toBe(y.pod('db-0').status.podIP);
    expect(resolve(y.cluster.list, 'default', 'db-1.db')).toBeUndefined();
  });
});
