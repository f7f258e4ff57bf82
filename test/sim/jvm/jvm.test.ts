import { describe, expect, test } from 'vitest';
import { type GcCost, gcCost } from '../../../src/domain/jvm/gc-cost.js';
import { jvmProcess } from '../../../src/domain/jvm/jvm-process.js';
import type { JvmSpec } from '../../../src/domain/jvm/jvm-spec.js';
import type { JvmTotals } from '../../../src/domain/jvm/jvm-totals.js';
import { nonHeapDefaults, nonHeapOf } from '../../../src/domain/jvm/jvm-memory.js';
import type { ServingSpec } from '../../../src/domain/world-spec.js';
import { micros, seconds } from '../../../src/kernel/micros.js';
import { plainPod } from '../sim-run.js';
import { jvmWorld, type JvmRun, plainJvm, runJvmWorld } from './jvm-world.js';

const once = { perSecond: 1 / 60, arrivals: 'uniform' } as const;

function totalsOf({ measurement }: JvmRun): JvmTotals {
  const totals = measurement.jvms?.web;
  if (totals === undefined) throw new Error('no JVM');
  return totals;
}

const cfs: ServingSpec = {
  ...plainPod.serving,
  discipline: 'cfs',
  concurrency: Infinity,
  cpuCores: 4,
  quota: { cores: 1, periodMicros: micros(100_000) },
};

describe('a collection that stops the program', () => {
  test('shows in one request to the microsecond: nine young ones of 5 ms in 950 ms of CPU', () => {
    const run = runJvmWorld(jvmWorld({}, { ...once, cpuMicros: 950_000 }));
    // Each 100 ms of CPU fill the 100 MiB of the young generation; 5 MiB survive: 10 ms of CPU on two threads.
    expect(run.ends.get(0)).toBe(30e6 + 950_000 + 9 * 5000);
    expect(totalsOf(run)).toMatchObject({ youngCollections: 9, fullCollections: 0, pausedMicros: 45_000 });
    expect(totalsOf(run).collectCpuMicros).toBeCloseTo(90_000, 3);
  });

  test('a wait that ends meanwhile goes on when it is over', () => {
    // All promoted at once: one collection of the whole heap after 100 ms of CPU, of 100 ms. Then 30 ms of waiting.
    const jvm = {
      young: { mib: 400 },
      promotedShare: 1,
      sizing: { by: 'hotspot', flags: { ...flags, maxHeapMiB: 600 } },
    } as const;
    const run = runJvmWorld(jvmWorld(jvm, { ...once, cpuMicros: 100_000, waitMicros: 30_000 }));
    expect(totalsOf(run)).toMatchObject({ youngCollections: 0, fullCollections: 1, pausedMicros: 100_000 });
    expect(run.ends.get(0)).toBe(30e6 + 200_000);
  });

  test('uses the quota of its period up as requests do', () => {
    const one = { cpuMicros: 95_000, ...once };
    const jvm = { young: { mib: 90 }, allocationMiBPerCpuSecond: 1000, traceMiBPerCpuSecond: 225 };
    const run = runJvmWorld(jvmWorld(jvm, one, { serving: cfs, cpuLimitMillis: 1000 }));
    // 90 ms of CPU fill the young generation, collecting it takes 20 ms on one thread: 10 ms up to the quota of 100 ms, which is there to the
    // end of the period that began with the request, and 10 ms in the next one; then 5 ms are left.
    expect(run.ends.get(0)).toBe(30e6 + 100_000 + 10_000 + 5000);
    expect(totalsOf(run).pausedMicros).toBe(20_000);
  });

  test('shows in scraped CPU', () => {
    const run = runJvmWorld(jvmWorld({}, { ...once, cpuMicros: 950_000 }));
    const scraped = run.facts.flatMap((fact) => (fact.type === 'podsScraped' ? fact.cpuMicros : []));
    expect(scraped.at(-1)).toBe(950_000 + 90_000);
  });

  test('composes with a fault that takes capacity: half a core is left, for requests and for collecting', () => {
    const lost = {
      kind: 'loseCapacity',
      workload: 'web',
      at: seconds(20),
      durationMicros: seconds(30),
      share: 0.75,
    } as const;
    const run = runJvmWorld(jvmWorld({}, { ...once, cpuMicros: 950_000 }, {}, { faults: [lost] }));
    // Half a core is left: 950 ms take 1.9 s, and each of nine collections of 10 ms takes 20 ms.
    expect(run.ends.get(0)).toBe(30e6 + 1_900_000 + 9 * 20_000);
  });
});

