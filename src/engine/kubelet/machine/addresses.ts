/** Pod addresses of one machine, as the host-local CNI plugin hands them out: in turn, the last one freed last. */

export interface AddressPool {
  /** First address of the node's pod range as a number. */
  base: number;
  size: number;
  /** Offset handed out last. */
  last: number;
  used: Record<number, true>;
}

const toNumber = (ip: string): number => ip.split('.').reduce((n, part) => n * 256 + Number(part), 0);

export const toAddress = (n: number): string =>
  [n / 2 ** 24, n / 2 ** 16, n / 2 ** 8, n].map((part) => Math.floor(part) % 256).join('.');

/** The pool of a pod CIDR; without one the `ordinal`-th /24 of 10.244.0.0/16 (then 10.245 …). */
export function makePool(cidr: string | undefined, ordinal: number): AddressPool {
  const [ip, bits] = (cidr ?? '').split('/');
  if (!ip || !bits) return { base: toNumber('10.244.0.0') + ordinal * 256, size: 256, last: 1, used: {} };
  return { base: toNumber(ip), size: 2 ** (32 - Number(bits)), last: 1, used: {} };
}

/** The next free address; `undefined` when the range is used up. The network's own and the gateway's are never given. */
export function allocate(pool: AddressPool): string | undefined {
  const hosts = pool.size - 3;
  for (let i = 1; i <= hosts; i++) {
    const offset = 2 + ((pool.last - 2 + i + hosts) % hosts);
    if (pool.used[offset]) continue;
    pool.used[offset] = true;
    pool.last = offset;
    return toAddress(pool.base + offset);
  }
  return undefined;
}

/** Gives an address back; one of another pool is left alone. */
export function release(pool: AddressPool, ip: string): void {
  delete pool.used[toNumber(ip) - pool.base];
}

/** Whether an address lies in the pool's range. */
export function contains(pool: AddressPool, ip: string): boolean {
  const offset = toNumber(ip) - pool.base;
  return offset >= 0 && offset < pool.size;
}

/** Marks an address that a restored or hand-made pod already has. */
export function claim(pool: AddressPool, ip: string): void {
  const offset = toNumber(ip) - pool.base;
  if (offset > 0 && offset < pool.size) pool.used[offset] = true;
}
