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
    s2 *
    (6.66666666666673513e-1 +
      s4 * (2.857142874366239149e-1 + s4 * (1.818357216161805012e-1 + s4 * 1.479819860511658591e-1)));
  const t2 = s4 * (3.999999999940941908e-1 + s4 * (2.222219843214978396e-1 + s4 * 1.531383769920937332e-1));
  const half = 0.5 * f * f;
  return k * 6.9314718036912381649e-1 - (half - (s * (half + t1 + t2) + k * 1.90821492927058770002e-10) - f);
}
