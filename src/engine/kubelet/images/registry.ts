/** What a pull from the simulated registries yields, in containerd's words when it fails. */
import type { Image } from '../../api/policy.ts';
import { fnv64 } from '../../sim/hash.ts';
import { CATALOGUE, type Repository } from './catalogue.ts';
import { nameOf, parseReference, type Reference, repositoryOf } from './reference.ts';

export interface FoundImage {
  ok: true;
  /** The runtime's name of it: `docker.io/library/nginx:1.27`. */
  name: string;
  /** `docker.io/library/nginx@sha256:…`, of the index where there is one. */
  id: string;
  sizeBytes: number;
  /** The architecture of the binaries inside; another than the machine's when a single manifest was pulled. */
  arch: string;
  /** What a user said of it (`kind: Image`). */
  exit?: { code: number; afterMs: number };
}

export type PullResult = FoundImage | { ok: false; error: string };

const MIB = 1024 * 1024;
/** Words that stand for some version in most repositories. */
const USUAL_TAGS =
  /^(latest|stable|mainline|lts|edge|alpine|slim|bookworm|bullseye|trixie|jammy|noble|focal|bionic|buster|perl|musl|glibc|uclibc|fpm|apache|base|current|rolling|main|master|management)$/;

const digests = new Map<string, string>();

/** 64 hex digits that depend on the text alone. */
export function digestOf(text: string): string {
  let digest = digests.get(text);
  if (!digest) {
    if (digests.size > 1000) digests.clear();
    digest = makeDigest(text);
    digests.set(text, digest);
  }
  return digest;
}

function makeDigest(text: string): string {
  return `sha256:${fnv64(`0${text}`)}${fnv64(`1${text}`)}${fnv64(`2${text}`)}${fnv64(`3${text}`)}`;
}

const shortName = (r: Reference): string => repositoryOf(r).replace(/^docker\.io\/(library\/)?/, '');

/** What a repository that nobody may pull is usually called. */
const PRIVATE_PATH =
  /private|secret|internal|no-?such|not-?exist|does-?not|my-?company|unknown|missing|fake|nonexist|wrong|typo/;

/** Whether a tag exists in a repository: a known word, or a version not above the newest. */
export function hasTag(repository: Repository, tag: string): boolean {
  if (repository.tags?.includes(tag)) return true;
  if (repository.anyTag) return !PRIVATE_PATH.test(tag);
  const words = tag.replace(/^v(?=\d)/, '').split('-');
  const first = words[0]!;
  if (!/^\d/.test(first)) return !repository.tags && words.some((w) => USUAL_TAGS.test(w));
  if (!/^[\d.]+[a-z]?\d*$/.test(first)) return false;
  const wanted = first.split('.').map((n) => Number.parseInt(n, 10));
  const newest = repository.newest.split('.').map(Number);
  for (let i = 0; i < newest.length; i++) {
    const difference = (wanted[i] ?? 0) - newest[i]!;
    if (difference !== 0) return difference < 0;
  }
  return true;
}

/** Names of hosts that no resolver knows. */
const PRIVATE_HOST =
  /^(localhost|[\d.]+(:\d+)?)$|\.(local|internal|corp|lan|home|test|invalid|example)(:\d+)?$|example\.(com|org|net)(:\d+)?$/;
const PUBLIC_HOST =
  /(^|\.)(docker\.io|k8s\.io|gcr\.io|ghcr\.io|quay\.io|pkg\.dev|microsoft\.com|amazonaws\.com|elastic\.co|gitlab\.com|redhat\.com|redhat\.io|icr\.io|public\.ecr\.aws|nvcr\.io)$/;

/** The repository behind a reference. Names that look public but are not in the catalogue are taken for the usual two-platform index. */
function repositoryFor(r: Reference): Repository | undefined {
  const known = CATALOGUE[shortName(r)];
  if (known) return known;
  const official = r.host === 'docker.io' && r.path.startsWith('library/');
  if (official || PRIVATE_PATH.test(r.path) || !PUBLIC_HOST.test(r.host)) return undefined;
  const size = 20 + (Number.parseInt(fnv64(r.path).slice(0, 4), 16) % 160);
  return { platforms: ['amd64', 'arm64'], sizeMiB: size, newest: '0', anyTag: true };
}

const resolveError = (name: string, why: string): string =>
  `failed to pull and unpack image "${name}": failed to resolve reference "${name}": ${why}`;

