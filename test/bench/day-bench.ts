import { RecordedEngine } from '../../src/engine/recorded-engine.js';
import { builtIn } from '../../src/engine/registries.js';
import { Journal } from '../../src/kernel/journal.js';
import { runVirtual } from '../../src/kernel/run-virtual.js';
import { Streams } from '../../src/kernel/streams.js';
import { assembleSim } from '../../src/sim/assemble-sim.js';
import { createExactPlane } from '../../src/sim/requests/create-exact-plane.js';
import { type BenchResult, measured } from './bench-result.js';
import type { EngineWorld } from './day-worlds.js';

/** Runs the whole product without its command line: world, metric pipeline, engine and a journal that is hashed but not kept. */
export function benchEngineWorld({ world, engine: config }: EngineWorld): BenchResult {
  const streams = new Streams(world.seed);
  const engine = new RecordedEngine(config, builtIn, new Journal());
  const sim = assembleSim(world, createExactPlane(world, streams), (fact) => engine.on(fact), streams);
  return measured(() => {
    runVirtual(sim.timeline, sim.end);
    const { totals, pods, scaling } = sim.measurement();
    const { offered, served } = totals.requests;
    return {
      requests: offered,
      facts: {
        servedShare: served / offered,
        meanLatencyMs: totals.latencyMs.mean ?? NaN,
        attemptsPerRequest: totals.attempts.amplification,
        podsEver: pods.length,
        scalingEvents: scaling.length,
      },
    };
  });
}
