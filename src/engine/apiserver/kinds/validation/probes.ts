/** Probes and hooks. Upstream: pkg/apis/core/validation/validation.go validateProbe, validateHandler, validateLifecycle */
import type { Container, Probe, ProbeHandler } from '../../../api/core.ts';
import type { IntOrString } from '../../../api/meta.ts';
import { isHTTPHeaderName, isPortName, isPortNumber } from '../../../api/name.ts';
import { type Errors, forbidden, invalid, invalidEach, notNegative, notSupported, required } from './errors.ts';

/** A port number, or the name of a port. */
export function validatePortNumberOrName(errors: Errors, port: IntOrString | undefined, path: string): void {
  if (typeof port === 'string') invalidEach(errors, path, port, isPortName(port));
  else invalidEach(errors, path, port ?? 0, isPortNumber(port ?? 0));
}

function validateHttpGet(errors: Errors, http: NonNullable<ProbeHandler['httpGet']>, path: string): void {
  if (!http.path) required(errors, `${path}.path`);
  validatePortNumberOrName(errors, http.port, `${path}.port`);
  if (http.scheme !== 'HTTP' && http.scheme !== 'HTTPS')
    notSupported(errors, `${path}.scheme`, http.scheme, ['HTTP', 'HTTPS']);
  for (const header of http.httpHeaders ?? [])
    invalidEach(errors, `${path}.httpHeaders`, header.name ?? '', isHTTPHeaderName(header.name ?? ''));
}

type Handler = keyof ProbeHandler;
const PROBE_HANDLERS: readonly Handler[] = ['exec', 'httpGet', 'tcpSocket', 'grpc'];
const HOOK_HANDLERS: readonly Handler[] = ['exec', 'httpGet', 'tcpSocket', 'sleep'];

function validateOne(
  errors: Errors,
  h: ProbeHandler,
  kind: Handler,
  graceSeconds: number | undefined,
  path: string,
): void {
  switch (kind) {
    case 'exec':
      if (!h.exec!.command?.length) required(errors, `${path}.command`);
      break;
    case 'httpGet':
      validateHttpGet(errors, h.httpGet!, path);
      break;
    case 'sleep': {
      const seconds = h.sleep!.seconds ?? 0;
      if (graceSeconds !== undefined && (seconds < 0 || seconds > graceSeconds))
        invalid(
          errors,
          path,
          seconds,
          `must be non-negative and less than terminationGracePeriodSeconds (${graceSeconds})`,
        );
      break;
    }
    default:
      validatePortNumberOrName(errors, (h[kind] as { port?: IntOrString }).port, `${path}.port`);
  }
}

function validateHandler(
  errors: Errors,
  h: ProbeHandler,
  kinds: readonly Handler[],
  graceSeconds: number | undefined,
  path: string,
): void {
  let found = 0;
  for (const kind of kinds) {
    if (!h[kind]) continue;
    if (found++ > 0) forbidden(errors, `${path}.${kind}`, 'may not specify more than 1 handler type');
    else validateOne(errors, h, kind, graceSeconds, `${path}.${kind}`);
  }
  if (found === 0) required(errors, path, 'must specify a handler type');
}

function validateProbe(errors: Errors, p: Probe, graceSeconds: number | undefined, path: string): void {
  validateHandler(errors, p, PROBE_HANDLERS, graceSeconds, path);
  notNegative(errors, `${path}.initialDelaySeconds`, p.initialDelaySeconds);
  notNegative(errors, `${path}.timeoutSeconds`, p.timeoutSeconds);
  notNegative(errors, `${path}.periodSeconds`, p.periodSeconds);
  notNegative(errors, `${path}.successThreshold`, p.successThreshold);
  notNegative(errors, `${path}.failureThreshold`, p.failureThreshold);
  const grace = p.terminationGracePeriodSeconds;
  if (grace !== undefined && grace <= 0)
    invalid(errors, `${path}.terminationGracePeriodSeconds`, grace, 'must be greater than 0');
}

function validateOnceIsEnough(errors: Errors, p: Probe, path: string): void {
  if (p.successThreshold !== 1) invalid(errors, `${path}.successThreshold`, p.successThreshold, 'must be 1');
}

/** The hooks and probes of a container that stays. */
export function validateLifecycleAndProbes(
  errors: Errors,
  c: Container,
  graceSeconds: number | undefined,
  path: string,
): void {
  const hooks = c.lifecycle;
  if (hooks?.postStart)
    validateHandler(errors, hooks.postStart, HOOK_HANDLERS, graceSeconds, `${path}.lifecycle.postStart`);
  if (hooks?.preStop) validateHandler(errors, hooks.preStop, HOOK_HANDLERS, graceSeconds, `${path}.lifecycle.preStop`);
  if (c.livenessProbe) {
    validateProbe(errors, c.livenessProbe, graceSeconds, `${path}.livenessProbe`);
    validateOnceIsEnough(errors, c.livenessProbe, `${path}.livenessProbe`);
  }
  if (c.readinessProbe) {
    validateProbe(errors, c.readinessProbe, graceSeconds, `${path}.readinessProbe`);
    const grace = c.readinessProbe.terminationGracePeriodSeconds;
    if (grace !== undefined)
      invalid(
        errors,
        `${path}.readinessProbe.terminationGracePeriodSeconds`,
        grace,
        'must not be set for readinessProbes',
      );
  }
  if (c.startupProbe) {
    validateProbe(errors, c.startupProbe, graceSeconds, `${path}.startupProbe`);
    validateOnceIsEnough(errors, c.startupProbe, `${path}.startupProbe`);
  }
}
