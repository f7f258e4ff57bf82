import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { builtIn } from '../../src/engine/registries.js';
import { readJournalLine } from '../../src/engine/read-journal-line.js';
import { replay } from '../../src/engine/replay.js';
import { expectedOf, type GoldenRun, loadShipped, runGolden, scenarioFiles, scenarioName } from './golden-run.js';
import { hasSoundPreStop, withSoundPreStop } from './sound-pre-stop.js';
import { firstDivergence } from './journal-marks.js';

/**
 * A run whose pods listen until their balancers know. Several scenarios have no `preStop`, as manifests by default have none, and `drain` asks
 * what that costs: they are judged in the same world with one.
 */
function soundly(run: GoldenRun): GoldenRun | Promise<GoldenRun> {
  const { loaded } = run;
  return hasSoundPreStop(loaded.world) ? run : runGolden({ ...loaded, world: withSoundPreStop(loaded.world) });
}

/** Every shipped scenario is a test: its numbers and its journal's hash are those it carries. `npm run golden:accept` rewrites them. */
describe.each(scenarioFiles())('%s', (file) => {
  const name = scenarioName(file);
  let done: GoldenRun | string | null = null;

  async function theRun(skip: (note: string) => void): Promise<GoldenRun> {
    if (done === null) {
      const loaded = await loadShipped(file);
      done = typeof loaded === 'string' ? loaded : await runGolden(loaded);
    }
    if (typeof done !== 'string') return done;
    process.stderr.write(`skipped: ${name}: ${done}\n`);
    skip(done);
    throw new Error('unreachable');
  }

  afterAll(() => {
    done = null;
  });

  it('gives the numbers and the journal that it carries', { timeout: 120_000 }, async ({ skip }) => {
    const run = await theRun(skip);
    const actual = expectedOf(run.report);
    const divergence = firstDivergence(name, run.lines);
    if (JSON.stringify(actual) !== JSON.stringify(run.loaded.expected)) {
      writeFileSync(`test/golden/${name}-changed.json`, `${JSON.stringify(actual, null, 2)}\n`);
    }
    expect({ ...actual, divergence }).toEqual({ ...run.loaded.expected, divergence: null });
  });

  it('answers its question with a sentence that is true of the run', async ({ skip }) => {
    const { result } = (await theRun(skip)).report;
    expect(result.question).not.toBe('');
    expect(result.answer).not.toBeNull();
  });

  it('conserves requests, attempts and money', async ({ skip }) => {
    const { result } = (await theRun(skip)).report;
    const { requests, attempts, cost } = result;
    expect(requests.served + requests.failed + requests.inFlightAtEnd).toBe(requests.offered);
    expect(attempts.served + attempts.failed + attempts.inFlightAtEnd).toBe(attempts.offered);
    expect(requests.timedOut + requests.rejected).toBeLessThanOrEqual(requests.failed);
    const kinds = Object.values(cost.byKind).reduce((sum, value) => sum + value, 0);
    expect(kinds).toBeCloseTo(cost.total, 9);
    expect(cost.perHour * (result.durationSeconds / 3600)).toBeCloseTo(cost.total, 9);
  });

  it(
    'loses next to nothing to scaling where pods listen until their balancers know',
    { timeout: 120_000 },
    async ({ skip }) => {
      const run = await theRun(skip);
      const { lostToScaling } = (await soundly(run)).report.result.availability;
      const actions = run.report.events.length + run.report.nodeEvents.length;
      if (actions === 0) expect(run.report.result.availability.lostToScaling.total).toBe(0);
      expect(lostToScaling.share).toBeLessThan(0.0001);
      expect(lostToScaling.shareDuringScaling).toBeLessThan(0.001);
    },
  );

  it('is reproduced, every command and decision, by its facts alone', async ({ skip }) => {
    const { lines, loaded } = await theRun(skip);
    const entries = lines.map((line, i) => readJournalLine(line, name, i + 1));
    const outcome = replay(entries, loaded.engine, builtIn);
    expect(outcome.divergence).toBeNull();
    expect(outcome.decisions).toBeGreaterThan(0);
  });
});
