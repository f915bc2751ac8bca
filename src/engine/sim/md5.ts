/** MD5 of a text's UTF-8 bytes as hex digits. Only for orders that Kubernetes takes from it, never for secrets. RFC 1321 */

const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

/** floor(2^32 × |sin(i + 1)|), as RFC 1321 lists them: sines may differ between browsers. */
const SINES = (
  'd76aa478 e8c7b756 242070db c1bdceee f57c0faf 4787c62a a8304613 fd469501 698098d8 8b44f7af ffff5bb1 895cd7be 6b901122 ' +
  'fd987193 a679438e 49b40821 f61e2562 c040b340 265e5a51 e9b6c7aa d62f105d 02441453 d8a1e681 e7d3fbc8 21e1cde6 c33707d6 ' +
  'f4d50d87 455a14ed a9e3e905 fcefa3f8 676f02d9 8d2a4c8a fffa3942 8771f681 6d9d6122 fde5380c a4beea44 4bdecfa9 f6bb4b60 ' +
  'bebfbc70 289b7ec6 eaa127fa d4ef3085 04881d05 d9d4d039 e6db99e5 1fa27cf8 c4ac5665 f4292244 432aff97 ab9423a7 fc93a039 ' +
  '655b59c3 8f0ccc92 ffeff47d 85845dd1 6fa87e4f fe2ce6e0 a3014314 4e0811a1 f7537e82 bd3af235 2ad7d2bb eb86d391'
)
  .split(' ')
  .map((hex) => Number.parseInt(hex, 16) | 0);

function utf8(text: string): number[] {
  const out: number[] = [];
  for (const char of text) {
    const c = char.codePointAt(0)!;
    if (c < 0x80) out.push(c);
    else if (c < 0x800) out.push(0xc0 | (c >> 6), 0x80 | (c & 63));
    else if (c < 0x10000) out.push(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
    else out.push(0xf0 | (c >> 18), 0x80 | ((c >> 12) & 63), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
  }
  return out;
}

/** The bytes with padding and length, as little-endian words. */
function words(text: string): Int32Array {
  const bytes = utf8(text);
  const length = bytes.length;
  const out = new Int32Array((((length + 8) >> 6) + 1) * 16);
  bytes.push(0x80);
  bytes.forEach((b, i) => {
    out[i >> 2]! |= b << ((i & 3) * 8);
  });
  out[out.length - 2] = length * 8;
  return out;
}

function step(state: Int32Array, block: Int32Array): void {
  let [a, b, c, d] = state as unknown as [number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const round = i >> 4;
    const f = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][round]!;
    const at = [i, 5 * i + 1, 3 * i + 5, 7 * i][round]! & 15;
    const shift = SHIFTS[round * 4 + (i & 3)]!;
    const sum = (a + f + SINES[i]! + block[at]!) | 0;
    [a, d, c, b] = [d, c, b, (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0];
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
}

export function md5(text: string): string {
  const state = new Int32Array([0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476]);
  const all = words(text);
  for (let i = 0; i < all.length; i += 16) step(state, all.subarray(i, i + 16));
  let out = '';
  for (const word of state) for (let i = 0; i < 32; i += 8) out += ((word >>> i) & 255).toString(16).padStart(2, '0');
  return out;
}
