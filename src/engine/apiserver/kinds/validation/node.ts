/** Nodes. Upstream: pkg/apis/core/validation/validation.go ValidateNode, ValidateNodeUpdate */
import type { Node } from '../../../api/core.ts';
import type { Errors } from './errors.ts';
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from './object-meta.ts';

export function validateNode(errors: Errors, o: Node): void {
  validateObjectMeta(errors, o, false, subdomainName);
}

export function validateNodeUpdate(errors: Errors, o: Node, old: Node): void {
  validateObjectMetaUpdate(errors, o, old);
}
