/** Environment variables. Upstream: pkg/apis/core/validation/validation.go ValidateEnv, ValidateEnvFrom */
import type { Container, EnvVar } from '../../../api/core.ts';
import { isConfigMapKey, isEnvVarName, isQualifiedName } from '../../../api/name.ts';
import { parseMilli } from '../../../api/quantity.ts';
import { type Errors, invalid, invalidEach, notSupported, required } from './errors.ts';
import { subdomainName } from './object-meta.ts';

interface FieldRef {
  apiVersion?: string;
  fieldPath?: string;
}
interface ResourceRef {
  containerName?: string;
  resource?: string;
  divisor?: string;
}
interface KeyRef {
  name?: string;
  key?: string;
}
interface EnvSource {
  fieldRef?: FieldRef;
  resourceFieldRef?: ResourceRef;
  configMapKeyRef?: KeyRef;
  secretKeyRef?: KeyRef;
  fileKeyRef?: { volumeName?: string; path?: string; key?: string };
}

const ENV_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
export const VOLUME_FIELDS: readonly string[] = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];
/** Labels of the downward API that exist at all; anything else cannot be converted. */
const KNOWN_FIELDS = new Set([
  ...ENV_FIELDS,
  ...VOLUME_FIELDS,
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
  'spec.host',
]);
const RESOURCES = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];
const BYTE_DIVISORS = '1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei';
const BYTE_DIVISOR_SET = new Set(BYTE_DIVISORS.split(', '));

