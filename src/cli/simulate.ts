import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunReport, RunResult } from '../domain/run-result.js';
import type { FinishedRun } from '../experiment/run-scenario.js';
import type { LoadedScenario } from '../experiment/scenario/loaded-scenario.js';
import type { CliIo } from './cli-io.js';
import { progressLine } from './progress-line.js';
import type { ReportFolder } from './report-folder.js';

/** How a run is shown while it goes. */
export interface SimulateOptions {
  /** Title of the progress line. */
  readonly title: string;
  readonly quiet: boolean;
  /** Whether to run again under other arrival models. */
  readonly arrivalsCheck: boolean;
  /** Whether it is the first run of the process, whose peak of memory is then the run's own. */
  readonly first: boolean;
}

/** Runs a scenario, its journal going to the folder as it grows. */
export async function simulate(
  scenario: LoadedScenario,
  folder: ReportFolder | null,
  { title, quiet, arrivalsCheck, first }: SimulateOptions,
  io: CliIo,
): Promise<RunReport> {
  const { runScenario } = await import('../experiment/run-scenario.js');
  const { JournalFile } = await import('../experiment/journal-file.js');
  const { writeJournalHeader } = await import('../experiment/journal-header.js');
  const { summariseRun } = await import('../experiment/results/summarise-run.js');
  const journal = folder === null ? null : new JournalFile(join(folder.staging, 'journal.jsonl.gz'));
  const progress = await progressLine(io, title, !quiet);
  const stopwatch = startStopwatch(io, first);
  try {
    journal?.write(writeJournalHeader(scenario));
    const run = await runScenario(scenario, {
      registries: scenario.registries,
      journalSink: (line) => journal?.write(line),
      onProgress: (share) => progress.update(share),
      signal: io.signal,
    });
    journal?.finish();
    if (folder !== null) await keepHistories(run, scenario, folder);
    const report = summariseRun(scenario, run, stopwatch(run.measurement.totals.requests.offered));
    if (!arrivalsCheck) return report;
    const { arrivalSensitivity } = await import('../experiment/arrival-sensitivity.js');
    const shown = { onProgress: (share: number) => progress.update(share), signal: io.signal };
    const sensitivity = await arrivalSensitivity(scenario, run, { registries: scenario.registries, ...shown });
    if (sensitivity === null) return report;
    return { ...report, result: { ...report.result, arrivalSensitivity: sensitivity } };
  } finally {
    progress.stop();
    journal?.discard();
  }
}

/** Writes what vertical policies have learnt, for another run to begin with; nothing where they keep nothing. */
async function keepHistories(
  run: FinishedRun,
  { engine, world }: LoadedScenario,
  { staging }: ReportFolder,
): Promise<void> {
  if (run.usageHistories.size === 0) return;
  const { checkpointFile } = await import('../experiment/vertical/checkpoint-file.js');
  const text = checkpointFile({ histories: run.usageHistories, engine, endMicros: world.durationMicros });
  await writeFile(join(staging, 'vpa-checkpoint.json'), text);
}

function startStopwatch(io: CliIo, first: boolean): (requests: number) => NonNullable<RunResult['performance']> {
  const wall = io.now();
  const cpu = io.cpuSeconds();
  return (requests) => {
    const cpuSeconds = io.cpuSeconds() - cpu;
    return {
      wallSeconds: (io.now() - wall) / 1e3,
      cpuSeconds,
      requestsPerCpuSecond: Math.round(requests / Math.max(cpuSeconds, 1e-3)),
      peakRssMiB: first ? Math.round(io.peakRssMiB()) : null,
    };
  };
}
