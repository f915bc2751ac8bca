import { describe, expect, it } from 'vitest';
import type { AnyObject } from '../../../api/meta.ts';
import { createRequest, testServer } from '../../../testing/server.ts';

const pod = (spec: object = {}, container: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'safe' },
  spec: { containers: [{ name: 'c', image: 'nginx', ...container }], ...spec },
});

function serverWith(labels: Record<string, string>) {
  const t = testServer({ namespaces: ['safe'] });
  t.handle({ verb: 'patch', patchType: 'merge', resource: 'namespaces', name: 'safe', body: { metadata: { labels } } });
  return t;
}
const said = (labels: Record<string, string>, o: object): string =>
  serverWith(labels).say(createRequest(o as AnyObject));
const restricted = { 'pod-security.kubernetes.io/enforce': 'restricted' };
const baseline = { 'pod-security.kubernetes.io/enforce': 'baseline' };
const HEAD = '403 Forbidden: pods "p" is forbidden: violates PodSecurity ';
const safe = {
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  },
};

describe('restricted', () => {
  it('refuses a plain pod with every reason', () => {
    expect(said(restricted, pod())).toBe(
      `${HEAD}"restricted:latest": allowPrivilegeEscalation != false (container "c" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "c" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "c" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "c" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")`,
    );
  });
  it('lets a careful pod in', () => {
    expect(said(restricted, pod({}, safe))).toBe('ok');
  });
  it.each([
    [
      { volumes: [{ name: 'v', hostPath: { path: '/x' } }] },
      'restricted volume types (volume "v" uses restricted volume type "hostPath")',
    ],
    [{ securityContext: { runAsUser: 0 } }, 'runAsUser=0 (pod must not set runAsUser=0)'],
    [{ hostNetwork: true }, 'host namespaces (hostNetwork=true)'],
  ])('%j', (spec, words) => {
    expect(said(restricted, pod(spec, safe))).toBe(`${HEAD}"restricted:latest": ${words}`);
  });
});

describe('baseline', () => {
  it.each([
    [{}, {}, 'ok'],
    [
      {},
      { securityContext: { privileged: true } },
      `${HEAD}"baseline:latest": privileged (container "c" must not set securityContext.privileged=true)`,
    ],
    [
      {},
      { ports: [{ containerPort: 80, hostPort: 80 }] },
      `${HEAD}"baseline:latest": hostPort (container "c" uses hostPort 80)`,
    ],
    [
      {},
      { securityContext: { capabilities: { add: ['NET_ADMIN'] } } },
      `${HEAD}"baseline:latest": non-default capabilities (container "c" must not include "NET_ADMIN" in securityContext.capabilities.add)`,
    ],
    [
      { hostPID: true, volumes: [{ name: 'v', hostPath: { path: '/' } }] },
      {},
      `${HEAD}"baseline:latest": host namespaces (hostPID=true), hostPath volumes (volume "v")`,
    ],
  ])('%j %j', (spec, container, words) => {
    expect(said(baseline, pod(spec, container))).toBe(words);
  });
});

describe('labels', () => {
  it('warn lets in, with a word', () => {
    const t = serverWith({ 'pod-security.kubernetes.io/warn': 'baseline' });
    const r = t.handle(createRequest(pod({ hostNetwork: true }) as unknown as AnyObject));
    expect(r).toMatchObject({
      ok: true,
      warnings: ['would violate PodSecurity "baseline:latest": host namespaces (hostNetwork=true)'],
    });
  });

  it('name the pods that are there already', () => {
    const t = serverWith({});
    t.create(pod({ hostNetwork: true }));
    const r = t.handle({
      verb: 'patch',
      patchType: 'merge',
      resource: 'namespaces',
      name: 'safe',
      body: { metadata: { labels: baseline } },
    });
    expect(r.warnings).toEqual([
      'existing pods in namespace "safe" violate the new PodSecurity enforce level "baseline:latest"',
      'p: host namespaces',
    ]);
  });

  it('of an unknown level are refused', () => {
    const t = testServer();
    expect(
      t.say({
        verb: 'patch',
        patchType: 'merge',
        resource: 'namespaces',
        name: 'default',
        body: { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'x' } } },
      }),
    ).toBe(
      '422 Invalid: Namespace "default" is invalid: metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "x": must be one of privileged, baseline, restricted',
    );
  });
});
