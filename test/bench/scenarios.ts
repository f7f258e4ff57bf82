import type { EngineConfig } from '../../src/domain/engine-config.js';
import type { ClientSpec, WorkSpec } from '../../src/domain/traffic-spec.js';
import type { PodSpec, WorkloadSpec, WorldSpec } from '../../src/domain/world-spec.js';
import { builtIn } from '../../src/engine/registries.js';
import { micros, seconds } from '../../src/kernel/micros.js';
import { generateRates, generatorSchema } from '../../src/traces/generators/generator-spec.js';

/** A world and the engine that runs in it. */
export interface Bench {
  readonly world: WorldSpec;
  readonly engine: EngineConfig;
}

const patient: ClientSpec = { timeoutMicros: null, serverStops: false, retry: null };

const idle: WorkSpec = { cpu: { kind: 'constant', value: 0 }, wait: null, calls: [] };

function pod(serving: Partial<PodSpec['serving']>): PodSpec {
  return {
    serving: {
      discipline: 'fcfs',
      concurrency: 1,
      queueLimit: Infinity,
      patience: null,
      cpuCores: 1,
      setUp: { kind: 'constant', value: 0 },
      ...serving,
    },
    cpuRequestMillis: 1000,
    cpuLimitMillis: 1000,
    memoryRequestMiB: 512,
    memoryIdleMiB: 200,
    memoryPerRequestMiB: 1,
    start: { kind: 'constant', value: 15e6 },
    readiness: { periodMicros: seconds(5), rise: 1 },
    termination: { preStopMicros: seconds(5), graceMicros: seconds(30) },
  };
}

function workload(name: string, spec: Omit<WorkloadSpec, 'name'>): WorkloadSpec {
  return { name, ...spec };
}

function hpa(world: WorldSpec, names: readonly string[], most: number): EngineConfig {
  const policy = { name: 'hpa', config: builtIn.policies.hpa.schema.parse({ metrics: [{ cpu: '60%' }] }) };
  const forecaster = { name: 'none', config: builtIn.forecasters.none.schema.parse({}) };
  return {
    originEpochMicros: world.originEpochMicros,
    collector: { windowMicros: seconds(60), staleAfterMicros: seconds(180) },
    quota: { pods: null, cpuMillis: null, memoryMiB: null },
    workloads: names.map((name) => ({
      name,
      cpuRequestMillis: 1000,
      memoryRequestMiB: 512,
      minReplicas: 2,
      maxReplicas: most,
      policy,
      forecaster,
    })),
  };
}

const commonWorld = {
  seed: 1,
  originEpochMicros: 1_767_571_200_000_000,
  warmUpMicros: micros(0),
  stepMicros: seconds(60),
  tickMicros: seconds(15),
  dependencies: [],
  nodePools: [],
  metrics: { scrapeMicros: seconds(15), lagMicros: seconds(5), dropped: 0 },
  cluster: { nodeMonitorGraceMicros: seconds(40), evictionAfterMicros: seconds(300), restartDelayMicros: seconds(10) },
  faults: [],
  billing: { kind: 'pods', pricePerPodHour: 0.05 },
} as const;

const plainBalancer = { policy: 'power-of-two', endpointLagMicros: seconds(1), health: null } as const;

/** M/M/c: one pod of 50 workers at 90% load, 10^7 arrivals. */
export function mmcWorld(arrivals: number): WorldSpec {
  const rate = 1000;
  const durationMicros = seconds(arrivals / rate);
  return {
    ...commonWorld,
    name: 'mmc',
    durationMicros,
    slo: { latencyMicros: seconds(1), target: 0.99 },
    traffic: [
      {
        name: 'load',
        to: 'queue',
        rates: { edgesMicros: Float64Array.of(0, durationMicros), ratePerSecond: Float64Array.of(rate) },
        arrivals: 'poisson',
        client: patient,
        classes: [
          {
            ...idle,
            name: 'all',
            share: 1,
            cpu: { kind: 'exponential', mean: 45e3 },
            requestBytes: 0,
            responseBytes: 0,
          },
        ],
      },
    ],
    workloads: [
      workload('queue', {
        pod: pod({ concurrency: 50 }),
        initialReplicas: 1,
        balancer: { ...plainBalancer, policy: 'round-robin' },
        work: idle,
      }),
    ],
  };
}

