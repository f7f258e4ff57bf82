import type { BalancerPolicy } from '../../src/domain/world-spec.js';
import { type ClosedForms, numberOf, numbersOf, parametersOf, type ReferenceRow, textOf } from './closed-forms.js';
import { exponential, queueWorld, serviceNamed, taggedWorld } from './queue-worlds.js';
import type { JudgedQuantity, OracleCase, Statistic, TwinSpec } from './oracle-case.js';

/** Every judged row of a reference file, as systems to simulate. */
export function oracleCases(forms: ClosedForms): OracleCase[] {
  return Object.entries(families).flatMap(([family, toCases]) =>
    (forms[family] ?? []).flatMap((row) => toCases(row, family)),
  );
}

type ToCases = (row: ReferenceRow, family: string) => readonly OracleCase[];

/** Families that are judged; the others are approximations, limits, or say nothing of a simulated queue. */
const families: Readonly<Record<string, ToCases>> = {
  mmc: (row, family) => [multiServer(row, family)],
  mmck: (row, family) => [lossy(row, family)],
  erlangA: (row, family) => [impatient(row, family)],
  mg1: (row, family) => [generalService(row, family)],
  mg1ps: (row, family) => [sharedServer(row, family), taggedSharedServer(row, family)],
  jsq2: (row, family) => [watchedQueues(row, family)],
  dm1: (row, family) => [evenArrivals(row, family)],
  round_robin_to_n_servers: (row) => [queuesInTurn(row)],
  mm1_setup: (row, family) => [setUp(row, family, 1, numberOf(row, 'rho'))],
  mmc_setup_instantoff: (row, family) => [setUp(row, family, numberOf(row, 'c'), numberOf(row, 'lam'))],
};

const sojourn: Statistic = { kind: 'mean sojourn' };

/** Largest half-width: 1%, 3% where load or variability make long memories, 5% where variability is extreme. */
function tolerance(rho: number, scv = 1): number {
  if (scv > 5) return 0.05;
  return rho >= 0.95 || scv > 1 ? 0.03 : 0.01;
}

/**
 * Requests after which the mean of a queue at load `rho` should be known to within the tolerance: the variance of a long average of
 * reflected Brownian motion, in requests, is 2 (ca^2 + cs^2) / (1 - rho)^2 of the squared mean.
 */
function enough(rho: number, scvs: number, narrow: number): number {
  return Math.max(longBatches(rho), (1.2 * 20 * 2 * scvs) / ((1 - rho) * narrow) ** 2);
}

/**
 * Requests in which a queue at load `rho` forgets its past often enough for batch means: for each of 32 batches twenty relaxation times
 * of an M/M/1, 1 / (1 - sqrt(rho))^2 services long, and more where service times vary more.
 */
function longBatches(rho: number, scv = 1): number {
  return Math.max(2e6, (32 * 20 * rho * Math.max(1, (1 + scv) / 2)) / (1 - Math.sqrt(rho)) ** 2);
}

function multiServer(row: ReferenceRow, family: string): OracleCase {
  const c = numberOf(row, 'c');
  const rho = numberOf(row, 'rho');
  const lam = numberOf(row, 'lam');
  const p99 = numberOf(row, 'Wq_p99');
  const narrow = tolerance(rho);
  const judged: JudgedQuantity[] = [
    { quantity: 'W', expected: numberOf(row, 'W'), tolerance: narrow, statistic: sojourn },
    {
      quantity: 'Wq_p99',
      expected: p99,
      tolerance: narrow,
      statistic: { kind: 'quantile of wait', p: 0.99, expected: p99 },
    },
  ];
  return {
    family,
    parameters: parametersOf(row, ['c', 'rho', 'lam', 'mu']),
    judged,
    world: queueWorld({ rate: lam, service: exponential(1), pods: 1, concurrency: c }),
    rate: lam,
    twin: c > 1 ? { speed: c, scv: 1 } : fasterTwin(rho, 1),
    requests: Math.max(longBatches(rho), rareWaits(numberOf(row, 'erlangC'))),
  };
}

/** A single server's twin must be another queue: one with 1.3 times the spare capacity. */
function fasterTwin(rho: number, scv: number): TwinSpec {
  return { speed: rho / (1 - SPARE * (1 - rho)), scv };
}

const SPARE = 1.3;

/** Where hardly anybody waits, the quantile rests on few requests. */
function rareWaits(erlangC: number): number {
  return erlangC < 0.1 ? 7e7 : 0;
}

function lossy(row: ReferenceRow, family: string): OracleCase {
  const c = numberOf(row, 'c');
  const lam = numberOf(row, 'lam');
  return {
    family,
    parameters: parametersOf(row, ['c', 'K', 'lam', 'mu']),
    judged: [
      {
        quantity: 'p_block',
        expected: numberOf(row, 'p_block'),
        tolerance: 0.01,
        statistic: { kind: 'share rejected' },
      },
    ],
    world: queueWorld({
      rate: lam,
      service: exponential(1),
      pods: 1,
      concurrency: c,
      queueLimit: numberOf(row, 'K') - c,
    }),
    rate: lam,
    twin: null,
    requests: 1e6,
  };
}

function impatient(row: ReferenceRow, family: string): OracleCase {
  const lam = numberOf(row, 'lam');
  return {
    family,
    parameters: parametersOf(row, ['c', 'lam', 'mu', 'theta']),
    judged: [
      {
        quantity: 'P_abandon',
        expected: numberOf(row, 'P_abandon'),
        tolerance: 0.01,
        statistic: { kind: 'share gave up' },
      },
    ],
    world: queueWorld({
      rate: lam,
      service: exponential(1),
      pods: 1,
      concurrency: numberOf(row, 'c'),
      patience: exponential(1 / numberOf(row, 'theta')),
    }),
    rate: lam,
    twin: null,
    requests: 1e6,
  };
}

