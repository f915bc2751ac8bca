import type { AnyObject } from '../api/meta.ts';
import type { Refusal } from './errors.ts';
import type { Scope } from './scope.ts';

export type Operation = 'CREATE' | 'UPDATE' | 'DELETE';

/** One admission plugin: one file, one line in the index. */
export interface AdmissionPlugin {
  readonly name: string;
  /** The kinds it looks at; absent: all. */
  readonly kinds?: ReadonlySet<string>;
  /** May change the object in place, or refuse. Runs before validation. */
  admit?(s: Scope, op: Operation, o: AnyObject, old: AnyObject | undefined): Refusal | undefined;
  /** May refuse. Runs once the object is known to be valid. */
  validate?(s: Scope, op: Operation, o: AnyObject, old: AnyObject | undefined): Refusal | undefined;
}
