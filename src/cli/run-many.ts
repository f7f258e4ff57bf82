import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { RunPlan } from '../experiment/scenario/load-runs.js';
import type { Overview, OverviewRun } from '../report/overview/overview-run.js';
import type { CliIo } from './cli-io.js';
import { EXIT } from './exit-code.js';
import { ReportFolder } from './report-folder.js';
import { requireReportsFolder } from './reports-in.js';
import { keepScenario } from './keep-scenario.js';
import { reproduction, type RunOptions } from './run-options.js';
import { simulate } from './simulate.js';

/** Files of a single run that an earlier report may have left in the folder of the overview, where they would speak for the wrong run. */
const filesOfOneRun = ['journal.jsonl.gz', 'result.json', 'series.parquet', 'vpa-checkpoint.json'];

/**
 * Runs every run of a plan, one after the other: each has a whole report in a folder of its own, and the overview beside them is written anew
 * after each. An interruption leaves the finished ones. `warn` is called when all folders are ready.
 */
export async function runMany(plan: RunPlan, options: RunOptions, warn: () => void, io: CliIo): Promise<number> {
  const wanted = options.out ?? (options.json ? undefined : join('reports', plan.name));
  const folders = await prepareAll(plan, wanted, options, io);
  warn();
  const finished: OverviewRun[] = [];
  try {
    for (const i of plan.runs.keys()) {
      finished.push(await runOneOf(plan, i, folders.at(i) ?? null, options, io));
      await publishOverview(wanted, overviewOf(plan, finished), io);
    }
  } catch (error) {
    await discardAll(folders.slice(finished.length));
    const kept = wanted === undefined ? 0 : finished.length;
    if (!io.signal.aborted || kept === 0) throw error;
    io.err(`Interrupted; ${kept} of ${plan.runs.length} runs are finished and stay in ${wanted}.\n`);
    return EXIT.interrupted;
  }
  await print(overviewOf(plan, finished), wanted, options, io);
  return finished.every(meetsThresholds) ? EXIT.ok : EXIT.threshold;
}

function meetsThresholds({ result }: OverviewRun): boolean {
  return result.thresholds.every(({ met }) => met);
}

async function runOneOf(
  plan: RunPlan,
  i: number,
  folder: ReportFolder | null,
  options: RunOptions,
  io: CliIo,
): Promise<OverviewRun> {
  const run = plan.runs[i];
  const title = `${plan.name} ${run.label} (${i + 1} of ${plan.runs.length})`;
  if (folder !== null) await keepScenario(folder, run.scenario, null, io);
  const report = await simulate(
    run.scenario,
    folder,
    { title, quiet: options.quiet, arrivalsCheck: options['arrivals-check'], first: i === 0 },
    io,
  );
  if (folder !== null) {
    const { writeReport } = await import('../report/write-report.js');
    await writeReport(folder.staging, report, { reproduce: reproduction(options, plan, run) });
    io.signal.throwIfAborted();
    await folder.publish();
  }
  return { variant: run.variant, seed: run.seed, folder: run.label, result: report.result };
}

/** The first folder may have made those above it, and they go only when they are empty, so the last goes first. */
async function discardAll(folders: readonly ReportFolder[]): Promise<void> {
  for (const folder of [...folders].reverse()) await folder.discard();
}

/** Every folder is seen to before the first run, so that a file in the place of the last does not cost the others. */
async function prepareAll(
  plan: RunPlan,
  wanted: string | undefined,
  { force }: RunOptions,
  io: CliIo,
): Promise<readonly ReportFolder[]> {
  if (wanted === undefined) return [];
  const folders: ReportFolder[] = [];
  try {
    for (const { label } of plan.runs) {
      const shown = join(wanted, label);
      folders.push(await ReportFolder.prepare(resolve(io.cwd, shown), process.pid, { shown, force }));
    }
    await requireReportsFolder(resolve(io.cwd, wanted), { shown: wanted, force });
    return folders;
  } catch (error) {
    await discardAll(folders);
    throw error;
  }
}

function overviewOf({ name, runs }: RunPlan, finished: readonly OverviewRun[]): Overview {
  return { name, planned: runs.length, runs: finished };
}

async function publishOverview(wanted: string | undefined, overview: Overview, io: CliIo): Promise<void> {
  if (wanted === undefined) return;
  const dir = resolve(io.cwd, wanted);
  const { writeOverview } = await import('../report/write-overview.js');
  await writeOverview(dir, overview);
  for (const name of filesOfOneRun) await rm(join(dir, name), { force: true });
}

async function print(overview: Overview, wanted: string | undefined, options: RunOptions, io: CliIo): Promise<void> {
  if (options.json) {
    const { runsJson } = await import('../report/overview/runs-json.js');
    io.out(runsJson(overview.runs));
    return;
  }
  const page = wanted === undefined ? '' : join(wanted, 'index.html');
  if (options.quiet) {
    io.out(`${page}\n`);
    return;
  }
  const { overviewText } = await import('../report/overview/overview-text.js');
  io.out(`${overviewText(overview)}\n\nReports: ${page}\n`);
}
