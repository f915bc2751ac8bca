/** Secrets. Upstream: pkg/registry/core/secret/strategy.go, pkg/apis/core/validation/validation.go ValidateSecret */
import type { Secret } from '../../api/core.ts';
import { isConfigMapKey } from '../../api/name.ts';
import { parseJson } from '../json.ts';
import type { FieldError, Kind } from '../kind.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { ageColumn, column, nameColumn } from './columns.ts';
import { base64Bytes, frozenData, MAX_DATA_BYTES } from './validation/data.ts';
import { type Errors, IMMUTABLE, invalid, invalidEach, required, tooLong } from './validation/errors.ts';
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from './validation/object-meta.ts';
import { sorted } from './validation/selector.ts';

const ACCOUNT_ANNOTATION = 'kubernetes.io/service-account.name';

/** Keys of which all have to be there, by type. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
};

const DOCKER_KEYS = new Set(['.dockercfg', '.dockerconfigjson']);

/** A registry's password file is JSON; what is wrong with it is said without showing it. */
function validateDockerConfig(errors: Errors, key: string, base64: string): void {
  const parsed = parseJson(decodeBase64(base64));
  const path = `data[${key}]`;
  const redacted = '<secret contents redacted>';
  if ('error' in parsed) {
    invalid(errors, path, redacted, parsed.error);
    return;
  }
  const { value } = parsed;
  const type = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  if (type !== 'object')
    invalid(errors, path, redacted, `json: cannot unmarshal ${type} into Go value of type map[string]interface {}`);
}

function validateType(errors: Errors, o: Secret): void {
  const data = o.data ?? {};
  for (const key of NEEDED[o.type ?? ''] ?? []) {
    if (!(key in data)) required(errors, `data[${key}]`);
    else if (DOCKER_KEYS.has(key)) validateDockerConfig(errors, key, data[key] ?? '');
  }
  if (o.type === 'kubernetes.io/basic-auth' && !('username' in data) && !('password' in data)) {
    required(errors, 'data[username]');
    required(errors, 'data[password]');
  }
  if (o.type === 'kubernetes.io/service-account-token' && !o.metadata.annotations?.[ACCOUNT_ANNOTATION])
    required(errors, `metadata.annotations[${ACCOUNT_ANNOTATION}]`);
}

function validateSecret(errors: Errors, o: Secret): void {
  validateObjectMeta(errors, o, true, subdomainName);
  let bytes = 0;
  for (const [key, text] of Object.entries(sorted(o.data ?? {}))) {
    invalidEach(errors, `data[${key}]`, key, isConfigMapKey(key));
    bytes += base64Bytes(text ?? '');
  }
  if (bytes > MAX_DATA_BYTES) tooLong(errors, 'data', MAX_DATA_BYTES);
  validateType(errors, o);
}

export const secret: Kind<Secret> = {
  kind: 'Secret',
  default(o) {
    o.type ||= 'Opaque';
    if (!o.stringData) return;
    const data = { ...o.data };
    for (const key in o.stringData) data[key] = encodeBase64(o.stringData[key]!);
    o.data = data;
    delete o.stringData;
  },
  validate(o) {
    const errors: FieldError[] = [];
    validateSecret(errors, o);
    return errors;
  },
  validateUpdate(o, old) {
    const errors: FieldError[] = [];
    validateObjectMetaUpdate(errors, o, old);
    if (o.type !== old.type) invalid(errors, 'type', o.type, IMMUTABLE);
    frozenData(errors, o, old, ['data']);
    validateSecret(errors, o);
    return errors;
  },
  selectableFields: (o) => ({ type: o.type ?? '' }),
  columns: [
    nameColumn,
    column('Type', (o) => o.type ?? ''),
    column('Data', (o) => Object.keys(o.data ?? {}).length, 'integer'),
    ageColumn,
  ],
};
