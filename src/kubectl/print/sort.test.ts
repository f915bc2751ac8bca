import { expect, it } from 'vitest';
import { sortBy } from './sort.ts';

const sorted = (items: unknown[], path: string): unknown => sortBy(items, (o) => o, path);

it.each<[string, unknown[], string, unknown]>([
  ['texts', [{ a: 'b' }, { a: 'a' }], '.a', [{ a: 'a' }, { a: 'b' }]],
  ['numbers', [{ a: 10 }, { a: 9 }], '{.a}', [{ a: 9 }, { a: 10 }]],
  ['quantities', [{ a: '1Gi' }, { a: '500Mi' }, { a: '2' }], 'a', [{ a: '2' }, { a: '500Mi' }, { a: '1Gi' }]],
  [
    'missing ones first, turned round as upstream does',
    [{ n: 1 }, { n: 2 }, { a: 1 }],
    '.a',
    [{ n: 2 }, { n: 1 }, { a: 1 }],
  ],
  ['nobody has it', [{ n: 1 }], '.a', undefined],
  ['nothing to sort', [], '.a', []],
])('%s', (_, items, path, wanted) => {
  expect(sorted(items, path)).toEqual(wanted);
});

it.each<[string, unknown, unknown]>([
  ['unsortable type: <nil>', 'x', null],
  ['unsortable interface: interface', null, 'x'],
  ['unsortable type: bool', true, false],
  ['unsortable type: map[string]interface {}', {}, {}],
  ['unsortable type: []interface {}', [], []],
])('%s', (why, first, second) => {
  expect(() => sorted([{ a: first }, { a: second }], '.a')).toThrow(
    `Field {.a} in [][][]reflect.Value is an unsortable type: interface, err: ${why}`,
  );
});
