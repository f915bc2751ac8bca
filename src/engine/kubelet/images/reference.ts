/** Image references. Upstream: github.com/distribution/reference, containerd's normalisation */

export interface Reference {
  /** `docker.io` */
  host: string;
  /** `library/nginx` */
  path: string;
  tag?: string;
  /** `sha256:…` */
  digest?: string;
}

const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,}$/;

const known = new Map<string, Reference | { error: string }>();

/** The parts of a reference with Docker Hub's defaults, or what the runtime says is wrong with it. */
export function parseReference(text: string): Reference | { error: string } {
  let r = known.get(text);
  if (!r) {
    if (known.size > 1000) known.clear();
    r = parse(text);
    known.set(text, r);
  }
  return r;
}

function parse(text: string): Reference | { error: string } {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  let rest = at < 0 ? text : text.slice(0, at);
  if (digest !== undefined && !DIGEST.test(digest)) return { error: 'invalid reference format' };
  const slash = rest.indexOf('/');
  const first = slash < 0 ? '' : rest.slice(0, slash);
  const isHost = /[.:]/.test(first) || first === 'localhost';
  let host = isHost ? first : 'docker.io';
  if (host === 'index.docker.io') host = 'docker.io';
  if (isHost) rest = rest.slice(slash + 1);
  const colon = rest.lastIndexOf(':');
  const tag = colon > rest.lastIndexOf('/') ? rest.slice(colon + 1) : undefined;
  let path = tag === undefined ? rest : rest.slice(0, colon);
  if (host === 'docker.io' && !path.includes('/')) path = `library/${path}`;
  if (tag !== undefined && !TAG.test(tag)) return { error: 'invalid reference format' };
  if (path.toLowerCase() !== path)
    return { error: `invalid reference format: repository name (${path}) must be lowercase` };
  if (!path.split('/').every((c) => COMPONENT.test(c))) return { error: 'invalid reference format' };
  return {
    host,
    path,
    ...(digest ? { digest } : {}),
    ...(tag !== undefined ? { tag } : digest ? {} : { tag: 'latest' }),
  };
}

/** `docker.io/library/nginx:1.27`, `docker.io/library/nginx@sha256:…` */
export const nameOf = (r: Reference): string =>
  `${r.host}/${r.path}${r.tag !== undefined && !r.digest ? `:${r.tag}` : ''}${r.digest ? `@${r.digest}` : ''}`;

export const repositoryOf = (r: Reference): string => `${r.host}/${r.path}`;
