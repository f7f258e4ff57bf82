import { setImmediate } from 'node:timers/promises';
import type { Decision } from '../domain/decision.js';
import type { EngineConfig } from '../domain/engine-config.js';
import type { Measurement } from '../domain/measurement.js';
import type { WorldSpec } from '../domain/world-spec.js';
import type { UsageCheckpoint } from '../domain/usage-history.js';
import { RecordedEngine } from '../engine/recorded-engine.js';
import type { Registries } from '../engine/registries.js';
import { Journal, type JournalSink } from '../kernel/journal.js';
import { runPaced } from '../live/pacing.js';
import type { Wall } from '../live/wall.js';
import { runVirtual } from '../kernel/run-virtual.js';
import { Streams } from '../kernel/streams.js';
import { assembleSim, type Sim } from '../sim/assemble-sim.js';
import { createExactPlane } from '../sim/requests/create-exact-plane.js';

/** What a run needs beside the scenario. */
export interface RunOptions {
  readonly registries: Registries;
  /** Receives the journal, line by line. */
  readonly journalSink?: JournalSink;
  /** Is told the share of the run that is done, 0 to 1, about two hundred times. */
  readonly onProgress?: (share: number) => void;
  /** Ends the run early with the signal's reason as the error. */
  readonly signal?: AbortSignal;
  /** Drives the timeline at the pace of this clock instead of as fast as it can. */
  readonly wall?: Wall;
}

/** What a run has yielded, before it is judged. */
export interface FinishedRun {
  readonly measurement: Measurement;
  readonly decisions: readonly Decision[];
  readonly journal: { readonly entries: number; readonly hash: string };
  /** What another run may begin with, by workload, instants counted from the run's zero. */
  readonly usageHistories: ReadonlyMap<string, UsageCheckpoint>;
}

/** Shares of a run after which the event loop gets a turn, so that an interruption is heard and progress is drawn. */
const SLICES = 200;

/** Runs a scenario through the engine in the simulated world, as fast as it can. Where it pauses for the event loop changes nothing. */
export async function runScenario(
  scenario: { readonly world: WorldSpec; readonly engine: EngineConfig },
  options: RunOptions,
): Promise<FinishedRun> {
  const { world } = scenario;
  const streams = new Streams(world.seed);
  const journal = new Journal(options.journalSink);
  const decisions: Decision[] = [];
  const engine = new RecordedEngine(scenario.engine, options.registries, journal, (decision) =>
    decisions.push(decision),
  );
  const sim = assembleSim(world, createExactPlane(world, streams), (fact) => engine.on(fact), streams);
  if (options.wall === undefined) await drive(sim, options);
  else await pace(sim, options.wall, options);
  return {
    measurement: sim.measurement(),
    decisions,
    journal: { entries: journal.entries, hash: journal.hex() },
    usageHistories: engine.usageHistories(sim.end),
  };
}

async function pace({ timeline, end }: Sim, wall: Wall, { signal }: RunOptions): Promise<void> {
  await runPaced(timeline, end, { wall, signal: signal ?? new AbortController().signal, inbox: null });
}

/** Steps through the agenda; the clock is never moved but by what is due, so that slices leave no trace. */
async function drive({ timeline, end }: Sim, { onProgress, signal }: RunOptions): Promise<void> {
  const start = timeline.now;
  const slice = (end - start) / SLICES;
  let pause = start + slice;
  while (timeline.nextTime <= end) {
    timeline.step();
    if (timeline.now < pause) continue;
    pause = timeline.now + slice;
    onProgress?.((timeline.now - start) / (end - start));
    await setImmediate();
    signal?.throwIfAborted();
  }
  runVirtual(timeline, end);
  onProgress?.(1);
}
