/** EndpointSlices. Upstream: pkg/apis/discovery/validation, pkg/printers/internalversion/printers.go */

import { isDNS1123Label, isPortNumber } from '../../../api/name.ts';
import type { EndpointSlice } from '../../../api/policy.ts';
import { ageColumn, column, nameColumn } from '../columns.ts';
import { firstGeneration, nextGeneration } from '../generation.ts';
import { simpleKind } from '../simple.ts';
import { PROTOCOLS, validateSliceAddress } from '../validation/endpoints.ts';
import {
  duplicate,
  type Errors,
  IMMUTABLE,
  invalid,
  invalidEach,
  notSupported,
  required,
} from '../validation/errors.ts';

const TYPES = ['FQDN', 'IPv4', 'IPv6'];
const SHOWN = 3;

function list(all: readonly string[]): string {
  if (all.length === 0) return '<unset>';
  const shown = all.slice(0, SHOWN).join(',');
  return all.length > SHOWN ? `${shown} + ${all.length - SHOWN} more...` : shown;
}

function validateSlice(errors: Errors, o: EndpointSlice): void {
  if (!o.addressType) required(errors, 'addressType');
  else if (!TYPES.includes(o.addressType)) notSupported(errors, 'addressType', o.addressType, TYPES);
  o.endpoints?.forEach((endpoint, i) => {
    const path = `endpoints[${i}]`;
    if (!endpoint.addresses?.length) required(errors, `${path}.addresses`, 'must contain at least 1 address');
    endpoint.addresses?.forEach((a, j) => {
      validateSliceAddress(errors, o.addressType, a, `${path}.addresses[${j}]`);
    });
    if (endpoint.hostname)
      invalidEach(errors, `${path}.hostname`, endpoint.hostname, isDNS1123Label(endpoint.hostname));
  });
  const names = new Set<string>();
  o.ports?.forEach((port, i) => {
    const name = port.name ?? '';
    if (name) invalidEach(errors, `ports[${i}].name`, name, isDNS1123Label(name));
    if (names.has(name)) duplicate(errors, `ports[${i}].name`, name);
    names.add(name);
    if (port.port !== undefined) invalidEach(errors, `ports[${i}].port`, port.port, isPortNumber(port.port));
    if (port.protocol !== undefined && !PROTOCOLS.includes(port.protocol))
      notSupported(errors, `ports[${i}].protocol`, port.protocol, PROTOCOLS);
  });
}

const wish = (o: EndpointSlice): unknown => [o.addressType, o.endpoints, o.ports, o.metadata.labels];

export const endpointSlice = simpleKind<EndpointSlice>('EndpointSlice', {
  namespaced: true,
  default(o) {
    o.endpoints ??= [];
    for (const port of o.ports ?? []) {
      port.name ??= '';
      port.protocol ??= 'TCP';
    }
  },
  prepareCreate: firstGeneration,
  prepareUpdate(o, old) {
    nextGeneration(o, old, wish);
  },
  check: validateSlice,
  checkUpdate(errors, o, old) {
    if (o.addressType !== old.addressType) invalid(errors, 'addressType', o.addressType, IMMUTABLE);
  },
  columns: [
    nameColumn,
    column('AddressType', (o) => o.addressType),
    column('Ports', (o) => list((o.ports ?? []).map((p) => (p.port === undefined ? '*' : String(p.port))))),
    column('Endpoints', (o) => list((o.endpoints ?? []).flatMap((e) => e.addresses))),
    ageColumn,
  ],
});
