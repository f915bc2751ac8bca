/** The annotation in which apply keeps the last file. Upstream: k8s.io/kubectl/pkg/util/apply.go */
import type { AnyObject } from '../engine/api/meta.ts';
import { goJson, isMap, typedJson } from './values.ts';

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The object with the annotation that holds itself (without that annotation). */
export function withLastApplied(object: AnyObject): AnyObject {
  const { [LAST_APPLIED]: _, ...annotations } = object.metadata?.annotations ?? {};
  const bare = { ...object, metadata: { ...object.metadata, annotations } };
  return {
    ...bare,
    metadata: { ...bare.metadata, annotations: { ...annotations, [LAST_APPLIED]: `${goJson(bare)}\n` } },
  };
}

/** The object the annotation holds, or `undefined` when there is none. */
export function lastApplied(object: AnyObject): Record<string, unknown> | undefined {
  const text = object.metadata?.annotations?.[LAST_APPLIED];
  if (!text) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `--save-config`: the annotation, if it is asked for or was there. Generated objects keep the order of Go's types. */
export function savedConfig(object: AnyObject, wanted: boolean, typed = false): AnyObject {
  if (!wanted && object.metadata?.annotations?.[LAST_APPLIED] === undefined) return object;
  if (!typed) return withLastApplied(object);
  const annotations = { ...object.metadata.annotations, [LAST_APPLIED]: `${typedJson(object)}\n` };
  return { ...object, metadata: { ...object.metadata, annotations } };
}
