/**
 * Which zero values Go leaves out when it writes an object (`omitempty` on a field that is no pointer), so that an
 * object comes back as the real server would print it.
 */
import type { Field } from './schema.ts';

const FALSE = new Set([
  'hostNetwork',
  'hostPID',
  'hostIPC',
  'stdin',
  'stdinOnce',
  'tty',
  'readOnly',
  'paused',
  'unschedulable',
  'publishNotReadyAddresses',
  'globalDefault',
]);
const ZERO = new Set([
  'hostPort',
  'nodePort',
  'healthCheckNodePort',
  'minReadySeconds',
  'initialDelaySeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
]);
/** Texts behind pointers: an empty one means something. */
const EMPTY_TEXT_COUNTS = new Set([
  'storageClassName',
  'ingressClassName',
  'volumeAttributesClassName',
  'volumeMode',
  'runtimeClassName',
  'loadBalancerClass',
  'appProtocol',
  'timeZone',
  'service',
  'hostnameOverride',
  'restartPolicy',
  'nodeName',
]);

/** Whether `value` of this field is not written. */
export function omitted(struct: string, field: Field, value: unknown): boolean {
  if (value === null) return true;
  if (field.always) return false;
  switch (field.type.is) {
    case 'list':
      return (value as unknown[]).length === 0;
    case 'map':
      return Object.keys(value as object).length === 0;
    case 'string':
      return value === '' && (!EMPTY_TEXT_COUNTS.has(field.name) || struct === 'PodSpec');
    case 'bool':
      return value === false && FALSE.has(field.name);
    case 'int32':
      return value === 0 && (ZERO.has(field.name) || (field.name === 'timeoutSeconds' && struct === 'Probe'));
    default:
      return false;
  }
}
