import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ArgumentsCamelCase } from 'yargs';
import type { RunReport, RunResult } from '../../domain/run-result.js';
import { builtIn } from '../../engine/registries.js';
import type { LoadedScenario } from '../../experiment/scenario/loaded-scenario.js';
import type { CliCommand } from '../cli-command.js';
import type { CliIo } from '../cli-io.js';
import { EXIT } from '../exit-code.js';
import { loadForCommand, type ScenarioArguments } from '../load-for-command.js';
import { progressLine } from '../progress-line.js';
import { ReportFolder } from '../report-folder.js';
import { argumentsOf, recordingOptions, type RunSourceWords, sourceOf } from '../run-source.js';

interface Options extends RunSourceWords {
  json: boolean;
}

/** `hindcast run`: replays a scenario's traffic through the engine, prints what came of it and writes a report. */
export const runCommand: CliCommand<Options> = {
  command: 'run [scenario]',
  describe: 'Run a scenario, or a recording against manifests, and report what came of it',
  options: (yargs) =>
    recordingOptions(yargs.positional('scenario', { type: 'string', describe: 'Scenario file' }))
      .option('out', { type: 'string', requiresArg: true, describe: 'Folder of the report; reports/NAME by default' })
      .option('seed', { type: 'string', requiresArg: true, describe: "Seed instead of the scenario's own" })
      .option('set', { type: 'string', array: true, nargs: 1, describe: 'Change a value: path=value; may be repeated' })
      .option('json', {
        type: 'boolean',
        default: false,
        describe: 'Print the result as one JSON document; writes a report only with --out',
      })
      .option('quiet', {
        type: 'boolean',
        default: false,
        describe: 'Print nothing but errors and the path of the report',
      })
      .example('$0 run scenarios/quickstart.yaml', 'a report in reports/quickstart')
      .example('$0 run sale.yaml --set workloads.web.replicas.max=80 --out /tmp/more', 'another choice, another folder')
      .example('$0 run --trace access.log --manifests k8s/', 'no scenario: one is made, and kept with the report')
      .example('$0 run sale.yaml --json | jq .cost.total', 'one number of the result'),
  run: runScenarioCommand,
};

async function runScenarioCommand(options: ArgumentsCamelCase<Options>, io: CliIo): Promise<number> {
  const source = await sourceOf(options, io);
  const scenario = await loadForCommand(argumentsOf(options, source), io);
  if (!options.quiet) for (const warning of scenario.warnings) io.err(`Warning: ${warning}\n`);
  const wanted = options.out ?? (options.json ? undefined : join('reports', scenario.name));
  const folder = wanted === undefined ? null : await ReportFolder.prepare(resolve(io.cwd, wanted), process.pid);
  try {
    await keepScenario(folder, source.text);
    const report = await simulate(scenario, folder, options, io);
    if (folder !== null) await write(folder, report, argumentsOf(options, source), io);
    await print(report, wanted, options, io);
    return report.result.thresholds.every(({ met }) => met) ? EXIT.ok : EXIT.threshold;
  } catch (error) {
    await folder?.discard();
    throw error;
  }
}

/** A scenario that was made stands beside its results, so that the user can go on from it. */
async function keepScenario(folder: ReportFolder | null, text: string | null): Promise<void> {
  if (folder !== null && text !== null) await writeFile(join(folder.staging, 'scenario.yaml'), text);
}

/** Runs the scenario, its journal going to the folder as it grows. */
async function simulate(
  scenario: LoadedScenario,
  folder: ReportFolder | null,
  options: Options,
  io: CliIo,
): Promise<RunReport> {
  const { runScenario } = await import('../../experiment/run-scenario.js');
  const { JournalFile } = await import('../../experiment/journal-file.js');
  const { writeJournalHeader } = await import('../../experiment/journal-header.js');
  const { summariseRun } = await import('../../experiment/results/summarise-run.js');
  const journal = folder === null ? null : new JournalFile(join(folder.staging, 'journal.jsonl.gz'));
  const progress = await progressLine(io, scenario.name, !options.quiet);
  const stopwatch = startStopwatch(io);
  try {
    journal?.write(writeJournalHeader(scenario));
    const run = await runScenario(scenario, {
      registries: builtIn,
      journalSink: (line) => journal?.write(line),
      onProgress: (share) => progress.update(share),
      signal: io.signal,
    });
    journal?.finish();
    return summariseRun(scenario, run, stopwatch(run.measurement.totals.requests.offered));
  } finally {
    progress.stop();
    journal?.discard();
  }
}

function startStopwatch(io: CliIo): (requests: number) => NonNullable<RunResult['performance']> {
  const wall = io.now();
  const cpu = io.cpuSeconds();
  return (requests) => {
    const cpuSeconds = io.cpuSeconds() - cpu;
    return {
      wallSeconds: (io.now() - wall) / 1e3,
      cpuSeconds,
      requestsPerCpuSecond: Math.round(requests / Math.max(cpuSeconds, 1e-3)),
      peakRssMiB: Math.round(io.peakRssMiB()),
    };
  };
}

async function write(folder: ReportFolder, report: RunReport, options: ScenarioArguments, io: CliIo): Promise<void> {
  const { writeReport } = await import('../../report/write-report.js');
  await writeReport(folder.staging, report, { reproduce: reproduction(options) });
  io.signal.throwIfAborted();
  await folder.publish();
}

/** The command that makes the same run again. */
function reproduction({ scenario, seed, set }: ScenarioArguments): string {
  const changes = (set ?? []).map((change) => `--set ${quoted(change)}`);
  return ['hindcast run', quoted(scenario), ...(seed === undefined ? [] : ['--seed', seed]), ...changes].join(' ');
}

/** A word as a POSIX shell reads it back unchanged. */
function quoted(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

async function print(report: RunReport, folder: string | undefined, options: Options, io: CliIo): Promise<void> {
  if (options.json) {
    const { resultJson } = await import('../../report/result-json.js');
    io.out(resultJson(report.result));
    return;
  }
  const page = folder === undefined ? '' : join(folder, 'index.html');
  if (options.quiet) {
    io.out(`${page}\n`);
    return;
  }
  const { summaryText } = await import('../../report/summary-text.js');
  io.out(`${summaryText(report.result)}\n\nReport: ${page}\n`);
}
