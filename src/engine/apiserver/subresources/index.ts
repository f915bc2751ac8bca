/** Which function answers which subresource. */
import type { ApiResponse } from '../../api/request.ts';
import { methodNotAllowed, unknownPath } from '../errors.ts';
import type { Scope } from '../scope.ts';
import { patch } from '../verbs/patch.ts';
import { get } from '../verbs/read.ts';
import { bind } from './binding.ts';
import { evict } from './eviction.ts';
import { getScale, updateScale } from './scale.ts';
import { replaceStatus, updateStatus } from './status.ts';

type Handler = (s: Scope) => ApiResponse;

const patchWith =
  (replace: Parameters<typeof patch>[1]): Handler =>
  (s) =>
    patch(s, replace);

/** `subresource verb` → handler. */
const HANDLERS: Readonly<Record<string, Handler>> = {
  'status get': get,
  'status update': updateStatus,
  'status patch': patchWith(replaceStatus),
  'binding create': bind,
  'eviction create': evict,
  'scale get': getScale,
  'scale update': updateScale,
  'scale patch': updateScale,
};

export function subresource(s: Scope): ApiResponse {
  const name = s.r.subresource!;
  if (!s.info.subresources.includes(name)) return unknownPath();
  return (HANDLERS[`${name} ${s.r.verb}`] ?? methodNotAllowed)(s);
}
