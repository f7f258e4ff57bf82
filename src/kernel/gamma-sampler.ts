import { normalQuantile, type Sampler } from './distributions.js';

/**
 * Draws gamma numbers of mean 1 and the given shape (above 0; the squared coefficient of variation is 1 / shape), keyed like every sampler.
 * Source: G. Marsaglia and W. W. Tsang, "A simple method for generating gamma variables" (2000), with their boost for shapes below 1.
 */
export function gammaSampler(shape: number): Sampler {
  if (shape < 1) {
    const boosted = standardGamma(shape + 1);
    return (random, ordinal, salt) =>
      (boosted(random, ordinal, salt) * random.uniform(ordinal, salt + BOOST) ** (1 / shape)) / shape;
  }
  const plain = standardGamma(shape);
  return (random, ordinal, salt) => plain(random, ordinal, salt) / shape;
}

/** Gamma numbers of scale 1 for shapes of at least 1: a squeezed normal, accepted 95 times in 100 or more. */
function standardGamma(shape: number): Sampler {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  return (random, ordinal, salt) => {
    for (let key = salt; ; key += 2) {
      const x = normalQuantile(random.uniform(ordinal, key));
      const v = (1 + c * x) ** 3;
      if (v <= 0) continue;
      if (Math.log(random.uniform(ordinal, key + 1)) < x * x * 0.5 + d * (1 - v + Math.log(v))) return d * v;
    }
  };
}

/** Salt of the boost: far from the pairs that the tries of one draw use. */
const BOOST = 0x01000000;
