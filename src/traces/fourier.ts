/** A complex sequence, real and imaginary parts apart; both of the same length. */
export interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * Discrete Fourier transform X[k] = sum x[n] exp(-2 pi i k n / N) of a real sequence of any length, in O(N log N).
 *
 * Lengths that are no power of two go through a convolution with a chirp (L. Bluestein 1970): a recording must not be padded or
 * cut to one, or its day would fall between two frequencies.
 */
export function fourier(values: Float64Array): Complex {
  const length = values.length;
  if ((length & (length - 1)) === 0) {
    const sequence = { re: Float64Array.from(values), im: new Float64Array(length) };
    transform(sequence);
    return sequence;
  }
  let size = 1;
  while (size < 2 * length - 1) size *= 2;
  const chirp = chirpOf(length);
  const a = zeros(size);
  const b = zeros(size);
  for (let n = 0; n < length; n += 1) {
    a.re[n] = values[n] * chirp.re[n];
    a.im[n] = values[n] * chirp.im[n];
    b.re[n] = chirp.re[n];
    b.im[n] = -chirp.im[n];
    if (n > 0) {
      b.re[size - n] = chirp.re[n];
      b.im[size - n] = -chirp.im[n];
    }
  }
  transform(a);
  transform(b);
  multiplyConjugate(a, b);
  transform(a);
  // `a` is now the conjugate of size times the convolution; the last chirp turns it into the transform.
  const result = zeros(length);
  for (let k = 0; k < length; k += 1) {
    const re = a.re[k] / size;
    const im = -a.im[k] / size;
    result.re[k] = re * chirp.re[k] - im * chirp.im[k];
    result.im[k] = re * chirp.im[k] + im * chirp.re[k];
  }
  return result;
}

function zeros(length: number): Complex {
  return { re: new Float64Array(length), im: new Float64Array(length) };
}

/** exp(-pi i n^2 / N); the square is taken modulo 2N, so that the angle stays small and exact. */
function chirpOf(length: number): Complex {
  const chirp = zeros(length);
  for (let n = 0; n < length; n += 1) {
    const angle = (Math.PI * ((n * n) % (2 * length))) / length;
    chirp.re[n] = Math.cos(angle);
    chirp.im[n] = -Math.sin(angle);
  }
  return chirp;
}

/** a becomes the conjugate of a times b: transforming that forward is transforming the product backward, but for a conjugate. */
function multiplyConjugate(a: Complex, b: Complex): void {
  for (let i = 0; i < a.re.length; i += 1) {
    const re = a.re[i] * b.re[i] - a.im[i] * b.im[i];
    a.im[i] = -(a.re[i] * b.im[i] + a.im[i] * b.re[i]);
    a.re[i] = re;
  }
}

/** In place, length a power of two: bit reversal, then butterflies (J. Cooley and J. Tukey 1965). */
function transform({ re, im }: Complex): void {
  const length = re.length;
  for (let i = 1, j = 0; i < length; i += 1) {
    let bit = length >> 1;
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      swap(re, i, j);
      swap(im, i, j);
    }
  }
  for (let half = 1; half < length; half *= 2) butterflies({ re, im }, half);
}

function swap(items: Float64Array, i: number, j: number): void {
  const item = items[i];
  items[i] = items[j];
  items[j] = item;
}

/** One stage. The factors lie in the order they are used in, and the inner loop runs along memory: a million points fit no cache. */
function butterflies({ re, im }: Complex, half: number): void {
  const factors = zeros(half);
  for (let k = 0; k < half; k += 1) {
    factors.re[k] = Math.cos((-Math.PI * k) / half);
    factors.im[k] = Math.sin((-Math.PI * k) / half);
  }
  for (let start = 0; start < re.length; start += 2 * half) {
    for (let k = 0; k < half; k += 1) {
      const i = start + k;
      const j = i + half;
      const tr = factors.re[k] * re[j] - factors.im[k] * im[j];
      const ti = factors.re[k] * im[j] + factors.im[k] * re[j];
      re[j] = re[i] - tr;
      im[j] = im[i] - ti;
      re[i] += tr;
      im[i] += ti;
    }
  }
}
