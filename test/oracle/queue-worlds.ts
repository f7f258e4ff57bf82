import type { ArrivalModel, TrafficSpec } from '../../src/domain/traffic-spec.js';
import type { BalancerPolicy, ServingSpec, WorldSpec } from '../../src/domain/world-spec.js';
import type { Distribution } from '../../src/kernel/distributions.js';
import { onlyClass, planeWorld, podWorkload, steadyTraffic } from '../sim/requests/plane-world.js';
import { SERVICE_MICROS } from './oracle-case.js';

/** A queueing system; rates and times in mean service times. */
export interface QueueSpec {
  readonly rate: number;
  readonly service: Distribution;
  readonly pods: number;
  readonly concurrency: number;
  readonly queueLimit?: number;
  readonly patience?: Distribution;
  readonly discipline?: ServingSpec['discipline'];
  readonly setUp?: Distribution;
  readonly policy?: BalancerPolicy;
  readonly arrivals?: ArrivalModel;
}

/** Builds a queueing system's world, for a seed and an end of arrivals. */
export type MakeWorld = (seed: number, endMicros: number) => WorldSpec;

/** An exponential length of time with a mean in mean service times. */
export function exponential(mean: number): Distribution {
  return { kind: 'exponential', mean: mean * SERVICE_MICROS };
}

/** One source, one workload. */
export function queueWorld(spec: QueueSpec): MakeWorld {
  const { pods, concurrency, queueLimit, patience, discipline, setUp, policy } = spec;
  const serving: Partial<ServingSpec> = {
    concurrency,
    queueLimit: queueLimit ?? Infinity,
    patience: patience ?? null,
    discipline: discipline ?? 'fcfs',
    ...(setUp === undefined ? {} : { setUp }),
  };
  return (seed, endMicros) => {
    const source = requests('requests', spec.rate, endMicros, spec.service);
    return planeWorld({
      seed,
      endMicros,
      sloMicros: 1e15,
      traffic: [{ ...source, arrivals: spec.arrivals ?? 'poisson' }],
      workloads: [podWorkload('server', { count: pods, policy: policy ?? 'round-robin' }, serving)],
    });
  };
}

/** A shared server with exponential requests at `rate`, and for each size a source of requests of exactly that demand. */
export function taggedWorld(rate: number, sizes: readonly number[], tagRate: number): MakeWorld {
  return (seed, endMicros) => {
    const tags = sizes.map((size) => {
      return requests(`size ${size}`, tagRate, endMicros, { kind: 'constant', value: size * SERVICE_MICROS });
    });
    return planeWorld({
      seed,
      endMicros,
      sloMicros: 1e15,
      traffic: [requests('requests', rate, endMicros, exponential(1)), ...tags],
      workloads: [podWorkload('server', { count: 1 }, { discipline: 'processor-sharing' })],
    });
  };
}

/** A service distribution of mean one by the name a reference file gives it: `deterministic`, `erlang2`, `hyperexp_scv4`, `lognormal_sigma1.5`. */
export function serviceNamed(name: string, scv: number): Distribution {
  const number = Number(/[\d.]+$/.exec(name)?.[0] ?? NaN);
  if (name === 'deterministic') return { kind: 'constant', value: SERVICE_MICROS };
  if (name === 'exponential') return exponential(1);
  if (name.startsWith('erlang')) return { kind: 'erlang', k: number, mean: SERVICE_MICROS };
  if (name.startsWith('hyperexp')) return balancedHyperexponential(scv);
  if (name.startsWith('lognormal_sigma')) {
    return { kind: 'lognormal', mu: Math.log(SERVICE_MICROS) - number ** 2 / 2, sigma: number };
  }
  throw new TypeError(
    `a reference row names the service ${name}; known are deterministic, exponential, erlangK, hyperexp_scvX, lognormal_sigmaX`,
  );
}

/** Two exponentials, each carrying half of the load. */
function balancedHyperexponential(scv: number): Distribution {
  const p = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  return {
    kind: 'hyperexponential',
    p,
    mean1: SERVICE_MICROS / (2 * p),
    mean2: SERVICE_MICROS / (2 * (1 - p)),
  };
}

function requests(name: string, rate: number, endMicros: number, service: Distribution): TrafficSpec {
  const perSecond = (rate * 1e6) / SERVICE_MICROS;
  return steadyTraffic(
    name,
    'server',
    { perSecond, endMicros },
    { classes: [onlyClass({ cpu: service, wait: null, calls: [] })] },
  );
}