const { flags } = plainJvm.sizing.by === 'hotspot' ? plainJvm.sizing : { flags: null as never };

/** What `gcCost` says of a run's heap at the rate at which it was really filled while the program ran. */
function expected(jvm: Partial<JvmSpec>, cpus: number, totals: JvmTotals, requestMicros: number): GcCost {
  const spec = { ...plainJvm, ...jvm };
  const process = jvmProcess(spec, { memoryMiB: 1024, cpus });
  if (!process.starts) throw new Error(process.reason);
  const ranMicros = totals.runMicros - totals.pausedMicros;
  const allocationMiBPerSecond = (spec.allocationMiBPerCpuSecond * requestMicros) / ranMicros;
  const cost = gcCost({ liveMiB: spec.liveMiB, heapMiB: process.heapMiB, allocationMiBPerSecond }, process.traits);
  if (cost.outOfMemory) throw new Error(cost.reason);
  return cost;
}

describe('in the long run', () => {
  const load = { perSecond: 60, cpuMicros: 20_000, drawn: true };
  const shapes: Record<string, Partial<JvmSpec>> = {
    'with generations': { liveMiB: 300, traceMiBPerCpuSecond: 300, promotedShare: 0.1 },
    'without generations': { collector: 'ZGC', liveMiB: 300, traceMiBPerCpuSecond: 2000, stoppedShare: 1 },
    'half beside the program': { collector: 'G1', liveMiB: 200, traceMiBPerCpuSecond: 600, promotedShare: 0.1 },
    'one thread': { collector: 'Serial', liveMiB: 200, promotedShare: 0.1 },
  };

  test.each(Object.entries(shapes))(
    'the share of time paused and the CPU of collecting are those of gcCost: %s',
    (_, jvm) => {
      const run = runJvmWorld(jvmWorld(jvm, load, {}, { durationMicros: seconds(900) }));
      const totals = totalsOf(run);
      const scraped = run.facts.flatMap((fact) => (fact.type === 'podsScraped' ? fact.cpuMicros : []));
      expect(scraped.length).toBeGreaterThan(50);
      const used = run.measurement.series.tables.find(({ kind }) => kind === 'workload')?.columns.cpuCores ?? [];
      const cpuMicros = [...used].reduce((sum, cores) => sum + cores * 10e6, 0);
      const cost = expected(jvm, 2, totals, cpuMicros - totals.collectCpuMicros);
      const pausedShare = totals.pausedMicros / totals.runMicros;
      expect(pausedShare).toBeGreaterThan(0.01);
      expect(Math.abs(pausedShare / cost.pausedShare - 1)).toBeLessThan(0.02);
      expect(Math.abs(totals.collectCpuMicros / totals.runMicros / cost.cpuCores - 1)).toBeLessThan(0.02);
    },
  );

  test('a smaller heap collects more and serves slower', () => {
    const runs = [1600, 800, 600].map((heap) => {
      const jvm = {
        liveMiB: 300,
        sizing: { by: 'hotspot', flags: { ...flags, maxHeapMiB: heap } },
        promotedShare: 0.1,
      } as const;
      const run = runJvmWorld(jvmWorld(jvm, load, { memoryLimitMiB: 2048 }));
      return { paused: totalsOf(run).pausedMicros, p99: run.measurement.totals.latencyMs.p99 ?? NaN };
    });
    const [large, middle, small] = runs;
    expect(small.paused).toBeGreaterThan(1.3 * middle.paused);
    expect(middle.paused).toBeGreaterThan(1.3 * large.paused);
    expect(small.p99).toBeGreaterThan(large.p99);
  });
});

