/** π to many digits, as the Job of the Kubernetes documentation prints it. Machin's formula on integers. */

function arccot(x: bigint, unity: bigint): bigint {
  let power = unity / x;
  let sum = power;
  const square = x * x;
  for (let n = 3n, sign = -1n; power !== 0n; n += 2n, sign = -sign) {
    power /= square;
    sum += (sign * power) / n;
  }
  return sum;
}

/** `3.14…` with `digits` significant digits. */
export function piDigits(digits: number): string {
  const unity = 10n ** BigInt(digits + 10);
  const pi = 4n * (4n * arccot(5n, unity) - arccot(239n, unity));
  const text = String(pi);
  return digits < 2 ? '3' : `3.${text.slice(1, digits)}`;
}
