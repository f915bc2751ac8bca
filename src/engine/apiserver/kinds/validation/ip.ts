/** IP addresses and CIDRs. Upstream: apimachinery/pkg/util/validation/ip.go */
import { type Errors, invalid } from './errors.ts';

const V4_PART = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const V4 = new RegExp(`^${V4_PART}(\\.${V4_PART}){3}$`);

/** The four numbers of an IPv4 address, as one number; `undefined` for anything else. */
export function parseIPv4(text: string): number | undefined {
  if (!V4.test(text)) return undefined;
  return text.split('.').reduce((n, part) => n * 256 + Number(part), 0);
}

/** Whether the text is an IPv6 address in any of its forms. */
export function isIPv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  let groups = 0;
  for (const [h, half] of halves.entries()) {
    if (half === '') continue;
    const parts = half.split(':');
    for (const [i, part] of parts.entries()) {
      const last = h === halves.length - 1 && i === parts.length - 1;
      if (last && part.includes('.')) {
        if (parseIPv4(part) === undefined) return false;
        groups += 2;
      } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups++;
      else return false;
    }
  }
  return halves.length === 2 ? groups < 8 : groups === 8;
}

export const isIP = (text: string): boolean => parseIPv4(text) !== undefined || isIPv6(text);

export function validateIP(errors: Errors, text: string, path: string): void {
  if (!isIP(text)) invalid(errors, path, text, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)');
}

/** Whether the text is `address/prefix length`. */
export function isCIDR(text: string): boolean {
  const slash = text.lastIndexOf('/');
  if (slash < 0) return false;
  const address = text.slice(0, slash);
  const length = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(length)) return false;
  if (parseIPv4(address) !== undefined) return Number(length) <= 32;
  return isIPv6(address) && Number(length) <= 128;
}

export function validateCIDR(errors: Errors, text: string, path: string): void {
  if (!isCIDR(text)) invalid(errors, path, text, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)');
}

/** Addresses of no use to others: none, this machine, this link. */
export function validateNonSpecialIP(errors: Errors, text: string, path: string): void {
  const n = parseIPv4(text);
  const v6 = n === undefined ? text.toLowerCase() : '';
  const within = (network: string, bits: number): boolean =>
    n !== undefined && Math.floor(n / 2 ** (32 - bits)) === Math.floor(parseIPv4(network)! / 2 ** (32 - bits));
  if (n === 0 || v6 === '::') invalid(errors, path, text, `may not be unspecified (${text})`);
  if (within('127.0.0.0', 8) || v6 === '::1')
    invalid(errors, path, text, 'may not be in the loopback range (127.0.0.0/8, ::1/128)');
  if (within('169.254.0.0', 16) || /^fe[89ab]/.test(v6))
    invalid(errors, path, text, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)');
  if (within('224.0.0.0', 24) || v6.startsWith('ff02:'))
    invalid(errors, path, text, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)');
}
