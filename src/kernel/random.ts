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

  /**
   * An exponential number of mean 1, by the ziggurat of Marsaglia and Tsang (2000) with 256 layers: one hash and one multiplication
   * 98.9 times in 100. The layer and the place in it come from different bits.
   */
  exponential(ordinal: number, salt = 0): number {
    const high = mix(this.first(ordinal) ^ this.key1 ^ Math.imul(salt, 0x9e3779b1));
    const low = Math.imul(high ^ (high >>> 15) ^ this.key0, 0x2c1b3c6d);
    const layer = (low ^ (low >>> 15)) & 255;
    const x = ((high >>> 0) + 0.5) * LAYER_WIDTHS[layer];
    // Times one: what a call returns may be anything to the compiler, which would put x in a box to match.
    return x < LAYER_EDGES[layer + 1] ? x : 1 * this.exponentialEdge(layer, x, ordinal, salt);
  }

  /** Writes `mean` times the exponential numbers of `count` successive ordinals to the front of an array; here none is boxed on its way. */
  exponentials(mean: number, first: number, salt: number, out: Float64Array, count: number): void {
    for (let i = 0; i < count; i += 1) out[i] = mean * this.exponential(first + i, salt);
  }

  /** A whole number in [0, n), n at most 2^31; the bias is below n / 2^32. */
  index(n: number, ordinal: number, salt = 0): number {
    return Math.floor(this.bits(ordinal, salt) * 2.3283064365386963e-10 * n);
  }

  /** The rest of the ziggurat: below the curve but outside the layer's rectangle, in the tail, or another draw. */
  private exponentialEdge(layer: number, x: number, ordinal: number, salt: number): number {
    let again = salt;
    for (;;) {
      again = (again + AGAIN) | 0;
      const u = this.uniform(ordinal, again);
      if (layer === 0) return LAYER_EDGES[1] - Math.log(u);
      if (LAYER_HEIGHTS[layer] + u * (LAYER_HEIGHTS[layer + 1] - LAYER_HEIGHTS[layer]) < Math.exp(-x)) return x;
      again = (again + AGAIN) | 0;
      const bits = this.bits(ordinal, again);
      layer = bits & 255;
      x = this.uniform(ordinal, again + 1) * LAYER_EDGES[layer];
      if (x < LAYER_EDGES[layer + 1]) return x;
    }
  }

  private first(ordinal: number): number {
    return mix((ordinal | 0) ^ this.key0) + Math.imul((ordinal * 2.3283064365386963e-10) | 0, 0x85ebca77);
  }
}

/** Salts of a draw's further tries lie this far apart. */
const AGAIN = 0x00c90fdb;

/** Right edge of each layer, from the widest (with the tail) inward; layer i spans heights [i, i + 1]. */
const LAYER_EDGES = new Float64Array(257);
const LAYER_HEIGHTS = new Float64Array(257);
const LAYER_WIDTHS = new Float64Array(256);

/** Source of the constants for 256 layers: Marsaglia and Tsang, "The ziggurat method for generating random variables" (2000). */
function fillLayers(): void {
  const tailStart = 7.69711747013104972;
  const area = 0.0039496598225815571993;
  LAYER_EDGES[0] = area / Math.exp(-tailStart);
  LAYER_EDGES[1] = tailStart;
  LAYER_HEIGHTS[1] = Math.exp(-tailStart);
  for (let i = 2; i < 256; i += 1) {
    LAYER_HEIGHTS[i] = LAYER_HEIGHTS[i - 1] + area / LAYER_EDGES[i - 1];
    LAYER_EDGES[i] = -Math.log(LAYER_HEIGHTS[i]);
  }
  LAYER_HEIGHTS[256] = 1;
  for (let i = 0; i < 256; i += 1) LAYER_WIDTHS[i] = LAYER_EDGES[i] * 2.3283064365386963e-10;
}

fillLayers();

function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return x ^ (x >>> 15);
}

/** Mixes a second number into a 32-bit key, as for the n-th call below a call: order matters, zero is not neutral. */
export function mixKeys(a: number, b: number): number {
  return mix((mix(a ^ 0x6a09e667) + Math.imul(b | 0, 0x9e3779b1)) | 0);
}
