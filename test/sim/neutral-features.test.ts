import { describe, expect, test } from 'vitest';
import { RecordedEngine } from '../../src/engine/recorded-engine.js';
import { builtIn } from '../../src/engine/registries.js';
import { Journal } from '../../src/kernel/journal.js';
import { runVirtual } from '../../src/kernel/run-virtual.js';
import { Streams } from '../../src/kernel/streams.js';
import { assembleSim } from '../../src/sim/assemble-sim.js';
import { createExactPlane } from '../../src/sim/requests/create-exact-plane.js';
import { day, dayHard, type EngineWorld } from '../bench/day-worlds.js';
import { neutral, neutralWhenHard, withMemory } from '../bench/feature-worlds.js';

/** Of the benchmark's day: long enough for pods to come or go. */
const HOURS = 0.6;

function run({ world, engine: config }: EngineWorld) {
  const streams = new Streams(world.seed);
  const journal = new Journal();
  const engine = new RecordedEngine(config, builtIn, journal);
  const sim = assembleSim(world, createExactPlane(world, streams), (fact) => engine.on(fact), streams);
  runVirtual(sim.timeline, sim.end);
  const { totals, visits, pods, nodes, scaling } = sim.measurement();
  return { requests: totals.requests, latencyMs: totals.latencyMs, visits, pods, nodes, scaling, hash: journal.hex() };
}

describe('the fast path is the real path', () => {
  const base = withMemory(day(HOURS));
  const plain = run(base);

  test('the run is one in which pods come or go', () => {
    expect(plain.requests.served).toBeGreaterThan(100_000);
    expect(plain.scaling.length).toBeGreaterThan(0);
  });

  test.each(Object.entries(neutral))('features at neutral settings change nothing: %s', (_, feature) => {
    expect(run(feature(base))).toEqual(plain);
  });

  const hardBase = withMemory(dayHard(HOURS));
  const hard = run(hardBase);

  test.each(Object.entries(neutralWhenHard))('nor do they where pods call each other: %s', (_, feature) => {
    expect(run(feature(hardBase))).toEqual(hard);
  });
});