describe('the heap of a container', () => {
  const percentage: Partial<JvmSpec> = {
    sizing: { by: 'hotspot', flags: { ...flags, maxHeapMiB: null, maxRamPercentage: 50 } },
  };
  const grown = { cpuRequestMillis: 2000, cpuLimitMillis: 2000, memoryRequestMiB: 2048, memoryLimitMiB: 2048 };

  /** Memory that was scraped, by the second at which it was read. */
  function memory(run: JvmRun): Map<number, number> {
    return new Map(
      run.facts.flatMap((fact) =>
        fact.type === 'podsScraped' ? [[fact.scrapedAt / 1e6, fact.memoryMiB[0]] as const] : [],
      ),
    );
  }

  test('is fixed when it starts: a resize in place does not change it, a restart does', () => {
    const spec = jvmWorld(percentage, { perSecond: 1, cpuMicros: 1000 });
    const changing = { ...spec, workloads: [{ ...spec.workloads[0], resourcesChange: true as const }] };
    const at = seconds(15);
    const resize = { type: 'resizePod', at, workload: 'web', pod: 'web-0', resources: grown, reason: 'test' } as const;
    const run = runJvmWorld(
      { ...changing, faults: [{ kind: 'crashPods', at: seconds(32), workload: 'web', pods: { count: 1 } }] },
      (now) => (now === at ? [resize] : []),
    );
    const seen = memory(run);
    // Half of 1 GiB and of 2 GiB, and 200 MiB besides.
    expect([seen.get(15), seen.get(30), seen.get(45)]).toEqual([712, 712, 1224]);
  });

  test('is OOM-killed where heap and the rest are beyond the limit', () => {
    const jvm = { sizing: { by: 'hotspot', flags: { ...flags, maxHeapMiB: 900 } } } as const;
    const kills = runJvmWorld(jvmWorld(jvm, { perSecond: 1, cpuMicros: 1000 })).facts.filter(
      ({ type }) => type === 'containerOomKilled',
    );
    expect(kills[0]).toMatchObject({ at: 1e6, memoryMiB: 1100 });
  });

  test('does not come about where its fixed regions exceed the limit: 512 MiB with Paketo, and the run says why', () => {
    const jvm = {
      sizing: { by: 'paketo', headroom: 0 },
      nonHeap: nonHeapOf({ loadedClasses: 13_000, ...nonHeapDefaults }),
    } as const;
    const spec = jvmWorld(jvm, { perSecond: 1, cpuMicros: 1000 }, { memoryRequestMiB: 512, memoryLimitMiB: 512 });
    const run = runJvmWorld(spec);
    const reason =
      'its fixed regions need 585.3 MiB, more than the limit of 512 MiB: metaspace 85.3 + code cache 240 + stacks 250 + direct 10';
    expect(run.facts.find(({ type }) => type === 'containerExited')).toMatchObject({
      at: 0,
      pod: 'web-0',
      cause: 'StartError',
      reason: `the JVM does not start: ${reason}`,
    });
    // Started anew every 10 s, and never ready.
    expect(totalsOf(run)).toMatchObject({ failedStarts: 6, failedStart: reason, runMicros: 0 });
    expect(run.facts.some(({ type }) => type === 'podBecameReady')).toBe(false);
    expect(run.measurement.pods[0].waits[0]).toMatchObject({ for: 'crashLoopBackOff', from: 0 });
    expect(run.ends.size).toBeGreaterThan(0);
    expect(run.measurement.totals.requests.served).toBe(0);
  });

  test('runs out at the request whose objects do not fit, and starts again', () => {
    // 600 less 100 young and 100 live hold three requests of 125 MiB; the fourth is one too many.
    const jvm = { livePerRequestMiB: 125, allocationMiBPerCpuSecond: 0.001 };
    const run = runJvmWorld(jvmWorld(jvm, { perSecond: 4 / 60, arrivals: 'uniform', cpuMicros: 100e6 }));
    const exits = run.facts.filter(({ type }) => type === 'containerExited');
    expect(exits).toMatchObject([
      { at: 52_500_000, cause: 'OutOfMemoryError', reason: 'OutOfMemoryError: Java heap space' },
    ]);
    expect(totalsOf(run).outOfMemory).toBe(1);
  });

  test('gives up where collecting takes all the time and frees next to nothing', () => {
    const jvm = { young: { mib: 1 }, liveMiB: 598.9, promotedShare: 1, traceMiBPerCpuSecond: 100 };
    const run = runJvmWorld(jvmWorld(jvm, { perSecond: 10, cpuMicros: 50_000 }));
    expect(run.facts.find(({ type }) => type === 'containerExited')).toMatchObject({
      reason: 'OutOfMemoryError: GC overhead limit exceeded',
    });
  });
});