/** A field of the pod: `metadata.name`, `metadata.labels['app']`. */
export function validateFieldRef(errors: Errors, ref: FieldRef, fields: readonly string[], path: string): void {
  if (!ref.apiVersion) {
    required(errors, `${path}.apiVersion`);
    return;
  }
  if (!ref.fieldPath) {
    required(errors, `${path}.fieldPath`);
    return;
  }
  const subscript = /^([^[]+)\['(.*)'\]$/.exec(ref.fieldPath);
  const field = subscript ? subscript[1]! : ref.fieldPath;
  if (!KNOWN_FIELDS.has(field)) {
    const why = `error converting fieldPath: field label not supported: ${ref.fieldPath}`;
    invalid(errors, `${path}.fieldPath`, ref.fieldPath, why);
    return;
  }
  if (!subscript) {
    if (!fields.includes(field)) notSupported(errors, `${path}.fieldPath`, field, fields);
  } else if (field === 'metadata.annotations')
    invalidEach(errors, path, subscript[2]!.toLowerCase(), isQualifiedName(subscript[2]!.toLowerCase()));
  else if (field === 'metadata.labels') invalidEach(errors, path, subscript[2]!, isQualifiedName(subscript[2]!));
  else invalid(errors, path, field, 'does not support subscript');
}

function validateDivisor(errors: Errors, ref: ResourceRef, path: string): void {
  const divisor = ref.divisor ?? '0';
  const resource = ref.resource ?? '';
  if ((parseMilli(divisor) ?? 0n) === 0n) return;
  const fail = (values: string, what: string): void =>
    invalid(
      errors,
      `${path}.divisor`,
      resource,
      `only divisor's values ${values} are supported with the ${what} resource`,
    );
  if (/^(limits|requests)\.cpu$/.test(resource)) {
    if (divisor !== '1m' && divisor !== '1') fail('1m and 1', 'cpu');
  } else if (!BYTE_DIVISOR_SET.has(divisor)) {
    if (/^(limits|requests)\.memory$/.test(resource)) fail(BYTE_DIVISORS, 'memory');
    if (/^(limits|requests)\.ephemeral-storage$/.test(resource)) fail(BYTE_DIVISORS, 'local ephemeral storage');
    if (/^(limits|requests)\.hugepages-/.test(resource)) fail(BYTE_DIVISORS, 'hugepages');
  }
}

/** A request or limit of a container; inside a volume the container has to be named. */
export function validateResourceRef(errors: Errors, ref: ResourceRef, path: string, inVolume: boolean): void {
  if (inVolume && !ref.containerName) required(errors, `${path}.containerName`);
  else if (!ref.resource) required(errors, `${path}.resource`);
  else if (!RESOURCES.includes(ref.resource) && !/^(limits|requests)\.hugepages-/.test(ref.resource))
    notSupported(errors, `${path}.resource`, ref.resource, RESOURCES);
  validateDivisor(errors, ref, path);
}

function validateKeyRef(errors: Errors, ref: KeyRef, path: string): void {
  invalidEach(errors, `${path}.name`, ref.name ?? '', subdomainName(ref.name ?? ''));
  if (!ref.key) required(errors, `${path}.key`);
  else invalidEach(errors, `${path}.key`, ref.key, isConfigMapKey(ref.key));
}

function validateValueFrom(errors: Errors, env: EnvVar, path: string): void {
  const from = env.valueFrom as EnvSource;
  let sources = 0;
  if (from.fieldRef && ++sources) validateFieldRef(errors, from.fieldRef, ENV_FIELDS, `${path}.fieldRef`);
  if (from.resourceFieldRef && ++sources)
    validateResourceRef(errors, from.resourceFieldRef, `${path}.resourceFieldRef`, false);
  if (from.configMapKeyRef && ++sources) validateKeyRef(errors, from.configMapKeyRef, `${path}.configMapKeyRef`);
  if (from.secretKeyRef && ++sources) validateKeyRef(errors, from.secretKeyRef, `${path}.secretKeyRef`);
  if (from.fileKeyRef && ++sources) validateFileKeyRef(errors, from.fileKeyRef, `${path}.fileKeyRef`);
  if (sources === 0)
    invalid(
      errors,
      path,
      '',
      'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
    );
  else if (env.value) invalid(errors, path, '', 'may not be specified when `value` is not empty');
  else if (sources > 1) invalid(errors, path, '', 'may not have more than one field specified at a time');
}

function validateFileKeyRef(errors: Errors, ref: NonNullable<EnvSource['fileKeyRef']>, path: string): void {
  if (!ref.volumeName) required(errors, `${path}.volumeName`);
  if (!ref.path) required(errors, `${path}.path`);
  if (!ref.key) required(errors, `${path}.key`);
  else invalidEach(errors, `${path}.key`, ref.key, isEnvVarName(ref.key));
}

export function validateEnv(errors: Errors, env: readonly EnvVar[], path: string): void {
  env.forEach((e, i) => {
    if (!e.name) required(errors, `${path}[${i}].name`);
    else invalidEach(errors, `${path}[${i}].name`, e.name, isEnvVarName(e.name));
    if (e.valueFrom) validateValueFrom(errors, e, `${path}[${i}].valueFrom`);
  });
}

interface EnvFrom {
  prefix?: string;
  configMapRef?: { name?: string };
  secretRef?: { name?: string };
}

export function validateEnvFrom(errors: Errors, sources: NonNullable<Container['envFrom']>, path: string): void {
  (sources as EnvFrom[]).forEach((source, i) => {
    const at = `${path}[${i}]`;
    if (source.prefix) invalidEach(errors, `${at}.prefix`, source.prefix, isEnvVarName(source.prefix));
    let found = 0;
    for (const kind of ['configMapRef', 'secretRef'] as const) {
      const ref = source[kind];
      if (!ref) continue;
      found++;
      if (!ref.name) required(errors, `${at}.${kind}.name`);
      else invalidEach(errors, `${at}.${kind}.name`, ref.name, subdomainName(ref.name, true));
    }
    if (found === 0) invalid(errors, path, '', 'must specify one of: `configMapRef` or `secretRef`');
    else if (found > 1) invalid(errors, path, '', 'may not have more than one field specified at a time');
  });
}
