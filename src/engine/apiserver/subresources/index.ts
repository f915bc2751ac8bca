/** Which function answers which subresource. */

import type { AnyObject } from '../../api/meta.ts';
import type { ApiResponse } from '../../api/request.ts';
import { decode } from '../decode.ts';
import { methodNotAllowed, notFound, unknownPath } from '../errors.ts';
import type { Scope } from '../scope.ts';
import { patch, type Replace } from '../verbs/patch.ts';
import { get } from '../verbs/read.ts';
import { bind } from './binding.ts';
import { exec, log, portForward } from './connect.ts';
import { evict } from './eviction.ts';
import { finalize } from './finalize.ts';
import { replaceEphemeralContainers, replaceResources } from './pod-spec.ts';
import { getScale, updateScale } from './scale.ts';
import { replaceStatus, updateStatus } from './status.ts';

import { createToken } from './token.ts';

type Handler = (s: Scope) => ApiResponse;

const patchWith =
  (replace: Replace): Handler =>
  (s) =>
    patch(s, replace);

const updateWith =
  (replace: Replace): Handler =>
  (s) => {
    const old = s.server.store.get<AnyObject>(s.info.kind, s.namespace, s.r.name ?? '');
    if (!old) return notFound(s.info, s.r.name ?? '');
    const decoded = decode(s, s.r.body, old);
    return decoded.ok ? replace(s, decoded.value, old) : decoded;
  };

/** `subresource verb` → handler. */
const HANDLERS: Readonly<Record<string, Handler>> = {
  'status get': get,
  'status update': updateStatus,
  'status patch': patchWith(replaceStatus),
  'binding create': bind,
  'eviction create': evict,
  'finalize update': finalize,
  'token create': createToken,
  'log get': log,
  'exec create': exec,
  'exec get': exec,
  'attach create': log,
  'portforward create': portForward,
  'ephemeralcontainers get': get,
  'ephemeralcontainers update': updateWith(replaceEphemeralContainers),
  'ephemeralcontainers patch': patchWith(replaceEphemeralContainers),
  'resize get': get,
  'resize update': updateWith(replaceResources),
  'resize patch': patchWith(replaceResources),
  'scale get': getScale,
  'scale update': updateScale,
  'scale patch': updateScale,
};

export function subresource(s: Scope): ApiResponse {
  const name = s.r.subresource!;
  if (!s.info.subresources.includes(name)) return unknownPath();
  return (HANDLERS[`${name} ${s.r.verb}`] ?? methodNotAllowed)(s);
}
