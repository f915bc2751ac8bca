/** Fields that the API has only while a gate of the playground is open. */
import { type Gates, REQUIRED_DURING_EXECUTION } from '../../api/gates.ts';
import type { Field } from './schema.ts';

const field = (name: string, type: Field['type']): [string, Field] => [name, { name, type, always: false }];

/** By struct, then by field. */
const GATED: Readonly<Record<string, { gate: string; fields: ReadonlyMap<string, Field> }>> = {
  NodeAffinity: {
    gate: REQUIRED_DURING_EXECUTION,
    fields: new Map([
      field('requiredDuringSchedulingRequiredDuringExecution', { is: 'struct', name: 'NodeSelector' }),
      field('preferredDuringSchedulingRequiredDuringExecution', {
        is: 'list',
        of: { is: 'struct', name: 'PreferredSchedulingTerm' },
      }),
    ]),
  },
};

/** The field of a struct that an open gate lets in. */
export function gatedField(struct: string, name: string, gates: Gates): Field | undefined {
  if (gates.length === 0) return undefined;
  const more = GATED[struct];
  return more && gates.includes(more.gate) ? more.fields.get(name) : undefined;
}
