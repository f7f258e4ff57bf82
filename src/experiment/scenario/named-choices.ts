import type { ArrivalModelName } from '../../domain/traffic-spec.js';
import type { BalancerPolicy, ServingSpec } from '../../domain/world-spec.js';

/** How a pod serves, by name, a line each. */
export const disciplines: Readonly<Record<ServingSpec['discipline'], string>> = {
  fcfs: 'each of the concurrency workers takes one request, first come first served, at full speed',
  'processor-sharing': 'requests that compute share the cores of the CPU limit, none faster than one core',
  cfs: "requests that compute are threads on the node's cores, throttled when a 100 ms period's CPU limit is used up",
  'per-request': 'single-request instances, set up on demand and gone when idle',
};

/** How a balancer chooses, by name, a line each. */
export const balancers: Readonly<Record<BalancerPolicy, string>> = {
  'round-robin': 'each endpoint in turn',
  random: 'any endpoint with equal chance',
  'least-connections': 'the endpoint with the fewest requests on board',
  'power-of-two': 'the less loaded of two distinct endpoints drawn at random',
};

/** How arrivals lie inside a bin, by name, a line each. */
export const arrivalModels: Readonly<Record<ArrivalModelName, string>> = {
  poisson: 'a Poisson process of the rate of the bin',
  'exact-count': 'exactly the expected number, at instants drawn uniformly',
  uniform: 'exactly the expected number, evenly spaced',
  interpolated: 'a Poisson process whose rate runs straight from bin to bin, each bin keeping its expected number',
  gamma:
    '{ gamma: { cv: 2 } }: gaps more or less regular than those of a Poisson process, by their coefficient of variation',
  mmpp: '{ mmpp: { ratio: 5x, burst: 30s, share: 10% } }: a Poisson process with bursts at a multiple of the calm rate',
};

/** What can go wrong on purpose, by the key that names it, a line each. */
export const faultKinds = {
  kill: '{ at: 12h, kill: { pods: 20%, of: web } } or { at: 12h, kill: { nodes: 1 } }: pods or nodes vanish without warning',
  crash: '{ at: 12h, crash: { pods: 3, of: web } }: containers crash and are started again in place',
  restart: '{ at: 12h, restart: { of: web } }: all containers of a workload exit and are started again at once',
  zoneOutage: '{ at: 12h, zoneOutage: us-east-1a, for: 20m }: all nodes of a zone are away for a while, or for good',
  metrics:
    '{ at: 12h, metrics: outage, for: 5m }, or freeze, stuck, doubled: no sample arrives, only old ones, old values with fresh times, or everything twice',
  missingSamples: '{ at: 12h, missingSamples: { pods: 1, of: web }, for: 1h }: some pods yield no sample',
  slowStart: '{ at: 12h, slowStart: { of: web, factor: 3x }, for: 1h }: pods take longer to start',
  slowDependency: '{ at: 12h, slowDependency: { of: db, factor: 4x }, for: 10m }: a dependency takes longer to serve',
  errors:
    '{ at: 12h, errors: { pods: 1, of: web, share: 50% }, for: 5m }: some pods answer a share of their requests with an error',
  capacityShortage:
    '{ at: 12h, capacityShortage: { type: aws/m5.large, zone: us-east-1a }, for: 1h }: the provider has no such machines; also by pool: or of: a workload',
  failedBoot:
    '{ at: 12h, failedBoot: { pool: general, share: 30% }, for: 1h }: machines run, are billed and never come up; also by type:, zone: or of: a workload',
  loseCapacity: '{ at: 12h, loseCapacity: { of: web, share: 50% }, for: 30s }: pods lose workers or cores for a while',
  network:
    '{ at: 12h, network: { between: [web, db], delay: 100ms, loss: 5% }, for: 10m }, or from: and to: for one way: messages between clients, zones, workloads or dependencies take longer or are lost',
  noisyNeighbour:
    '{ at: 12h, noisyNeighbour: { nodes: 25%, cpu: 8, request: 2 }, for: 10m }: somebody else wants cores of some nodes',
} as const;
