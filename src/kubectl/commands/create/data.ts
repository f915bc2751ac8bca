/** `create configmap`, `create secret …`. Upstream: k8s.io/kubectl/pkg/cmd/create/create_{configmap,secret*}.go */
import type { Command, Env, Parsed } from '../../command.ts';
import { failure, quote } from '../../failure.ts';
import { base64, escapeHtml } from '../../values.ts';
import { generator } from './generator.ts';

const KEY = /^[-._a-zA-Z0-9]+$/;
const KEY_RULE =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

function keyProblem(key: string): string | undefined {
  if (key.length > 253) return 'must be no more than 253 bytes';
  if (!KEY.test(key)) return KEY_RULE;
  if (key === '.') return "must not be '.'";
  if (key === '..') return "must not be '..'";
  return key.startsWith('..') ? "must not start with '..'" : undefined;
}

type Add = (key: string, value: string) => void;

/** Reads `--from-literal`, `--from-file` and `--from-env-file` in this order of upstream's. */
export function readSources(env: Env, p: Parsed, add: Add, kind: string): void {
  if (p.list('from-env-file').length && (p.list('from-file').length || p.list('from-literal').length))
    throw failure('from-env-file cannot be combined with from-file or from-literal');
  for (const literal of p.list('from-literal')) {
    const eq = literal.indexOf('=');
    if (eq <= 0) throw failure(`invalid literal source ${literal}, expected key=value`);
    add(literal.slice(0, eq), literal.slice(eq + 1));
  }
  for (const source of p.list('from-file')) fromFile(env, source, add);
  for (const path of p.list('from-env-file')) fromEnvFile(env, path, add, kind);
}

function fromFile(env: Env, source: string, add: Add): void {
  const parts = source.split('=');
  if (parts.length > 2) throw failure("key names or file paths cannot contain '='");
  if (parts.length === 2 && parts[0] === '') throw failure(`key name for file path ${parts[1]} missing`);
  if (parts.length === 2 && parts[1] === '') throw failure(`file path for key name ${parts[0]} missing`);
  const path = parts.at(-1)!;
  const text = env.files.read(path);
  if (text !== undefined) {
    add(parts.length === 2 ? parts[0]! : path.split('/').at(-1)!, text);
    return;
  }
  const names = env.files.list(path);
  if (!names) throw failure(`error reading ${path}: no such file or directory`);
  if (parts.length === 2) throw failure('cannot give a key name for a directory path');
  for (const name of [...names].sort()) {
    const inner = env.files.read(`${path.replace(/\/$/, '')}/${name}`);
    if (inner !== undefined) add(name, inner);
  }
}

const ENV_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

function fromEnvFile(env: Env, path: string, add: Add, kind: string): void {
  const text = env.files.read(path);
  if (text === undefined) {
    if (env.files.list(path)) throw failure(`env ${kind} file cannot be a directory`);
    throw failure(`error reading ${path}: no such file or directory`);
  }
  for (const raw of text.split('\n')) {
    const line = raw.trimStart().replace(/\r$/, '');
    if (line === '' || line.startsWith('#')) continue;
    const eq = line.indexOf('=');
    const key = eq < 0 ? line : line.slice(0, eq);
    if (!ENV_NAME.test(key))
      throw failure(
        `${quote(key)} is not a valid key name: a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')`,
      );
    add(key, eq < 0 ? '' : line.slice(eq + 1));
  }
}

export const configmap = generator({
  name: 'configmap',
  aliases: ['cm'],
  use: 'create configmap NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
  short: 'Create a config map based on a file, directory, or specified literal value',
  flags: 'append-hash:bool from-env-file:list from-file:list from-literal:array',
  failed: 'failed to create configmap:',
  build: ({ env, p, name, metadata }) => {
    const data: Record<string, string> = {};
    const add: Add = (key, value) => {
      const why = keyProblem(key);
      if (why) throw failure(`${quote(key)} is not a valid key name for a ConfigMap: ${why}`);
      if (Object.hasOwn(data, key))
        throw failure(
          `cannot add key ${quote(key)}, another key by that name already exists in Data for ConfigMap ${quote(name)}`,
        );
      data[key] = value;
    };
    readSources(env, p, add, 'config');
    return { apiVersion: 'v1', kind: 'ConfigMap', metadata, ...(Object.keys(data).length ? { data } : {}) };
  },
});

