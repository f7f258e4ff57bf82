import type { BalancerPolicy } from '../../src/domain/world-spec.js';
import { type ClosedForms, numberOf, numbersOf, parametersOf, type ReferenceRow, textOf } from './closed-forms.js';
import { exponential, queueWorld, serviceNamed, taggedWorld } from './queue-worlds.js';
import type { JudgedQuantity, OracleCase, Statistic } from './oracle-case.js';
import { requestsForMean, requestsForShare, requestsForTail, requestsWithSetUps } from './run-length.js';
import {
  evenArrivalsTwins,
  generalServiceTwins,
  impatientTwins,
  inTurnTwins,
  lossyTwins,
  manyServersTwins,
  setUpTwins,
  sharingTwins,
  watchedTwins,
} from './twins.js';

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

function multiServer(row: ReferenceRow, family: string): OracleCase {
  const c = numberOf(row, 'c');
  const rho = numberOf(row, 'rho');
  const lam = numberOf(row, 'lam');
  const p99 = numberOf(row, 'Wq_p99');
  const narrow = tolerance(rho);
  const judged: JudgedQuantity[] = [
    { quantity: 'W', expected: numberOf(row, 'W'), tolerance: narrow, statistic: sojourn, control: 'wait' },
    {
      quantity: 'Wq_p99',
      expected: p99,
      tolerance: narrow,
      statistic: { kind: 'quantile of wait', p: 0.99, expected: p99 },
      control: 'long wait',
    },
  ];
  return {
    family,
    parameters: parametersOf(row, ['c', 'rho', 'lam', 'mu']),
    judged,
    world: queueWorld({ rate: lam, service: exponential(1), pods: 1, concurrency: c }),
    rate: lam,
    twins: () => manyServersTwins(c, lam, p99),
    requests: requestsForTail(rho, numberOf(row, 'erlangC')),
  };
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
        control: 'refused',
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
    twins: () => lossyTwins(c, numberOf(row, 'K'), lam),
    requests: requestsForShare,
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
        control: 'gave up',
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
    twins: () => impatientTwins(numberOf(row, 'c'), lam, numberOf(row, 'theta')),
    requests: requestsForShare,
  };
}

function generalService(row: ReferenceRow, family: string): OracleCase {
  const rho = numberOf(row, 'rho');
  const scv = numberOf(row, 'scv');
  const narrow = tolerance(rho, scv);
  return {
    family,
    parameters: parametersOf(row, ['service', 'rho', 'scv', 'mu']),
    judged: [{ quantity: 'W', expected: numberOf(row, 'W'), tolerance: narrow, statistic: sojourn, control: 'wait' }],
    world: queueWorld({ rate: rho, service: serviceNamed(textOf(row, 'service'), scv), pods: 1, concurrency: 1 }),
    rate: rho,
    twins: () => generalServiceTwins(rho, scv),
    requests: requestsForMean(rho, scv),
  };
}

function sharedServer(row: ReferenceRow, family: string): OracleCase {
  const rho = numberOf(row, 'rho');
  const narrow = tolerance(rho);
  return {
    family,
    parameters: parametersOf(row, ['rho']),
    judged: [
      {
        quantity: 'mean_W',
        expected: numberOf(row, 'mean_W'),
        tolerance: narrow,
        statistic: sojourn,
        control: 'sojourn of requests',
      },
    ],
    world: queueWorld({
      rate: rho,
      service: exponential(1),
      pods: 1,
      concurrency: Infinity,
      discipline: 'processor-sharing',
    }),
    rate: rho,
    twins: () => sharingTwins(rho, [{ source: 'requests', size: 1, share: 1 }]),
    requests: requestsForMean(rho),
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
  const rate = rho - load + sizes.length * tagRate;
  const share = tagRate / rate;
  const tags = sizes.map(({ size }) => ({ source: `size ${size}`, size, share }));
  return {
    family,
    parameters: parametersOf(row, ['rho']),
    judged: sizes.map(({ size, expected }) => ({
      quantity: `cond_W_size_${size}`,
      expected,
      tolerance: narrow,
      statistic: { kind: 'mean sojourn of source', source: `size ${size}`, share },
      control: `sojourn of size ${size}`,
    })),
    world: taggedWorld(
      rho - load,
      sizes.map(({ size }) => size),
      tagRate,
    ),
    rate,
    twins: () => sharingTwins(rho, tags),
    requests: requestsForMean(rho),
  };
}

function watchedQueues(row: ReferenceRow, family: string): OracleCase {
  const n = numberOf(row, 'n');
  const rho = numberOf(row, 'rho');
  return {
    family,
    parameters: parametersOf(row, ['n', 'policy', 'rho']),
    judged: [
      { quantity: 'W', expected: numberOf(row, 'W'), tolerance: tolerance(rho), statistic: sojourn, control: 'wait' },
    ],
    world: queueWorld({
      rate: rho * n,
      service: exponential(1),
      pods: n,
      concurrency: 1,
      policy: watchedPolicy(textOf(row, 'policy')),
    }),
    rate: rho * n,
    twins: () => watchedTwins(n, rho * n),
    requests: requestsForMean(rho),
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
    judged: [
      { quantity: 'W', expected: numberOf(row, 'W'), tolerance: tolerance(rho), statistic: sojourn, control: 'wait' },
    ],
    world: queueWorld({ rate: rho, service: exponential(1), pods: 1, concurrency: 1, arrivals: 'uniform' }),
    rate: rho,
    twins: () => evenArrivalsTwins(rho),
    requests: requestsForMean(rho),
  };
}

function queuesInTurn(row: ReferenceRow): OracleCase {
  const n = numberOf(row, 'n');
  const rho = numberOf(row, 'rho');
  return {
    family: 'round_robin',
    parameters: parametersOf(row, ['n', 'rho', 'mu', 'total_lambda']),
    judged: [
      { quantity: 'W', expected: numberOf(row, 'W'), tolerance: tolerance(rho), statistic: sojourn, control: 'wait' },
    ],
    world: queueWorld({ rate: rho * n, service: exponential(1), pods: n, concurrency: 1, policy: 'round-robin' }),
    rate: rho * n,
    twins: () => inTurnTwins(n, rho),
    requests: requestsForMean(rho),
  };
}

function setUp(row: ReferenceRow, family: string, c: number, lam: number): OracleCase {
  const rho = lam / c;
  const setUpTime = exponential(1 / numberOf(row, 'setup_rate'));
  return {
    family,
    parameters: parametersOf(row, ['c', 'rho', 'lam', 'mu', 'setup_rate']),
    judged: [
      { quantity: 'W', expected: numberOf(row, 'W'), tolerance: tolerance(rho), statistic: sojourn, control: 'wait' },
    ],
    world: queueWorld({
      rate: lam,
      service: exponential(1),
      pods: 1,
      concurrency: c,
      discipline: 'per-request',
      setUp: setUpTime,
    }),
    rate: lam,
    twins: (streams) => setUpTwins(c, lam, setUpTime, streams),
    requests: requestsWithSetUps(c, lam, numberOf(row, 'setup_rate')),
  };
}
