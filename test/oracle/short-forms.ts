import type { ClosedForms } from './closed-forms.js';
import { erlangC } from './erlang.js';
import { multiServerGaveUp, multiServerRefused, multiServerWait } from './multi-server-forms.js';
import { arrivalsInTurnWait, evenArrivalsWait, randomArrivalsWait } from './single-server-forms.js';

/** Mean sojourn in M/M/c with mean service 1. */
export function multiServerSojourn(c: number, lam: number): number {
  return 1 + multiServerWait({ rate: lam, servers: c, speed: 1 });
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

function lossy(c: number, K: number, lam: number): Record<string, number> {
  return { c, K, lam, mu: 1, p_block: multiServerRefused({ rate: lam, servers: c, speed: 1 }, K) };
}

function impatient(c: number, lam: number, theta: number): Record<string, number> {
  return { c, lam, mu: 1, theta, P_abandon: multiServerGaveUp({ rate: lam, servers: c, speed: 1 }, theta) };
}

function generalService(service: string, scv: number, rho: number): Record<string, number | string> {
  return { service, rho, scv, mu: 1, W: 1 + randomArrivalsWait(rho, 1, scv) };
}

function shared(rho: number): Record<string, unknown> {
  const sizes = [0.5, 1, 2];
  return { rho, mean_W: 1 / (1 - rho), cond_W_size_x: Object.fromEntries(sizes.map((x) => [x, x / (1 - rho)])) };
}

function evenArrivals(rho: number): Record<string, number> {
  return { rho, mu: 1, W: 1 + evenArrivalsWait(rho, 1) };
}

function inTurn(n: number, rho: number): Record<string, number> {
  return { n, rho, mu: 1, total_lambda: n * rho, W: 1 + arrivalsInTurnWait(n, n * rho, 1) };
}

function setUp(rho: number, rate: number): Record<string, number> {
  return { rho, mu: 1, setup_rate: rate, W: 1 / (1 - rho) + 1 / rate };
}

/** A few rows of every family, computed here from the formulas; for join-the-shortest-queue and several servers with set-up, by the exact chain elsewhere. */
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
  mmc_setup_instantoff: [{ c: 4, lam: 3.2, mu: 1, setup_rate: 1, W: 2.308748682489775 }],
};
