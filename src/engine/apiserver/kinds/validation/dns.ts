/** DNS settings of a pod. Upstream: pkg/apis/core/validation/validation.go validatePodDNSConfig */
import type { PodSpec } from '../../../api/core.ts';
import { isDNS1123SubdomainWithUnderscore } from '../../../api/name.ts';
import { type Errors, invalid, invalidEach, required } from './errors.ts';
import { validateIP } from './ip.ts';

const MOST_SERVERS = 3;
const MOST_SEARCHES = 32;
const MOST_SEARCH_CHARACTERS = 2048;

interface DnsConfig {
  nameservers?: string[];
  searches?: string[];
  options?: { name?: string; value?: string }[];
}

function validateSearches(errors: Errors, searches: readonly string[], path: string): void {
  if (searches.length > MOST_SEARCHES)
    invalid(errors, path, searches, `must not have more than ${MOST_SEARCHES} search paths`);
  if (searches.join(' ').length > MOST_SEARCH_CHARACTERS)
    invalid(
      errors,
      path,
      searches,
      `must not have more than ${MOST_SEARCH_CHARACTERS} characters (including spaces) in the search list`,
    );
  searches.forEach((search, i) => {
    if (search === '.') return;
    const name = search.replace(/\.$/, '');
    invalidEach(errors, `${path}[${i}]`, name, isDNS1123SubdomainWithUnderscore(name));
  });
}

export function validateDnsConfig(errors: Errors, spec: PodSpec, path: string): void {
  const config = spec.dnsConfig as DnsConfig | undefined;
  if (spec.dnsPolicy === 'None') {
    if (!config) {
      required(errors, path, 'must provide `dnsConfig` when `dnsPolicy` is None');
      return;
    }
    if (!config.nameservers?.length)
      required(errors, `${path}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None');
    return;
  }
  if (!config) return;
  const servers = config.nameservers ?? [];
  if (servers.length > MOST_SERVERS)
    invalid(errors, `${path}.nameservers`, servers, `must not have more than ${MOST_SERVERS} nameservers`);
  servers.forEach((server, i) => {
    validateIP(errors, server, `${path}.nameservers[${i}]`);
  });
  validateSearches(errors, config.searches ?? [], `${path}.searches`);
  config.options?.forEach((option, i) => {
    if (!option.name) required(errors, `${path}.options[${i}]`, 'must not be empty');
  });
}
