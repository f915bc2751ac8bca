/** Which form an answer takes and a body has. Upstream: apiserver/pkg/endpoints/handlers/negotiation */
import type { PatchType } from '../../engine/api/request.ts';

/** Representations that a client may ask for with `as=`. */
export type As = 'Table' | 'PartialObjectMetadata' | 'PartialObjectMetadataList' | 'APIGroupDiscoveryList';

export interface Accepted {
  media: 'application/json' | 'application/yaml';
  as?: As;
}

/** `as` values with the group and version in which they are served. */
const REPRESENTATIONS: Readonly<Record<As, string>> = {
  Table: 'meta.k8s.io/v1',
  PartialObjectMetadata: 'meta.k8s.io/v1',
  PartialObjectMetadataList: 'meta.k8s.io/v1',
  APIGroupDiscoveryList: 'apidiscovery.k8s.io/v2',
};

const JSON_TYPES = new Set(['application/json', 'application/*', '*/*']);

/** The first form in an `Accept` header that is served here, or `undefined` (406). `served` are the `as` values of the path. */
export function negotiate(header: string | undefined, served: readonly As[]): Accepted | undefined {
  if (!header?.trim()) return { media: 'application/json' };
  for (const entry of header.split(',')) {
    const [type, ...parameters] = entry.split(';').map((part) => part.trim());
    const media = JSON_TYPES.has(type!) ? 'application/json' : type === 'application/yaml' ? type : undefined;
    if (!media) continue;
    const wanted = new Map(parameters.map((p) => p.split('=', 2) as [string, string]));
    const as = wanted.get('as') as As | undefined;
    if (!as) return { media };
    if (served.includes(as) && REPRESENTATIONS[as] === `${wanted.get('g')}/${wanted.get('v')}`) return { media, as };
  }
  return undefined;
}

export const ACCEPTED_TYPES = 'application/json, application/yaml';

const PATCH_TYPES: Readonly<Record<string, PatchType>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

export const ACCEPTED_PATCHES = Object.keys(PATCH_TYPES).join(', ');

export const mediaType = (header: string | undefined): string => (header ?? '').split(';')[0]!.trim().toLowerCase();

/** The kind of patch that a content type names. */
export const patchTypeOf = (header: string | undefined): PatchType | undefined => PATCH_TYPES[mediaType(header)];
