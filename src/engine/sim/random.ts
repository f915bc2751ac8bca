/** Seeded randomness. Each named fork has its own stream: a new draw in one component never moves another's. */

const SUFFIX_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789'; // Upstream: k8s.io/apimachinery/pkg/util/rand
const HEX = '0123456789abcdef';

const DASH = 45;
/** Dashes stand where they belong. */
const UUID: readonly number[] = Array.from({ length: 36 }, (_, i) => ([8, 13, 18, 23].includes(i) ? DASH : 0));

type Stream = [number, number, number, number];

function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** Splitmix32 steps that spread a seed and a name over the four words of an sfc32 stream. */
function seedStream(seed: number, name: string): Stream {
  let s = (seed ^ hash(name)) >>> 0;
  const word = (): number => {
    s = (s + 0x9e3779b9) >>> 0;
    let z = s;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  return [word(), word(), word(), 1];
}

export class Random {
  readonly #stream: Stream;
  constructor(stream: Stream) {
    this.#stream = stream;
  }
  /** Draws what this one will draw, without moving it. */
  copy(): Random {
    return new Random([...this.#stream]);
  }
  /** The next 32 random bits (sfc32). */
  uint32(): number {
    const s = this.#stream;
    const t = (s[0] + s[1] + s[3]) >>> 0;
    s[3] = (s[3] + 1) >>> 0;
    s[0] = (s[1] ^ (s[1] >>> 9)) >>> 0;
    s[1] = (s[2] + (s[2] << 3)) >>> 0;
    s[2] = ((s[2] << 21) | (s[2] >>> 11)) >>> 0;
    s[2] = (s[2] + t) >>> 0;
    return t;
  }
  /** In [0, 1). */
  float(): number {
    return this.uint32() / 0x1_0000_0000;
  }
  /** A whole number in [0, n). */
  int(n: number): number {
    return Math.floor(this.float() * n);
  }
  pick<T>(items: readonly T[]): T {
    return items[this.int(items.length)]!;
  }
  /** `length` characters of the alphabet that Kubernetes uses for generated names. */
  suffix(length = 5): string {
    let out = '';
    for (let i = 0; i < length; i++) out += SUFFIX_ALPHABET[this.int(SUFFIX_ALPHABET.length)];
    return out;
  }
  hex(length: number): string {
    let out = '';
    for (let i = 0; i < length; i++) out += HEX[this.int(16)];
    return out;
  }
  /** A random (version 4) UUID. Written as characters: texts that are put together from pieces keep all of them. */
  uuid(): string {
    const out = UUID.slice();
    for (let i = 0; i < 36; i++) if (out[i] !== DASH) out[i] = HEX.charCodeAt(this.int(16));
    out[14] = 52; // '4'
    out[19] = '89ab'.charCodeAt(this.int(4));
    return String.fromCharCode(...out);
  }
}

export interface RandomState {
  seed: number;
  streams: Record<string, Stream>;
}

/** The root: hands out one stream a name and can be saved and restored. */
export class RandomSource {
  readonly #seed: number;
  readonly #streams = new Map<string, Stream>();
  constructor(seed: number) {
    this.#seed = seed >>> 0;
  }
  fork(name: string): Random {
    let stream = this.#streams.get(name);
    if (!stream) {
      stream = seedStream(this.#seed, name);
      this.#streams.set(name, stream);
    }
    return new Random(stream);
  }
  save(): RandomState {
    const streams: Record<string, Stream> = {};
    for (const [name, s] of this.#streams) streams[name] = [...s];
    return { seed: this.#seed, streams };
  }
  static load(state: RandomState): RandomSource {
    const source = new RandomSource(state.seed);
    for (const [name, s] of Object.entries(state.streams)) source.#streams.set(name, [...s]);
    return source;
  }
}
