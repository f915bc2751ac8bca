/** 64-bit FNV-1a of a text's UTF-16 code units as 16 hex digits; the digest of recordings and generated names. */
export function fnv64(text: string): string {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (let i = 0; i < text.length; i++) {
    low = (low ^ text.charCodeAt(i)) >>> 0;
    // multiply by the prime 0x100000001b3 in two 32-bit halves
    const carry = low * 0x1b3;
    const nextLow = carry >>> 0;
    high = (Math.imul(high, 0x1b3) + ((low << 8) >>> 0) + Math.floor(carry / 0x1_0000_0000)) >>> 0;
    low = nextLow;
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}
