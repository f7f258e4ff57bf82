import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/engine/registries.js';
import { runScenario } from '../../src/experiment/run-scenario.js';
import { type Micros, micros, seconds } from '../../src/kernel/micros.js';
import type { Wall } from '../../src/live/wall.js';
import { loadShipped, scenarioFiles, scenarioName } from '../golden/golden-run.js';

/** The longest stretch of simulated time that is run at a pace, warm-up included. */
const SLICE = seconds(3600);

/** The machine's clock, `speed` times as fast, from `start` on. */
class FastWall implements Wall {
  private readonly begun = performance.now();

  constructor(
    private readonly start: number,
    private readonly speed: number,
  ) {}

  now(): Micros {
    return micros(this.start + (performance.now() - this.begun) * 1e3 * this.speed);
  }

  sleepUntil(instant: Micros): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, Math.max(0, (instant - this.now()) / 1e3 / this.speed)));
  }
}

describe('a run at the pace of a clock, 3,600 times as fast', () => {
  it.each(scenarioFiles())('%s gives the journal of the virtual run', async (file) => {
    const loaded = await loadShipped(file);
    if (typeof loaded === 'string') {
      process.stderr.write(`skipped: ${scenarioName(file)}: ${loaded}\n`);
      return;
    }
    const { durationMicros, warmUpMicros } = loaded.world;
    const slice = micros(Math.min(durationMicros, SLICE - Math.min(warmUpMicros, SLICE / 2)));
    const scenario = { engine: loaded.engine, world: { ...loaded.world, durationMicros: slice } };
    const virtual = await runScenario(scenario, { registries: builtIn });
    const wall = new FastWall(0 - warmUpMicros, 3600);
    const paced = await runScenario(scenario, { registries: builtIn, wall });
    expect(paced.journal).toEqual(virtual.journal);
    expect(paced.measurement.totals).toEqual(virtual.measurement.totals);
  });
});
