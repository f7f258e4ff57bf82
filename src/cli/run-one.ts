import { join, resolve } from 'node:path';
import type { RunReport } from '../domain/run-result.js';
import type { RunPlan } from '../experiment/scenario/load-runs.js';
import type { CliIo } from './cli-io.js';
import { EXIT } from './exit-code.js';
import { keepScenario } from './keep-scenario.js';
import { ReportFolder } from './report-folder.js';
import { reproduction, type RunOptions } from './run-options.js';
import type { RunSource } from './run-source.js';
import { nextSteps } from './next-steps.js';
import { simulate } from './simulate.js';

/** Runs the only run of a plan, writes its report and prints its summary; `warn` is called when its folder is ready. */
export async function runOne(
  plan: RunPlan,
  options: RunOptions,
  { source, warn }: { readonly source: RunSource; readonly warn: () => void },
  io: CliIo,
): Promise<number> {
  const [run] = plan.runs;
  const wanted = options.out ?? (options.json ? undefined : usualFolder(plan));
  const folder = wanted === undefined ? null : await prepared(wanted, options, io);
  warn();
  const shown = { title: plan.name, quiet: options.quiet, arrivalsCheck: options['arrivals-check'], first: true };
  try {
    if (folder !== null) await keepScenario(folder, run.scenario, source.text, io);
    const report = await simulate(run.scenario, folder, shown, io);
    if (folder !== null) {
      const { writeReport } = await import('../report/write-report.js');
      await writeReport(folder.staging, report, { reproduce: reproduction(options, plan, run) });
      io.signal.throwIfAborted();
      await folder.publish();
    }
    await print(
      report,
      { page: wanted, replaced: folder?.replaces === true, next: nextSteps(wanted, source.file, run.scenario) },
      options,
      io,
    );
    return report.result.thresholds.every(({ met }) => met) ? EXIT.ok : EXIT.threshold;
  } catch (error) {
    await folder?.discard();
    throw error;
  }
}

function usualFolder({ labelled, name, runs: [run] }: RunPlan): string {
  return labelled ? join('reports', name, run.label) : join('reports', name);
}

async function prepared(wanted: string, { force }: RunOptions, { cwd }: CliIo): Promise<ReportFolder> {
  return ReportFolder.prepare(resolve(cwd, wanted), process.pid, { shown: wanted, force });
}

/** The folder of the report, if there is one, and whether an earlier report was there. */
interface Written {
  readonly page: string | undefined;
  readonly replaced: boolean;
  /** What to try next; lines with their breaks. */
  readonly next: string;
}

async function print(
  report: RunReport,
  { page: folder, replaced, next }: Written,
  options: RunOptions,
  io: CliIo,
): Promise<void> {
  if (options.json) {
    const { resultJson } = await import('../report/result-json.js');
    io.out(resultJson(report.result));
    return;
  }
  const page = folder === undefined ? '' : join(folder, 'index.html');
  if (options.quiet) {
    io.out(`${page}\n`);
    return;
  }
  const { summaryText } = await import('../report/summary-text.js');
  io.out(`${summaryText(report.result)}\n\nReport: ${page}${replaced ? ' (replaces an earlier one)' : ''}\n${next}`);
}