function generalService(row: ReferenceRow, family: string): OracleCase {
  const rho = numberOf(row, 'rho');
  const scv = numberOf(row, 'scv');
  const narrow = tolerance(rho, scv);
  return {
    family,
    parameters: parametersOf(row, ['service', 'rho', 'scv', 'mu']),
    judged: [{ quantity: 'W', expected: numberOf(row, 'W'), tolerance: narrow, statistic: sojourn }],
    world: queueWorld({ rate: rho, service: serviceNamed(textOf(row, 'service'), scv), pods: 1, concurrency: 1 }),
    rate: rho,
    twin: fasterTwin(rho, scv),
    requests: longBatches(rho, scv),
  };
}

function sharedServer(row: ReferenceRow, family: string): OracleCase {
  const rho = numberOf(row, 'rho');
  const narrow = tolerance(rho);
  return {
    family,
    parameters: parametersOf(row, ['rho']),
    judged: [{ quantity: 'mean_W', expected: numberOf(row, 'mean_W'), tolerance: narrow, statistic: sojourn }],
    world: queueWorld({
      rate: rho,
      service: exponential(1),
      pods: 1,
      concurrency: Infinity,
      discipline: 'processor-sharing',
    }),
    rate: rho,
    twin: { speed: 1, scv: 1 },
    requests: longBatches(rho),
  };
}

/**
 * The conditional means are measured on tagged requests, about one in fifty for each size, whose demand is exactly that size; the others stay
 * exponential and their rate is lowered so that the load is `rho`. Under processor sharing the conditional mean depends on the load alone
 * (Sakata, Noguchi, Oizumi 1971), so the tags shift nothing; they arrive in a Poisson stream of their own and see time averages.
 */
function taggedSharedServer(row: ReferenceRow, family: string): OracleCase {
  const rho = numberOf(row, 'rho');
  const narrow = tolerance(rho);
  const sizes = numbersOf(row, 'cond_W_size_x').map(([size, expected]) => ({ size: Number(size), expected }));
  const tagRate = rho / 50;
  const load = sizes.reduce((sum, { size }) => sum + size * tagRate, 0);
  return {
    family,
    parameters: parametersOf(row, ['rho']),
    judged: sizes.map(({ size, expected }) => ({
      quantity: `cond_W_size_${size}`,
      expected,
      tolerance: narrow,
      statistic: { kind: 'mean sojourn of source', source: `size ${size}` },
    })),
    world: taggedWorld(
      rho - load,
      sizes.map(({ size }) => size),
      tagRate,
    ),
    rate: rho - load + sizes.length * tagRate,
    twin: null,
    requests: enough(rho, 2, narrow),
  };
}

function watchedQueues(row: ReferenceRow, family: string): OracleCase {
  const n = numberOf(row, 'n');
  const rho = numberOf(row, 'rho');
  return {
    family,
    parameters: parametersOf(row, ['n', 'policy', 'rho']),
    judged: [{ quantity: 'W', expected: numberOf(row, 'W'), tolerance: tolerance(rho), statistic: sojourn }],
    world: queueWorld({
      rate: rho * n,
      service: exponential(1),
      pods: n,
      concurrency: 1,
      policy: watchedPolicy(textOf(row, 'policy')),
    }),
    rate: rho * n,
    twin: { speed: n, scv: 1 },
    requests: longBatches(rho),
  };
}

function watchedPolicy(name: string): BalancerPolicy {
  if (name === 'JSQ') return 'least-connections';
  if (name === 'power_of_2') return 'power-of-two';
  throw new TypeError(`a reference row names the policy ${name}; known are JSQ and power_of_2`);
}

function evenArrivals(row: ReferenceRow, family: string): OracleCase {
  const rho = numberOf(row, 'rho');
  return {
    family,
    parameters: parametersOf(row, ['rho', 'mu']),
    judged: [{ quantity: 'W', expected: numberOf(row, 'W'), tolerance: tolerance(rho), statistic: sojourn }],
    world: queueWorld({ rate: rho, service: exponential(1), pods: 1, concurrency: 1, arrivals: 'uniform' }),
    rate: rho,
    twin: null,
    requests: enough(rho, 1, tolerance(rho)),
  };
}

function queuesInTurn(row: ReferenceRow): OracleCase {
  const n = numberOf(row, 'n');
  const rho = numberOf(row, 'rho');
  return {
    family: 'round_robin',
    parameters: parametersOf(row, ['n', 'rho', 'mu', 'total_lambda']),
    judged: [{ quantity: 'W', expected: numberOf(row, 'W'), tolerance: tolerance(rho), statistic: sojourn }],
    world: queueWorld({ rate: rho * n, service: exponential(1), pods: n, concurrency: 1, policy: 'round-robin' }),
    rate: rho * n,
    twin: { speed: n, scv: 1 },
    requests: longBatches(rho),
  };
}

function setUp(row: ReferenceRow, family: string, c: number, lam: number): OracleCase {
  const rho = lam / c;
  return {
    family,
    parameters: parametersOf(row, ['c', 'rho', 'lam', 'mu', 'setup_rate']),
    judged: [{ quantity: 'W', expected: numberOf(row, 'W'), tolerance: tolerance(rho), statistic: sojourn }],
    world: queueWorld({
      rate: lam,
      service: exponential(1),
      pods: 1,
      concurrency: c,
      discipline: 'per-request',
      setUp: exponential(1 / numberOf(row, 'setup_rate')),
    }),
    rate: lam,
    twin: null,
    requests: enough(rho, 1, tolerance(rho)),
  };
}
