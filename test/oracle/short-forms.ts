import type { ClosedForms } from './closed-forms.js';

/** Erlang's delay formula: the chance to wait in M/M/c at offered load `a`. */
function erlangC(c: number, a: number): number {
  const blocked = erlangB(c, a);
  return blocked / (1 - (a / c) * (1 - blocked));
}

function erlangB(c: number, a: number): number {
  let blocked = 1;
  for (let k = 1; k <= c; k += 1) blocked = (a * blocked) / (k + a * blocked);
  return blocked;
}

/** Mean sojourn in M/M/c with mean service 1. */
export function multiServerSojourn(c: number, lam: number): number {
  return 1 + erlangC(c, lam) / (c - lam);
}

function multiServer(c: number, rho: number): Record<string, number> {
  const lam = c * rho;
  const waits = erlangC(c, lam);
  return {
    c,
    rho,
    lam,
    mu: 1,
    erlangC: waits,
    W: multiServerSojourn(c, lam),
    Wq_p99: Math.log(100 * waits) / (c - lam),
  };
}

/** Weights of the states of a birth-death queue with c servers and room for K, mean service 1, and what arrives when full. */
function lossy(c: number, K: number, lam: number): Record<string, number> {
  const weights = [1];
  for (let n = 1; n <= K; n += 1) weights.push((weights[n - 1] * lam) / Math.min(n, c));
  return { c, K, lam, mu: 1, p_block: weights[K] / weights.reduce((sum, weight) => sum + weight, 0) };
}

/** Erlang-A: patience ends at rate theta; what is lost is what the servers do not get through. */
function impatient(c: number, lam: number, theta: number): Record<string, number> {
  const weights = [1];
  for (let n = 1; n < 40 * c; n += 1)
    weights.push((weights[n - 1] * lam) / (Math.min(n, c) + Math.max(0, n - c) * theta));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const leaving = weights.reduce((sum, weight, n) => sum + weight * Math.max(0, n - c) * theta, 0);
  return { c, lam, mu: 1, theta, P_abandon: leaving / total / lam };
}

/** Pollaczek and Khinchine. */
function generalService(service: string, scv: number, rho: number): Record<string, number | string> {
  return { service, rho, scv, mu: 1, W: 1 + (rho * (1 + scv)) / (2 * (1 - rho)) };
}

function shared(rho: number): Record<string, unknown> {
  const sizes = [0.5, 1, 2];
  return { rho, mean_W: 1 / (1 - rho), cond_W_size_x: Object.fromEntries(sizes.map((x) => [x, x / (1 - rho)])) };
}

/** The root of sigma = F(sigma) below 1, from below; a queue G/M/1 then has W = 1 / (1 - sigma). */
function rootBelowOne(transform: (sigma: number) => number): number {
  let sigma = 0;
  for (let i = 0; i < 5000; i += 1) sigma = transform(sigma);
  return sigma;
}

function evenArrivals(rho: number): Record<string, number> {
  return { rho, mu: 1, W: 1 / (1 - rootBelowOne((sigma) => Math.exp(-(1 - sigma) / rho))) };
}

/** Every n-th arrival of a Poisson process: Erlang gaps. */
function inTurn(n: number, rho: number): Record<string, number> {
  const sigma = rootBelowOne((x) => ((n * rho) / (n * rho + 1 - x)) ** n);
  return { n, rho, mu: 1, total_lambda: n * rho, W: 1 / (1 - sigma) };
}

function setUp(rho: number, rate: number): Record<string, number> {
  return { rho, mu: 1, setup_rate: rate, W: 1 / (1 - rho) + 1 / rate };
}

/** A few rows of every family, computed here from the formulas; for join-the-shortest-queue, from the exact chain elsewhere. */
export const shortForms: ClosedForms = {
  mmc: [multiServer(2, 0.5), multiServer(3, 0.6)],
  mmck: [lossy(1, 1, 0.8), lossy(2, 4, 2.4), lossy(5, 5, 5)],
  erlangA: [impatient(2, 3, 1)],
  mg1: [
    generalService('deterministic', 0, 0.5),
    generalService('erlang2', 0.5, 0.5),
    generalService('exponential', 1, 0.5),
    generalService('hyperexp_scv4', 4, 0.5),
    generalService('hyperexp_scv10', 10, 0.5),
    generalService('lognormal_sigma0.5', Math.exp(0.25) - 1, 0.5),
  ],
  mg1ps: [shared(0.5)],
  jsq2: [
    { n: 2, policy: 'JSQ', rho: 0.7, W: 2.1081972739631047 },
    { n: 3, policy: 'power_of_2', rho: 0.7, W: 1.884792361542947 },
  ],
  dm1: [evenArrivals(0.5)],
  round_robin_to_n_servers: [inTurn(2, 0.5), inTurn(4, 0.5)],
  mm1_setup: [setUp(0.5, 1)],
  mmc_setup_instantoff: [{ c: 4, lam: 2, mu: 1, setup_rate: 0.1, W: 4.462136737857617 }],
};
