/** From a pod's class to its priority. Upstream: plugin/pkg/admission/priority/admission.go */
import type { Pod } from '../../api/core.ts';
import type { PriorityClass } from '../../api/policy.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import { forbidden, type Refusal } from '../errors.ts';
import type { Scope } from '../scope.ts';

interface Resolved {
  name: string;
  value: number;
  policy: string;
}

export const Priority = {
  name: 'Priority',
  kinds: new Set(['Pod', 'PriorityClass']),
  admit(s, op, o) {
    if (o.kind !== 'Pod') return undefined;
    const pod = o as unknown as Pod;
    if (op !== 'CREATE' || !pod.spec) return undefined;
    const found = resolve(s, pod);
    if (!('value' in found)) return found;
    const { spec } = pod;
    if (spec.priority !== undefined && spec.priority !== null && spec.priority !== found.value)
      return forbidden(
        s.info,
        o.metadata.name,
        `the integer value of priority (${spec.priority}) must not be provided in pod spec; priority admission controller computed ${found.value} from the given PriorityClass name`,
      );
    if (spec.preemptionPolicy && spec.preemptionPolicy !== found.policy)
      return forbidden(
        s.info,
        o.metadata.name,
        `the string value of PreemptionPolicy (${spec.preemptionPolicy}) must not be provided in pod spec; priority admission controller computed ${found.policy} from the given PriorityClass name`,
      );
    if (found.name) spec.priorityClassName = found.name;
    spec.priority = found.value;
    spec.preemptionPolicy = found.policy;
    return undefined;
  },
  validate(s, op, o) {
    const pc = o as unknown as PriorityClass;
    if (o.kind !== 'PriorityClass' || op === 'DELETE' || !pc.globalDefault) return undefined;
    const other = globalDefaultOf(s);
    return other && other.metadata.name !== o.metadata.name
      ? forbidden(
          s.info,
          o.metadata.name,
          `PriorityClass ${other.metadata.name} is already marked as default. Only one default can exist`,
        )
      : undefined;
  },
} satisfies AdmissionPlugin;

function resolve(s: Scope, pod: Pod): Resolved | Refusal {
  const name = pod.spec.priorityClassName;
  if (!name) {
    const pc = globalDefaultOf(s);
    return {
      name: pc?.metadata.name ?? '',
      value: pc?.value ?? 0,
      policy: pc?.preemptionPolicy ?? 'PreemptLowerPriority',
    };
  }
  const pc = s.server.store.get<PriorityClass>('PriorityClass', undefined, name);
  if (!pc) return forbidden(s.info, pod.metadata.name, `no PriorityClass with name ${name} was found`);
  return { name, value: pc.value ?? 0, policy: pc.preemptionPolicy ?? 'PreemptLowerPriority' };
}

/** Of several defaults the lowest counts. */
function globalDefaultOf(s: Scope): PriorityClass | undefined {
  let lowest: PriorityClass | undefined;
  for (const pc of s.server.store.list<PriorityClass>('PriorityClass'))
    if (pc.globalDefault && (!lowest || pc.value < lowest.value)) lowest = pc;
  return lowest;
}
