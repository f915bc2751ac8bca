/** Server-side apply. Upstream: structured-merge-diff, apiserver/pkg/endpoints/handlers/fieldmanager */
import type { ApiResponse } from '../api/request.ts';
import { methodNotAllowed } from './errors.ts';
import type { Scope } from './scope.ts';
import type { Replace } from './verbs/patch.ts';

export function applyPatch(_s: Scope, _replace: Replace): ApiResponse {
  return methodNotAllowed();
}
