/** Endpoints and EndpointSlices. Upstream: pkg/apis/core/validation/validation.go ValidateEndpoints, pkg/apis/discovery/validation */
import type { Endpoints } from '../../../api/core.ts';
import { isDNS1123Label, isPortNumber, isQualifiedName } from '../../../api/name.ts';
import { type Errors, invalid, invalidEach, notSupported, required } from './errors.ts';
import { isIP, validateIP, validateNonSpecialIP } from './ip.ts';
import { subdomainName, validateObjectMeta } from './object-meta.ts';

export const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

function validateAddress(errors: Errors, a: { ip?: string; hostname?: string }, path: string): void {
  const ip = a.ip ?? '';
  validateIP(errors, ip, `${path}.ip`);
  if (a.hostname) invalidEach(errors, `${path}.hostname`, a.hostname, isDNS1123Label(a.hostname));
  // upstream asks both rules, each of which complains of what is no address
  if (isIP(ip)) validateNonSpecialIP(errors, ip, `${path}.ip`);
  else invalid(errors, `${path}.ip`, ip, 'must be a valid IP address');
}

export function validateEndpoints(errors: Errors, o: Endpoints): void {
  validateObjectMeta(errors, o, true, subdomainName);
  o.subsets?.forEach((subset, i) => {
    const at = `subsets[${i}]`;
    if (!subset.addresses?.length && !subset.notReadyAddresses?.length)
      required(errors, at, 'must specify `addresses` or `notReadyAddresses`');
    subset.addresses?.forEach((a, j) => {
      validateAddress(errors, a, `${at}.addresses[${j}]`);
    });
    subset.notReadyAddresses?.forEach((a, j) => {
      validateAddress(errors, a, `${at}.notReadyAddresses[${j}]`);
    });
    subset.ports?.forEach((port, j) => {
      const path = `${at}.ports[${j}]`;
      if (!port.name) {
        if (subset.ports!.length > 1) required(errors, `${path}.name`);
      } else invalidEach(errors, `${path}.name`, port.name, isDNS1123Label(port.name));
      invalidEach(errors, `${path}.port`, port.port, isPortNumber(port.port));
      if (!port.protocol) required(errors, `${path}.protocol`);
      else if (!PROTOCOLS.includes(port.protocol)) notSupported(errors, `${path}.protocol`, port.protocol, PROTOCOLS);
      if (port.appProtocol)
        invalidEach(errors, `${path}.appProtocol`, port.appProtocol, isQualifiedName(port.appProtocol));
    });
  });
}

/** An address of a slice of the given type. */
export function validateSliceAddress(errors: Errors, type: string, address: string, path: string): void {
  if (type === 'IPv4' && !/^\d+(\.\d+){3}$/.test(address))
    invalid(errors, path, address, 'must be a valid IPv4 address');
  else if (type === 'IPv4') validateIP(errors, address, path);
}
