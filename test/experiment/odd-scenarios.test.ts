import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { builtIn } from '../../src/engine/registries.js';
import { summariseRun } from '../../src/experiment/results/summarise-run.js';
import { runScenario } from '../../src/experiment/run-scenario.js';
import { loadScenario } from '../../src/experiment/scenario/load-scenario.js';

interface Odd {
  readonly name: string;
  /** Sections in YAML; `head` replaces the usual duration and warm-up. */
  readonly text: string;
  readonly head?: string;
}

const HEAD = 'duration: 4m\nwarmUp: 30s';
const BUSY =
  'traffic: [{ to: web, generate: { constant: 40/s }, client: { timeout: 1s, retries: { max: 2, elsewhere: true } } }]';
const NODES =
  'nodes: [{ type: aws/m5.large, count: 2, zone: us-east-1a }, { type: aws/m5.large, count: 2, zone: us-east-1b }]';

const odd: readonly Odd[] = [
  {
    name: 'no replicas and nobody who makes any',
    text: `${BUSY}\nworkloads: { web: { serve: { cpu: 20ms }, replicas: 0 } }`,
  },
  {
    name: 'from no replicas to none, by a policy',
    text: `${BUSY}\nworkloads: { web: { serve: { cpu: 20ms }, replicas: { initial: 0, min: 0, max: 1 }, scaling: { policy: hpa, metrics: [{ cpu: 50% }] } } }`,
  },
  {
    name: 'one pod that is killed, crashed and restarted at one instant',
    text: `${BUSY}
workloads: { web: { serve: { cpu: 20ms }, replicas: 1 } }
faults:
  - { at: 1m, kill: { pods: 1, of: web } }
  - { at: 1m, crash: { pods: 100%, of: web } }
  - { at: 1m, restart: { of: web } }`,
  },
  {
    name: 'one pod with one place, no queue, a tiny limit and a period as long as a second',
    text: `${BUSY}
workloads: { web: { serve: { cpu: 20ms }, replicas: 1, pod: { discipline: cfs, concurrency: 1, queue: { limit: 0 }, cpu: { request: 1m, limit: 1m, period: 1s } } } }`,
  },
  {
    name: 'a huge concurrency and no limit of anything, at a hundred times what can be done',
    text: `traffic: [{ to: web, generate: { constant: 400/s } }]
workloads: { web: { serve: { cpu: 500ms }, replicas: 1, pod: { discipline: processor-sharing, concurrency: 100000, cpu: { request: 1m } } } }`,
  },
  {
    name: 'memory limit of what it uses idle, on nodes short of memory',
    text: `${BUSY}
${NODES}
cluster: { nodePressureEviction: true }
workloads: { web: { serve: { cpu: 20ms }, replicas: 3, pod: { memory: { request: 10Mi, limit: 10Mi, idle: 10Mi, perRequest: 1Mi, growthPerHour: 100Gi } } } }`,
  },
  {
    name: 'every fault at once, all beyond the end',
    text: `${BUSY}
${NODES}
cluster: { cpuShares: true, nodeEvictionRate: 6/m }
network: { crossZone: 1ms, clients: 20ms, loss: 1% }
workloads: { web: { serve: { cpu: 20ms, calls: [{ to: db }] }, replicas: 6, pod: { discipline: cfs, cpu: { request: 500m, limit: 500m } } } }
dependencies: { db: { concurrency: 4, service: 2ms } }
faults:
  - { at: 225s, zoneOutage: us-east-1a, for: 10m }
  - { at: 226s, metrics: outage, for: 10m }
  - { at: 226s, metrics: stuck, for: 10m }
  - { at: 226s, metrics: doubled, for: 10m }
  - { at: 226s, metrics: freeze, for: 10m }
  - { at: 227s, missingSamples: { pods: 100%, of: web }, for: 10m }
  - { at: 227s, slowStart: { of: web, factor: 10x }, for: 10m }
  - { at: 227s, slowDependency: { of: db, factor: 10x }, for: 10m }
  - { at: 228s, loseCapacity: { of: web, share: 99% }, for: 10m }
  - { at: 228s, network: { between: [web, db], delay: 5s, loss: 90% }, for: 10m }
  - { at: 229s, noisyNeighbour: { nodes: 100%, cpu: 64 }, for: 10m }
  - { at: 229s, errors: { pods: 50%, of: web }, for: 10m }
  - { at: 230s, restart: { of: web } }
  - { at: 239s, kill: { nodes: 2 } }
  - { at: 239999ms, kill: { pods: 100%, of: web } }`,
  },
  {
    name: 'a zone that goes for good, then goes again, with everything in it',
    text: `${BUSY}
nodes: [{ type: aws/m5.large, count: 2, zone: us-east-1a }]
workloads: { web: { serve: { cpu: 20ms }, replicas: 3 } }
faults: [{ at: 1m, zoneOutage: us-east-1a }, { at: 70s, zoneOutage: us-east-1a, for: 30s }]`,
  },
  {
    name: 'a warm-up as long as the run',
    head: 'duration: 1m\nwarmUp: 1m',
    text: `${BUSY}\nworkloads: { web: { serve: { cpu: 20ms }, replicas: 2 } }`,
  },
  {
    name: 'a run of one second without warm-up',
    head: 'duration: 1s\nwarmUp: 0s',
    text: `${BUSY}\nworkloads: { web: { serve: { cpu: 20ms }, replicas: 2 } }`,
  },
  {
    name: 'a traffic of nothing',
    text: `traffic: [{ to: web, generate: { constant: 0/s } }]\nworkloads: { web: { serve: { cpu: 20ms }, replicas: 1 } }`,
  },
  {
    name: 'all balancers do at once, over one pod that answers errors',
    text: `${BUSY}
workloads:
  web:
    serve: { cpu: 20ms }
    replicas: 1
    balancer: { policy: least-connections, instances: 50, slowStart: 30s, outlierEjection: { consecutiveErrors: 1, maxEjected: 100%, panicThreshold: 0% }, circuitBreaker: { maxRequests: 1, maxRetries: 1 } }
    pod: { queue: { limit: 1, maxDelay: 1ms, patience: 5ms } }
faults: [{ at: 1m, errors: { pods: 1, of: web, share: 50% }, for: 1m }]`,
  },
  {
    name: 'kept connections, one for all, closed after every request, while pods come and go',
    text: `traffic: [{ to: web, generate: { constant: 40/s }, client: { timeout: 1s, connections: { pool: 1, maxAge: 1ms, maxRequests: 1 } } }]
workloads: { web: { serve: { cpu: 20ms }, replicas: { initial: 1, min: 1, max: 9 }, balancer: { per: connection, instances: 3, slowStart: 1ms }, scaling: { policy: scheduled, schedule: [{ at: "00:00", replicas: 1 }, { cron: "* * * * *", replicas: 9 }] } } }`,
  },
  {
    name: 'users who do not think, of a service that is away',
    text: `traffic: [{ to: web, users: 5, thinkTime: 1ms, client: { timeout: 100ms } }]
workloads: { web: { serve: { cpu: 20ms }, replicas: 1 } }
faults: [{ at: 1m, crash: { pods: 1, of: web } }]`,
  },
  {
    name: 'jobs without workers, dropped, dead and refused',
    text: `queues: { jobs: { visibilityTimeout: 1s, maxReceives: 1, retention: 5s, limit: 3 } }
traffic: [{ to: jobs, generate: { constant: 10/s } }]
workloads: { worker: { consumes: { queue: jobs, pollInterval: 500ms }, serve: { cpu: 3s }, replicas: { initial: 0, min: 0, max: 3 }, scaling: { policy: hpa, metrics: [{ external: queue_length, averageValue: 1 }] } } }`,
  },
  {
    name: 'probes that take all the CPU there is, and kill',
    text: `${BUSY}
workloads: { web: { serve: { cpu: 20ms }, replicas: 2, pod: { start: 1s, discipline: cfs, concurrency: 2, cpu: { request: 100m, limit: 100m }, readiness: { period: 1s, failureThreshold: 1, cpu: 150ms }, livenessProbe: { period: 1s, failureThreshold: 1, cpu: 200ms, timeout: 100ms }, startupProbe: { period: 1s, cpu: 10ms } } } }`,
  },
  {
    name: 'images larger than a run can pull, no room for a second pod',
    text: `${BUSY}
nodes: [{ type: aws/m5.large, count: 2, maxPods: 1 }]
cluster: { images: { registry: 1Mbit/s }, scheduler: { rate: 1/m }, controller: { rate: 1/m, burst: 1 } }
workloads: { web: { serve: { cpu: 20ms }, pod: { image: { size: 50Gi, policy: Always } }, replicas: { initial: 1, min: 1, max: 20 }, scaling: { policy: hpa, metrics: [{ cpu: 10% }] } } }
faults: [{ at: 1m, kill: { pods: 1, of: web } }]`,
  },
  {
    name: 'machines that fail, boot for ever and are refreshed meanwhile',
    text: `${BUSY}
workloads: { web: { serve: { cpu: 20ms }, replicas: { initial: 2, min: 1, max: 6 }, group: { type: aws/m5.large, provisioning: 5s, boot: 10s, bake: 1h, warmPool: { size: 1, state: stopped, start: 1s }, refresh: { at: 30s, minHealthy: 0%, maxHealthy: 100%, bake: 0s } }, scaling: { policy: hpa, metrics: [{ cpu: 5% }] } } }
faults: [{ at: 20s, capacityShortage: { of: web }, for: 1m }, { at: 20s, failedBoot: { of: web, share: 50% }, for: 3m }]`,
  },
  {
    name: 'a cache that answers everything or nothing, shared by pods that all go',
    text: `${BUSY}
workloads: { web: { serve: { cpu: 5ms, calls: [{ to: db, cache: { hitRatio: 100%, warm: 1, shared: true } }, { to: db, cache: { hitRatio: 0%, shared: true } }] }, replicas: 2 } }
dependencies: { db: { concurrency: 1, queueLimit: 0, service: 100ms } }
faults: [{ at: 1m, kill: { pods: 100%, of: web } }]`,
  },
  {
    name: 'clumped arrivals at a set-up per request, with a warm-up that never ends',
    text: `traffic: [{ to: web, generate: { constant: 30/s }, arrivals: { gamma: { cv: 20 } } }, { to: web, name: more, generate: { constant: 5/s }, arrivals: { mmpp: { ratio: 100x, burst: 1ms, share: 99% } } }]
workloads: { web: { serve: { cpu: 20ms }, replicas: 1, pod: { discipline: per-request, concurrency: 3, setUp: 200ms, warmUp: { factor: 50x, time: 24h } } } }`,
  },
];

