/**
 * Written for speed: a request costs several draws, and every draw is a pure function of what it belongs to.
 * It means: `uniform(ordinal, salt) = hash(key, ordinal, salt) / 2^64`.
 *
 * The hash is two keyed rounds of the `lowbias32` integer mixer (C. Wellons, "Hash Prospector", public domain), the ordinal entering
 * in the first and the salt in the second, so that streams with other keys are other permutations, not shifted copies.
 */
export class KeyedRandom {
  private readonly key0: number;
  private readonly key1: number;

  constructor(key0: number, key1: number) {
    this.key0 = key0 | 0;
    this.key1 = key1 | 0;
  }

  /** 32 uniform bits as an unsigned integer. `ordinal` is a whole number below 2^53, `salt` any 32-bit integer. */
  bits(ordinal: number, salt = 0): number {
    return mix(this.first(ordinal) ^ this.key1 ^ Math.imul(salt, 0x9e3779b1)) >>> 0;
  }

  /** A double strictly between 0 and 1, with 53 random bits. */
  uniform(ordinal: number, salt = 0): number {
    const high = mix(this.first(ordinal) ^ this.key1 ^ Math.imul(salt, 0x9e3779b1));
    const low = Math.imul(high ^ (high >>> 15) ^ this.key0, 0x2c1b3c6d);
    return ((high >>> 0) * 2097152 + ((low ^ (low >>> 12)) >>> 11) + 0.5) * 1.1102230246251565e-16;
  }

  /** A whole number in [0, n), n at most 2^31; the bias is below n / 2^32. */
  index(n: number, ordinal: number, salt = 0): number {
    return Math.floor(this.bits(ordinal, salt) * 2.3283064365386963e-10 * n);
  }

  private first(ordinal: number): number {
    return mix((ordinal | 0) ^ this.key0) + Math.imul((ordinal * 2.3283064365386963e-10) | 0, 0x85ebca77);
  }
}

function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return x ^ (x >>> 15);
}

/** Mixes a second number into a 32-bit key, as for the n-th call below a call: order matters, zero is not neutral. */
export function mixKeys(a: number, b: number): number {
  return mix((mix(a ^ 0x6a09e667) + Math.imul(b | 0, 0x9e3779b1)) | 0);
}
