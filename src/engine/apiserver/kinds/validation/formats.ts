/** Formats that few kinds use. Upstream: apimachinery/pkg/util/validation/validation.go */
import { isDNS1123Subdomain, regexError } from '../../../api/name.ts';
import { type Errors, invalid, invalidEach, required } from './errors.ts';

const HTTP_PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const httpPathForm = new RegExp(`^${HTTP_PATH}$`);

/** `example.com/controller`: a domain and a path. */
export function domainPrefixedPath(errors: Errors, value: string, path: string): void {
  if (!value) {
    required(errors, path);
    return;
  }
  const slash = value.indexOf('/');
  const host = value.slice(0, Math.max(0, slash));
  const rest = slash < 0 ? '' : value.slice(slash + 1);
  if (!host || !rest) {
    invalid(errors, path, value, 'must be a domain-prefixed path (such as "acme.io/foo")');
    return;
  }
  invalidEach(errors, path, host, isDNS1123Subdomain(host));
  if (!httpPathForm.test(rest)) invalid(errors, path, rest, regexError('Invalid path', HTTP_PATH));
}
