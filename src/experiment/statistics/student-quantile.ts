/** Two-sided quantile of Student's t: P(|T| <= t) = `confidence`, by bisection of the distribution function. `degrees` at least 1. */
export function studentQuantile(confidence: number, degrees: number): number {
  let high = 1;
  while (outside(high, degrees) > 1 - confidence) high *= 2;
  let low = 0;
  for (let i = 0; i < 80; i += 1) {
    const middle = (low + high) / 2;
    if (outside(middle, degrees) > 1 - confidence) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * P(|T| > t) for whole degrees of freedom, by the finite sums over powers of cos(theta), theta = atan(t / sqrt(degrees)).
 * Source: M. Abramowitz and I. Stegun, "Handbook of Mathematical Functions", 26.7.3 and 26.7.4.
 */
function outside(t: number, degrees: number): number {
  const theta = Math.atan(t / Math.sqrt(degrees));
  const [sin, cos] = [Math.sin(theta), Math.cos(theta)];
  const odd = degrees % 2 === 1;
  let term = odd ? cos : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k < degrees; k += 2) {
    term *= ((k - 1) / k) * cos * cos;
    sum += term;
  }
  return 1 - (odd ? (2 / Math.PI) * (theta + sin * sum) : sin * sum);
}