/** So many pods of two workers behind power of two choices at 70% load: the same load a pod, whatever their number. */
export function podsWorld(pods: number, arrivals: number): WorldSpec {
  const world = mmcWorld(arrivals);
  const mean = (0.7 * 2 * pods * 1e6) / 1000;
  const [traffic] = world.traffic;
  return {
    ...world,
    name: 'pods',
    slo: { latencyMicros: micros(1e12), target: 0.99 },
    traffic: [{ ...traffic, classes: [{ ...traffic.classes[0], cpu: { kind: 'exponential', mean } }] }],
    workloads: [
      { ...world.workloads[0], pod: pod({ concurrency: 2 }), initialReplicas: pods, balancer: plainBalancer },
    ],
  };
}

/** A day of diurnal load with a peak of 500 requests a second, one workload, power of two choices, HPA at 60% CPU. */
export function dayBench(): Bench {
  const durationMicros = seconds(86400);
  const world: WorldSpec = {
    ...mmcWorld(1),
    name: 'day',
    durationMicros,
    slo: { latencyMicros: seconds(0.25), target: 0.99 },
    traffic: [
      {
        ...mmcWorld(1).traffic[0],
        to: 'web',
        rates: diurnal('325/s', 1.54),
        classes: [
          {
            ...idle,
            name: 'all',
            share: 1,
            cpu: { kind: 'exponential', mean: 20e3 },
            requestBytes: 0,
            responseBytes: 0,
          },
        ],
      },
    ],
    workloads: [
      workload('web', { pod: pod({ concurrency: 1 }), initialReplicas: 10, balancer: plainBalancer, work: idle }),
    ],
  };
  return { world, engine: hpa(world, ['web'], 100) };
}

/** Three-hop calls, time-outs and retries, endpoint lag, processor sharing, HPA on every workload: two hours with a peak of 500 a second. */
export function dayHardBench(): Bench {
  const durationMicros = seconds(7200);
  const client: ClientSpec = {
    timeoutMicros: seconds(2),
    serverStops: true,
    retry: {
      max: 2,
      backoffFirstMicros: seconds(0.1),
      backoffLastMicros: seconds(1),
      jitter: 'full',
      budget: 0.1,
      budgetBurst: 10,
    },
  };
  const step = (name: string, mean: number, target: string | null): WorkloadSpec =>
    workload(name, {
      pod: pod({ discipline: 'processor-sharing', concurrency: Infinity }),
      initialReplicas: 20,
      balancer: { ...plainBalancer, endpointLagMicros: seconds(2) },
      work: {
        cpu: { kind: 'exponential', mean },
        wait: null,
        calls: target === null ? [] : [[{ target, probability: 1, client }]],
      },
    });
  const world: WorldSpec = {
    ...mmcWorld(1),
    name: 'dayHard',
    durationMicros,
    slo: { latencyMicros: seconds(0.5), target: 0.99 },
    traffic: [
      {
        ...mmcWorld(1).traffic[0],
        to: 'web',
        client,
        rates: { edgesMicros: Float64Array.of(0, durationMicros), ratePerSecond: Float64Array.of(400) },
        classes: [
          {
            name: 'all',
            share: 1,
            cpu: { kind: 'exponential', mean: 20e3 },
            wait: null,
            calls: [[{ target: 'middle', probability: 1, client }]],
            requestBytes: 0,
            responseBytes: 0,
          },
        ],
      },
    ],
    workloads: [step('web', 20e3, 'middle'), step('middle', 15e3, 'store'), step('store', 10e3, null)],
  };
  return { world, engine: hpa(world, ['web', 'middle', 'store'], 100) };
}

function diurnal(mean: string, peakToMean: number) {
  const spec = generatorSchema.parse({ diurnal: { mean, peakToMean } });
  return generateRates(spec, seconds(86400), () => 0, commonWorld.originEpochMicros);
}
