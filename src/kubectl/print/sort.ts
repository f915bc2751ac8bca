/** `--sort-by`. Upstream: k8s.io/kubectl/pkg/cmd/get/sorter.go */
import { compareQuantity, parseMilli } from '../../engine/api/quantity.ts';
import { failure, quote } from '../failure.ts';
import { parseJsonPath, pathValues, relaxedPath } from './jsonpath.ts';

/** Objects in the order of a field, or `undefined` when none of them has it. Those without it come first. */
export function sortBy<T>(items: readonly T[], objectOf: (item: T) => unknown, field: string): T[] | undefined {
  const path = parseJsonPath(relaxedPath(field));
  const keyed = items.map((item) => ({ item, value: pathValues(path, objectOf(item))[0] }));
  if (items.length > 0 && keyed.every((k) => k.value === undefined)) return undefined;
  // the same steps as Go's sort takes for short lists: what counts as less twice changes places
  for (let i = 1; i < keyed.length; i++)
    for (let j = i; j > 0 && less(keyed[j]!.value, keyed[j - 1]!.value, field); j--)
      [keyed[j], keyed[j - 1]] = [keyed[j - 1]!, keyed[j]!];
  return keyed.map((k) => k.item);
}

export const notFoundField = (field: string) =>
  failure(`couldn't find any field with path ${quote(relaxedPath(field))} in the list of objects`);

function less(a: unknown, b: unknown, field: string): boolean {
  if (a === undefined) return true;
  if (b === undefined) return false;
  if (typeof a === 'string' && typeof b === 'string') {
    if (parseMilli(a) !== undefined && parseMilli(b) !== undefined) return compareQuantity(a, b) < 0;
    return a < b;
  }
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  throw failure(
    `Field ${relaxedPath(field)} in [][][]reflect.Value is an unsortable type: interface, err: ${unsortable(a)}`,
  );
}

/** Which of the two is at fault: a value that has no order, or one beside a value of another type. */
function unsortable(a: unknown): string {
  if (typeof a === 'string' || typeof a === 'number') return 'unsortable interface: interface';
  if (a === null) return 'unsortable type: <nil>';
  if (Array.isArray(a)) return 'unsortable type: []interface {}';
  return `unsortable type: ${typeof a === 'boolean' ? 'bool' : 'map[string]interface {}'}`;
}