/** Paths at which a result holds a number that is none. */
function strange(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} is ${value}`];
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => strange(inner, `${path}.${key}`));
}

test.each(odd)('$name: nothing breaks, and requests are all accounted for', async ({ text, head = HEAD }) => {
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'odd.yaml');
  writeFileSync(file, `${head}\n${text}\n`);
  const scenario = await loadScenario(file, { registries: builtIn, dataDirectory: null, version: '0' });
  const finished = await runScenario(scenario, { registries: builtIn });
  const { result } = summariseRun(scenario, finished);
  const { requests, attempts, latencyMs } = finished.measurement.totals;
  expect(requests.served + requests.failed + requests.inFlightAtEnd).toBe(requests.offered);
  expect(attempts.served + attempts.failed + attempts.inFlightAtEnd).toBe(attempts.offered);
  expect(attempts.offered).toBeGreaterThanOrEqual(requests.served);
  const { p50, p99, max } = latencyMs;
  if (p50 !== null && p99 !== null && max !== null) {
    expect(p50).toBeGreaterThan(0);
    expect(p50).toBeLessThanOrEqual(p99);
    expect(p99).toBeLessThanOrEqual(max * 1.01);
  }
  expect(strange(result)).toEqual([]);
  expect(result.cost.total).toBeGreaterThanOrEqual(0);
});
