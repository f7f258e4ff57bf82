import type { Command } from '../../../src/domain/command.js';
import type { Fact } from '../../../src/domain/fact.js';
import type { JvmSpec } from '../../../src/domain/jvm/jvm-spec.js';
import { hotspotDefaults } from '../../../src/domain/jvm/hotspot-heap.js';
import type { Measurement } from '../../../src/domain/measurement.js';
import type { PodSpec, ServingSpec, WorldSpec } from '../../../src/domain/world-spec.js';
import { micros, seconds } from '../../../src/kernel/micros.js';
import { runVirtual } from '../../../src/kernel/run-virtual.js';
import { Streams } from '../../../src/kernel/streams.js';
import { assembleSim } from '../../../src/sim/assemble-sim.js';
import { createExactPlane } from '../../../src/sim/requests/create-exact-plane.js';
import { workload, world } from '../sim-run.js';

/** 100 MiB live in a heap of 600, of which 100 are young: 400 MiB of room that a twentieth of 1000 MiB a CPU-second fills. */
export const plainJvm: JvmSpec = {
  sizing: { by: 'hotspot', flags: { ...hotspotDefaults, maxHeapMiB: 600 } },
  nonHeap: { metaspaceMiB: 100, codeCacheMiB: 50, stacksMiB: 40, directMiB: 10 },
  liveMiB: 100,
  livePerRequestMiB: 0,
  allocationMiBPerCpuSecond: 1000,
  promotedShare: 0.05,
  young: { mib: 100 },
  traceMiBPerCpuSecond: 500,
  collector: 'Parallel',
};

/** Requests of a service: so many a second, and the CPU that each takes. */
export interface Load {
  readonly perSecond: number;
  readonly cpuMicros: number;
  readonly arrivals?: 'poisson' | 'uniform';
  readonly drawn?: boolean;
  readonly waitMicros?: number;
}

/** A minute, unless said otherwise, of one pod on two cores with a JVM. */
export function jvmWorld(
  jvm: Partial<JvmSpec>,
  load: Load,
  pod: Partial<PodSpec> & { readonly serving?: ServingSpec } = {},
  changes: Partial<WorldSpec> = {},
): WorldSpec {
  const end = changes.durationMicros ?? seconds(60);
  const { perSecond, cpuMicros, arrivals = 'poisson', drawn = false, waitMicros } = load;
  return world({
    durationMicros: end,
    traffic: [
      {
        name: 'users',
        to: 'web',
        rates: { edgesMicros: Float64Array.of(0, end), ratePerSecond: Float64Array.of(perSecond) },
        arrivals,
        client: { timeoutMicros: null, serverStops: false, retry: null },
        classes: [
          {
            name: 'all',
            share: 1,
            cpu: drawn ? { kind: 'exponential', mean: cpuMicros } : { kind: 'constant', value: cpuMicros },
            wait: waitMicros === undefined ? null : { kind: 'constant', value: waitMicros },
            calls: [],
            requestBytes: 0,
            responseBytes: 0,
          },
        ],
      },
    ],
    workloads: [
      workload(
        {},
        {
          serving: {
            discipline: 'processor-sharing',
            concurrency: Infinity,
            queueLimit: Infinity,
            patience: null,
            cpuCores: 2,
            setUp: { kind: 'constant', value: 0 },
          },
          cpuRequestMillis: 2000,
          cpuLimitMillis: 2000,
          memoryRequestMiB: 1024,
          memoryLimitMiB: 1024,
          memoryIdleMiB: 0,
          memoryPerRequestMiB: 0,
          start: { kind: 'constant', value: 1e6 },
          jvm: { ...plainJvm, ...jvm },
          ...pod,
        },
      ),
    ],
    ...changes,
  });
}

/** What a run of it yields, with every request's end. */
export interface JvmRun {
  readonly facts: readonly Fact[];
  readonly measurement: Measurement;
  /** By ordinal, in microseconds. */
  readonly ends: ReadonlyMap<number, number>;
}

/** Runs it with what an engine would command at ticks. */
export function runJvmWorld(spec: WorldSpec, command: (at: number) => readonly Command[] = () => []): JvmRun {
  const facts: Fact[] = [];
  const ends = new Map<number, number>();
  const streams = new Streams(spec.seed);
  const observer = (_: number, ordinal: number, __: number, at: number): void => void ends.set(ordinal, at);
  const sim = assembleSim(
    spec,
    createExactPlane(spec, streams, { observer }),
    (fact) => {
      facts.push(fact);
      return fact.type === 'ticked' ? command(fact.at) : [];
    },
    streams,
  );
  runVirtual(sim.timeline, micros(sim.end));
  return { facts, measurement: sim.measurement(), ends };
}
