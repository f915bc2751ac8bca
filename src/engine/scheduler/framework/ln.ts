/**
 * The natural logarithm as Go computes it, the same in every browser (`Math.log` may differ in the last bit).
 * Method: FreeBSD's e_log.c, as in Go's math.Log. `x` is positive and finite.
 */
export function ln(x: number): number {
  let k = 0;
  let f1 = x;
  while (f1 >= 1) {
    f1 /= 2;
    k++;
  }
  while (f1 < 0.5) {
    f1 *= 2;
    k--;
  }
  if (f1 < Math.SQRT1_2) {
    f1 *= 2;
    k--;
  }
  const f = f1 - 1;
  const s = f / (2 + f);
  const s2 = s * s;
  const s4 = s2 * s2;
  const t1 =
    s2 * (0.6666666666666735 + s4 * (0.2857142874366239 + s4 * (0.1818357216161805 + s4 * 0.14798198605116586)));
  const t2 = s4 * (0.3999999999940942 + s4 * (0.22222198432149784 + s4 * 0.15313837699209373));
  const half = 0.5 * f * f;
  return k * 0.6931471803691238 - (half - (s * (half + (t1 + t2)) + k * 1.9082149292705877e-10) - f);
}
