/**
 * Erlang's C: the chance that an arrival waits in M/M/m with offered load `a` = arrival rate x mean service time; 1 where a >= m.
 *
 * From 1/B = sum over k of m!/((m-k)! a^k), whose terms are summed until they no longer count: about m - a + 6 sqrt(a) of them.
 */
export function erlangC(m: number, a: number): number {
  if (a >= m) return 1;
  if (a <= 0) return 0;
  let inverse = 1;
  let term = 1;
  for (let k = 1; k <= m; k += 1) {
    term *= (m - k + 1) / a;
    inverse += term;
    if (term < inverse * 1e-15 || inverse > 1e300) break;
  }
  const blocked = 1 / inverse;
  return blocked / (1 - (a / m) * (1 - blocked));
}

/** A queue of `workers` equal servers in front of which arrivals wait, as far as its waiting time goes. */
export interface Queue {
  readonly workers: number;
  readonly arrivalsPerSecond: number;
  readonly holdSeconds: number;
  /** Squared coefficient of variation of the hold time. */
  readonly holdScv: number;
}

/**
 * The chance of waiting longer than `seconds` with Poisson arrivals: C(m, a) exp(-2 (m - a) t / (hold (1 + scv))).
 *
 * Exact for exponential hold times, else the approximation of Allen and Cunneen with an exponential tail.
 * Source: A. O. Allen, "Probability, Statistics, and Queueing Theory", 2nd edition, section 5.
 */
export function waitingTail({ workers, arrivalsPerSecond, holdSeconds, holdScv }: Queue, seconds: number): number {
  const load = arrivalsPerSecond * holdSeconds;
  if (load >= workers) return 1;
  return (
    erlangC(workers, load) * Math.exp((-2 * (workers - load) * Math.max(0, seconds)) / (holdSeconds * (1 + holdScv)))
  );
}
