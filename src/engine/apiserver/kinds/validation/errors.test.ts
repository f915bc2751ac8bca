import { describe, expect, it } from 'vitest';
import type { FieldError } from '../../kind.ts';
import { sameValue } from './equal.ts';
import {
  duplicate,
  forbidden,
  formatValue,
  invalid,
  notFound,
  notSupported,
  required,
  tooLong,
  tooMany,
} from './errors.ts';
import { isCIDR, isIP } from './ip.ts';

describe('errors', () => {
  it.each<[string, (e: FieldError[]) => void, string]>([
    ['FieldValueInvalid', (e) => invalid(e, 'a', 'x', 'why'), 'a: Invalid value: "x": why'],
    ['FieldValueInvalid', (e) => invalid(e, 'a', 5, ''), 'a: Invalid value: 5'],
    ['FieldValueRequired', (e) => required(e, 'a'), 'a: Required value'],
    ['FieldValueRequired', (e) => required(e, 'a', 'why'), 'a: Required value: why'],
    ['FieldValueForbidden', (e) => forbidden(e, 'a', 'why'), 'a: Forbidden: why'],
    [
      'FieldValueNotSupported',
      (e) => notSupported(e, 'a', 'x', ['b', 'c']),
      'a: Unsupported value: "x": supported values: "b", "c"',
    ],
    ['FieldValueDuplicate', (e) => duplicate(e, 'a', 'x'), 'a: Duplicate value: "x"'],
    ['FieldValueNotFound', (e) => notFound(e, 'a', 'x'), 'a: Not found: "x"'],
    ['FieldValueTooLong', (e) => tooLong(e, 'a', 10), 'a: Too long: may not be more than 10 bytes'],
    ['FieldValueTooMany', (e) => tooMany(e, 'a', 3, 2), 'a: Too many: 3: must have at most 2 items'],
  ])('%s', (reason, push, text) => {
    const errors: FieldError[] = [];
    push(errors);
    expect(errors.map((e) => [e.reason, `${e.field}: ${e.message}`])).toEqual([[reason, text]]);
  });

  it.each([
    [null, 'null'],
    [undefined, 'null'],
    [true, 'true'],
    ['a"b', '"a\\"b"'],
    [{ a: '<x>&' }, '{"a":"\\u003cx\\u003e\\u0026"}'],
    [['a'], '["a"]'],
  ])('%j prints as %s', (value, text) => {
    expect(formatValue(value)).toBe(text);
  });
});

describe('sameness', () => {
  it.each([
    [undefined, null, true],
    [undefined, [], true],
    [{}, undefined, true],
    [{ a: undefined }, {}, true],
    [{ a: [] }, {}, true],
    [{ a: 0 }, {}, false],
    [{ a: '' }, {}, false],
    [{ a: { b: [1, 2] } }, { a: { b: [1, 2] } }, true],
    [[1, 2], [2, 1], false],
    [{ a: 1 }, [1], false],
    ['1', 1, false],
  ])('%j and %j: %s', (a, b, same) => {
    expect(sameValue(a, b)).toBe(same);
    expect(sameValue(b, a)).toBe(same);
  });
});

describe('addresses', () => {
  it.each([
    ['10.0.0.1', true],
    ['256.0.0.1', false],
    ['10.0.0', false],
    ['010.0.0.1', false],
    ['::1', true],
    ['2001:db8::ffff', true],
    ['::ffff:10.0.0.1', true],
    ['1:2:3:4:5:6:7:8', true],
    ['1:2:3', false],
    [':::', false],
  ])('%s: %s', (text, ok) => {
    expect(isIP(text)).toBe(ok);
  });

  it.each([
    ['10.0.0.0/8', true],
    ['10.0.0.0/33', false],
    ['10.0.0.0', false],
    ['2001:db8::/64', true],
    ['2001:db8::/129', false],
  ])('%s: %s', (text, ok) => {
    expect(isCIDR(text)).toBe(ok);
  });
});