const generic = generator({
  name: 'generic',
  path: 'create secret generic',
  use: 'create secret generic NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
  short: 'Create a secret from a local file, directory, or literal value',
  flags: 'append-hash:bool from-env-file:list from-file:list from-literal:array type',
  failed: 'failed to create secret',
  build: ({ env, p, metadata }) => {
    const data: Record<string, string> = {};
    const add: Add = (key, value) => {
      const why = keyProblem(key);
      if (why) throw failure(`${quote(key)} is not valid key name for a Secret ${why}`);
      if (Object.hasOwn(data, key)) throw failure(`cannot add key ${key}, another key by that name already exists`);
      data[key] = base64(value);
    };
    readSources(env, p, add, 'secret');
    return {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata,
      ...(Object.keys(data).length ? { data } : {}),
      ...(p.str('type') ? { type: p.str('type') } : {}),
    };
  },
});

const tls = generator({
  name: 'tls',
  path: 'create secret tls',
  use: 'create secret tls NAME --cert=path/to/cert/file --key=path/to/key/file [--dry-run=server|client|none]',
  short: 'Create a TLS secret',
  flags: 'append-hash:bool cert key',
  failed: 'failed to create secret',
  build: ({ env, p, metadata }) => {
    if (!p.str('cert') || !p.str('key')) throw failure('key and cert must be specified');
    const read = (path: string): string => {
      const text = env.files.read(path);
      if (text === undefined) throw failure(`Cannot read file ${path}, open ${path}: no such file or directory`);
      return text;
    };
    const [cert, key] = [read(p.str('cert')), read(p.str('key'))];
    if (!/-----BEGIN [A-Z ]+-----/.test(cert)) throw failure('tls: failed to find any PEM data in certificate input');
    if (!/-----BEGIN [A-Z ]+-----/.test(key)) throw failure('tls: failed to find any PEM data in key input');
    return {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata,
      data: { 'tls.crt': base64(cert), 'tls.key': base64(key) },
      type: 'kubernetes.io/tls',
    };
  },
});

const dockerRegistry = generator({
  name: 'docker-registry',
  path: 'create secret docker-registry',
  use: 'create secret docker-registry NAME --docker-username=user --docker-password=password --docker-email=email [--docker-server=string] [--from-file=[key=]source] [--dry-run=server|client|none]',
  short: 'Create a secret for use with a Docker registry',
  flags:
    'append-hash:bool docker-email docker-password docker-server=https://index.docker.io/v1/ docker-username from-file:list',
  failed: 'failed to create secret',
  build: ({ env, p, metadata }) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata,
    data: { '.dockerconfigjson': base64(dockerConfig(env, p)) },
    type: 'kubernetes.io/dockerconfigjson',
  }),
});

function dockerConfig(env: Env, p: Parsed): string {
  if (p.list('from-file').length) {
    let text = '';
    for (const source of p.list('from-file')) fromFile(env, source, (_, value) => (text = value));
    return text;
  }
  const [username, password, server, email] = ['username', 'password', 'server', 'email'].map((f) =>
    p.str(`docker-${f}`),
  );
  if (!username || !password || !server)
    throw failure(
      'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
    );
  const auth = { username, password, ...(email ? { email } : {}), auth: base64(`${username}:${password}`) };
  return escapeHtml(JSON.stringify({ auths: { [server]: auth } }));
}

export const secret: Command = {
  name: 'secret',
  use: 'kubectl create secret (docker-registry | generic | tls)',
  short: 'Create a secret using a specified subcommand',
  flags: [],
  commands: [dockerRegistry, generic, tls],
};