/** The words for a reference that resolves to nothing. */
function unresolved(r: Reference, name: string): string {
  if (PRIVATE_HOST.test(r.host) || !PUBLIC_HOST.test(r.host)) {
    const head = `failed to do request: Head "https://${r.host}/v2/${r.path}/manifests/${r.digest ?? r.tag}"`;
    if (/^(localhost|[\d.]+)(:\d+)?$/.test(r.host)) {
      const address = r.host.includes(':')
        ? r.host.replace('localhost', '127.0.0.1')
        : `${r.host.replace('localhost', '127.0.0.1')}:443`;
      return resolveError(name, `${head}: dial tcp ${address}: connect: connection refused`);
    }
    return resolveError(name, `${head}: dial tcp: lookup ${r.host.replace(/:\d+$/, '')} on 10.0.0.2:53: no such host`);
  }
  return resolveError(
    name,
    'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
  );
}

function fromUser(image: Image, r: Reference, arch: string): PullResult {
  const name = nameOf(r);
  const platforms = image.spec.platforms.map((p) => p.split('/').at(-1)!);
  if (platforms.length && !platforms.includes(arch)) return noMatch(name);
  return {
    ok: true,
    name,
    id: `${repositoryOf(r)}@${digestOf(name)}`,
    sizeBytes: image.spec.sizeBytes ?? 50 * MIB,
    arch,
    ...(image.spec.exitCode === undefined && image.spec.exitAfterSeconds === undefined
      ? {}
      : { exit: { code: image.spec.exitCode ?? 0, afterMs: (image.spec.exitAfterSeconds ?? 0) * 1000 } }),
  };
}

const noMatch = (name: string): PullResult => ({
  ok: false,
  error: `rpc error: code = NotFound desc = failed to pull and unpack image "${name}": no match for platform in manifest: not found`,
});

/** The image that `kind: Image` objects name, whatever way the reference is written. */
function userImage(images: Iterable<Image>, name: string): Image | undefined {
  for (const image of images) {
    const r = parseReference(image.spec.reference);
    if (!('error' in r) && nameOf(r) === name) return image;
  }
  return undefined;
}

/** Digest of the manifest for one platform inside an index, as `docker manifest inspect` would list it. */
export const platformDigest = (r: Reference, arch: string): string =>
  digestOf(`${repositoryOf(r)}:${r.tag ?? 'latest'}/${arch}`);

/** Which platform a digest belongs to: one of an index we know, else (a digest copied from an x86 machine) amd64. */
function byDigest(r: Reference, repository: Repository, arch: string): FoundImage {
  const name = nameOf(r);
  let found = 'amd64';
  for (const tag of ['latest', repository.newest, ...(repository.tags ?? [])]) {
    const tagged: Reference = { host: r.host, path: r.path, tag };
    if (r.digest === digestOf(nameOf(tagged))) found = arch;
    for (const p of repository.platforms) if (r.digest === platformDigest(tagged, p)) found = p;
  }
  if (repository.platforms.length === 1) found = repository.platforms[0]!;
  return { ok: true, name, id: name, sizeBytes: repository.sizeMiB * MIB, arch: found };
}

/** Pulls `reference` for a machine of `arch`. `images` are the user's own. */
export function pull(reference: string, arch: string, images: Iterable<Image>): PullResult {
  const r = parseReference(reference);
  if ('error' in r) return { ok: false, error: r.error };
  const name = nameOf(r);
  const own = userImage(images, name);
  if (own) return fromUser(own, r, arch);
  const repository = repositoryFor(r);
  if (!repository) return { ok: false, error: unresolved(r, name) };
  if (r.digest) return byDigest(r, repository, arch);
  if (!hasTag(repository, r.tag!))
    return { ok: false, error: `rpc error: code = NotFound desc = ${resolveError(name, `${name}: not found`)}` };
  if (!repository.single && !repository.platforms.includes(arch)) return noMatch(name);
  const size = repository.sizeMiB * MIB + (Number.parseInt(fnv64(name + arch).slice(0, 5), 16) % MIB);
  return {
    ok: true,
    name,
    id: `${repositoryOf(r)}@${digestOf(name)}`,
    sizeBytes: /alpine|slim/.test(r.tag!) ? Math.round(size / 4) : size,
    arch: repository.single ? repository.platforms[0]! : arch,
  };
}
