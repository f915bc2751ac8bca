import { expect, it } from 'vitest';
import type { Image } from '../../api/policy.ts';
import { parseReference } from './reference.ts';
import { digestOf, platformDigest, pull } from './registry.ts';

const none: Image[] = [];
const own = (reference: string, more: Partial<Image['spec']>): Image =>
  ({
    apiVersion: 'berth.sim/v1alpha1',
    kind: 'Image',
    metadata: { name: 'i' },
    spec: { reference, platforms: [], ...more },
  }) as never;

it.each([
  ['nginx', 'docker.io/library/nginx:latest'],
  ['nginx:1.27', 'docker.io/library/nginx:1.27'],
  ['docker.io/nginx', 'docker.io/library/nginx:latest'],
  ['kongru/dockerize:base', 'docker.io/kongru/dockerize:base'],
  ['registry.k8s.io/pause:3.10', 'registry.k8s.io/pause:3.10'],
  ['reg.example.org:5000/a/b', 'reg.example.org:5000/a/b:latest'],
  [`nginx@sha256:${'0'.repeat(64)}`, `docker.io/library/nginx@sha256:${'0'.repeat(64)}`],
])('%s is %s', (text, name) => {
  const r = parseReference(text);
  expect('error' in r ? r.error : `${r.host}/${r.path}${r.digest ? `@${r.digest}` : `:${r.tag}`}`).toBe(name);
});

it.each([
  ['Nginx:1', 'invalid reference format: repository name (library/Nginx) must be lowercase'],
  ['a b', 'invalid reference format'],
  ['nginx:', 'invalid reference format'],
])('%s is refused: %s', (text, error) => expect(parseReference(text)).toEqual({ error }));

it.each([
  ['nginx', 'amd64', 'ok amd64'],
  ['nginx', 'ppc64le', 'ok ppc64le'],
  ['busybox:1.28', 's390x', 'ok s390x'],
  ['perl', 'arm64', 'ok arm64'],
  ['k8s.gcr.io/pause:2.0', 'amd64', 'ok amd64'],
  ['centos:7', 'ppc64le', 'ok ppc64le'],
  ['fluentd:v1.17', 'amd64', 'ok amd64'],
  ['nginx:1.27-alpine', 'amd64', 'ok amd64'],
  ['quay.io/someone/tool:v3', 'amd64', 'ok amd64'],
  ['kongru/dockerize:base', 'ppc64le', 'ok ppc64le'],
  [
    'kongru/dockerize:base',
    'amd64',
    'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/kongru/dockerize:base": no match for platform in manifest: not found',
  ],
  [
    'nginx:9.9',
    'amd64',
    'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:9.9": failed to resolve reference "docker.io/library/nginx:9.9": docker.io/library/nginx:9.9: not found',
  ],
  [
    'nosuch',
    'amd64',
    'failed to pull and unpack image "docker.io/library/nosuch:latest": failed to resolve reference "docker.io/library/nosuch:latest": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
  ],
  [
    'mycompany/private-shop:2.1',
    'amd64',
    'failed to pull and unpack image "docker.io/mycompany/private-shop:2.1": failed to resolve reference "docker.io/mycompany/private-shop:2.1": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
  ],
  [
    'reg.local/a:1',
    'amd64',
    'failed to pull and unpack image "reg.local/a:1": failed to resolve reference "reg.local/a:1": failed to do request: Head "https://reg.local/v2/a/manifests/1": dial tcp: lookup reg.local on 10.0.0.2:53: no such host',
  ],
  [
    'localhost:5000/a:1',
    'amd64',
    'failed to pull and unpack image "localhost:5000/a:1": failed to resolve reference "localhost:5000/a:1": failed to do request: Head "https://localhost:5000/v2/a/manifests/1": dial tcp 127.0.0.1:5000: connect: connection refused',
  ],
])('pulling %s on %s: %s', (reference, arch, said) => {
  const r = pull(reference, arch, none);
  expect(r.ok ? `ok ${r.arch}` : r.error).toBe(said);
});

it('brings the other platform when a digest names its manifest', () => {
  const r = parseReference('nginx:1.31');
  if ('error' in r) throw new Error(r.error);
  const of = (digest: string, arch: string): string => {
    const got = pull(`nginx@${digest}`, arch, none);
    return got.ok ? got.arch : got.error;
  };
  expect(of(platformDigest(r, 's390x'), 'amd64')).toBe('s390x');
  expect(of(digestOf('docker.io/library/nginx:1.31'), 'ppc64le')).toBe('ppc64le');
  expect(of(`sha256:${'a'.repeat(64)}`, 'ppc64le')).toBe('amd64');
});

it('believes the images that a user has described', () => {
  const images = [own('shop/app:1', { platforms: ['linux/ppc64le'], sizeBytes: 7, exitCode: 3, exitAfterSeconds: 2 })];
  expect(pull('shop/app:1', 'ppc64le', images)).toMatchObject({
    ok: true,
    sizeBytes: 7,
    exit: { code: 3, afterMs: 2000 },
  });
  expect(pull('docker.io/shop/app:1', 'amd64', images)).toMatchObject({ ok: false });
});
