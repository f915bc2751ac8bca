/** Refusals of requests to machines, as `Status` values. Upstream: k8s.io/apimachinery/pkg/api/errors, pkg/registry/core/pod/rest/subresources.go */
import type { ApiStatus } from '../api/meta.ts';

type Refusal = { ok: false; status: ApiStatus };

const refusal = (code: number, reason: string, message: string): Refusal => ({
  ok: false,
  status: { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message },
});

export const badRequest = (message: string): Refusal => refusal(400, 'BadRequest', message);

export const internalError = (message: string): Refusal =>
  refusal(500, 'InternalError', message.startsWith('Internal error') ? message : `Internal error occurred: ${message}`);

/** The machine does not answer: no way to it, or nobody on the kubelet's port. */
export function unreachable(ip: string, path: string, isUp: boolean): Refusal {
  const why = isUp ? 'connect: connection refused' : 'connect: no route to host';
  const stream = path.slice(0, path.indexOf('/'));
  const dial = `dial tcp ${ip}:10250: ${why}`;
  const message =
    stream === 'containerLogs' ? `Get "https://${ip}:10250/${path}": ${dial}` : `error dialing backend: ${dial}`;
  return refusal(500, '', message);
}
