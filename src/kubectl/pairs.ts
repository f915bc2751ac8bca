/** Arguments of `label`, `annotate` and `set env`: resources first, then `KEY=VALUE` and `KEY-`. Upstream: k8s.io/kubectl/pkg/cmd/util */
import { failure } from './failure.ts';

export interface Split {
  resources: string[];
  pairs: string[];
}

export function splitPairs(args: readonly string[], what: string): Split {
  const resources: string[] = [];
  const pairs: string[] = [];
  for (const s of args) {
    const isPair = (s.includes('=') && s[0] !== '=') || (s.endsWith('-') && s !== '-');
    if (isPair) pairs.push(s);
    else if (pairs.length) throw failure(`all resources must be specified before ${what} changes: ${s}`);
    else resources.push(s);
  }
  return { resources, pairs };
}

/** `KEY=VALUE` and `KEY-` parts; values may hold further `=`. */
export function parsePairs(pairs: readonly string[], what: string): { set: Map<string, string>; remove: string[] } {
  const set = new Map<string, string>();
  const remove: string[] = [];
  const invalid: string[] = [];
  for (const pair of pairs) {
    const eq = pair.indexOf('=');
    if (eq > 0) set.set(pair.slice(0, eq), pair.slice(eq + 1));
    else if (eq < 0 && pair.endsWith('-') && pair !== '-') remove.push(pair.slice(0, -1));
    else invalid.push(pair);
  }
  if (invalid.length) throw failure(`invalid ${what} format: ${invalid.join(', ')}`);
  return { set, remove };
}
