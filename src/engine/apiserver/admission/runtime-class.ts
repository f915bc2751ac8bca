/** The overhead and the nodes of a pod's runtime class. Upstream: plugin/pkg/admission/runtimeclass/admission.go */
import type { Pod, ResourceList, Toleration } from '../../api/core.ts';
import type { AnyObject } from '../../api/meta.ts';
import { equalPlain } from '../../sim/plain.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import { forbidden } from '../errors.ts';

interface RuntimeClassObject extends AnyObject {
  overhead?: { podFixed?: ResourceList };
  scheduling?: { nodeSelector?: Record<string, string>; tolerations?: Toleration[] };
}

export const RuntimeClass = {
  name: 'RuntimeClass',
  kinds: new Set(['Pod']),
  admit(s, op, o) {
    const { spec } = o as unknown as Pod;
    if (op !== 'CREATE' || !spec) return undefined;
    const name = spec.runtimeClassName;
    const no = (why: string) => forbidden(s.info, o.metadata.name, why);
    if (!name)
      return spec.overhead && Object.keys(spec.overhead).length
        ? no('pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead')
        : undefined;
    const found = s.server.store.get<RuntimeClassObject>('RuntimeClass', undefined, name);
    if (!found) return no(`pod rejected: RuntimeClass "${name}" not found`);
    const overhead = found.overhead?.podFixed;
    if (overhead && spec.overhead && !equalPlain(spec.overhead, overhead))
      return no(`pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead`);
    if (overhead) spec.overhead = { ...overhead };
    const { nodeSelector, tolerations } = found.scheduling ?? {};
    for (const key in nodeSelector) {
      const own = spec.nodeSelector?.[key];
      if (own !== undefined && own !== nodeSelector[key])
        return no(
          `pod rejected: conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${nodeSelector[key]}; pod.spec.nodeSelector[${key}] = ${own}`,
        );
      spec.nodeSelector = { ...spec.nodeSelector, [key]: nodeSelector[key]! };
    }
    for (const t of tolerations ?? [])
      if (!spec.tolerations?.some((have) => equalPlain(have, t)))
        spec.tolerations = [...(spec.tolerations ?? []), { ...t }];
    return undefined;
  },
} satisfies AdmissionPlugin;
