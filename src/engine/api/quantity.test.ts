import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addQuantities,
  canonicalQuantity,
  compareQuantity,
  formatMilli,
  milliOf,
  parseMilli,
  QUANTITY_FORM,
  QUANTITY_SUFFIX,
  quantityError,
  unitsOf,
} from './quantity.ts';

describe('the stored form', () => {
  it.each([
    ['0.1', '100m'],
    ['0.5', '500m'],
    ['1000m', '1'],
    ['1500m', '1500m'],
    ['1024Mi', '1Gi'],
    ['1536Mi', '1536Mi'],
    ['0.5Gi', '512Mi'],
    ['1.5Ki', '1536'],
    ['512', '512'],
    ['1000Ki', '1000Ki'],
    ['1023', '1023'],
    ['2000', '2k'],
    ['1e3', '1e3'],
    ['12e2', '1200'],
    ['5e-1', '500e-3'],
    ['0.1Ki', '102400m'],
    ['100n', '1m'],
    ['1u', '1m'],
    ['-1', '-1'],
    ['+2', '2'],
    ['.5', '500m'],
    ['1.', '1'],
    [' 1 ', '1'],
    ['0', '0'],
    ['0Mi', '0'],
    ['1E', '1E'],
    ['9Ei', `${2n ** 63n - 1n}`],
    ['32Gi', '32Gi'],
    ['100000000', '100M'],
  ])('%s is kept as %s', (text, stored) => {
    expect(canonicalQuantity(text)).toBe(stored);
  });
});

describe('what is no quantity', () => {
  it.each([
    ['1gb', QUANTITY_FORM],
    ['', QUANTITY_FORM],
    ['many', QUANTITY_FORM],
    ['1 Gi', QUANTITY_FORM],
    ['1GB', QUANTITY_FORM],
    ['1..5', QUANTITY_FORM],
    ['1mi', QUANTITY_SUFFIX],
    ['1ki', QUANTITY_SUFFIX],
    ['1K', QUANTITY_SUFFIX],
    ['1MM', QUANTITY_SUFFIX],
    ['1e', QUANTITY_SUFFIX],
    ['1i', QUANTITY_SUFFIX],
  ])('%s', (text, words) => {
    expect(quantityError(text)).toBe(words);
    expect(parseMilli(text)).toBeUndefined();
    expect(milliOf(text)).toBeNaN();
  });
});

describe('amounts', () => {
  it.each([
    ['250m', 250, 1],
    ['2', 2000, 2],
    ['1Ki', 1_024_000, 1024],
    ['1500m', 1500, 2],
  ])('%s', (text, milli, units) => {
    expect(milliOf(text)).toBe(milli);
    expect(unitsOf(text)).toBe(units);
  });
  it.each([
    [['0', '64Mi', '64Mi'], '128Mi'],
    [['600m', '600m'], '1200m'],
    [['500m', '500m'], '1'],
    [['1', '1Gi'], '1073741825'],
    [[], '0'],
  ])('%j add up to %s', (texts, sum) => {
    expect(addQuantities(...texts)).toBe(sum);
  });
});

describe('for any amount', () => {
  const amount = fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n });
  const format = fc.constantFrom('DecimalSI', 'BinarySI', 'DecimalExponent' as const);
  it('what is printed reads as the same amount, and printing it again changes nothing', () => {
    fc.assert(
      fc.property(amount, format, (milli, f) => {
        const text = formatMilli(milli, f as 'DecimalSI');
        expect(parseMilli(text)).toBe(milli);
        expect(canonicalQuantity(canonicalQuantity(text))).toBe(canonicalQuantity(text));
        expect(quantityError(text)).toBeUndefined();
      }),
    );
  });
  it('sums do not depend on the order, comparison agrees with subtraction', () => {
    fc.assert(
      fc.property(amount, amount, format, (a, b, f) => {
        const x = formatMilli(a, f as 'DecimalSI');
        const y = formatMilli(b, 'DecimalSI');
        expect(parseMilli(addQuantities(x, y))).toBe(a + b);
        expect(parseMilli(addQuantities(y, x))).toBe(a + b);
        expect(Math.sign(compareQuantity(x, y))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });
  it('a text either has a complaint or an amount', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[-+]?[0-9.]{0,4}[a-zA-Z]{0,2}[-+]?[0-9]{0,2}$/), (text) => {
        expect(quantityError(text) === undefined).toBe(parseMilli(text) !== undefined);
      }),
    );
  });
});
