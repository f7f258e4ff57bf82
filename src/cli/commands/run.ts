import type { ArgumentsCamelCase } from 'yargs';
import type { CliCommand } from '../cli-command.js';
import type { CliIo } from '../cli-io.js';
import { loadForCommand } from '../load-for-command.js';
import { runMany } from '../run-many.js';
import { runOne } from '../run-one.js';
import type { RunOptions } from '../run-options.js';
import { pluginOption } from '../plugin-option.js';
import { argumentsOf, recordingOptions, sourceOf } from '../run-source.js';

/** `hindcast run`: replays a scenario's traffic through the engine, prints what came of it and writes a report. */
export const runCommand: CliCommand<RunOptions> = {
  command: 'run [scenario]',
  describe: 'Run a scenario, or a recording against manifests, and report what came of it',
  options: (yargs) =>
    pluginOption(recordingOptions(yargs.positional('scenario', { type: 'string', describe: 'Scenario file' })))
      .option('out', { type: 'string', requiresArg: true, describe: 'Folder of the report; reports/NAME by default' })
      .option('force', {
        type: 'boolean',
        default: false,
        describe: 'Write the report into the folder although it holds something else',
      })
      .option('variant', {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'Run this variant alone, base being the scenario as written; may be repeated',
      })
      .option('seed', { type: 'string', requiresArg: true, describe: "Seed instead of the scenario's own" })
      .option('seeds', { type: 'string', requiresArg: true, describe: 'Run with so many seeds, from --seed upwards' })
      .option('set', { type: 'string', array: true, nargs: 1, describe: 'Change a value: path=value; may be repeated' })
      .option('arrivals-check', {
        type: 'boolean',
        default: false,
        describe:
          'Run again under other models of arrivals inside a bin, and say what that changes; takes three times as long',
      })
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
      .example(
        '$0 run sale.yaml --set workloads.web.replicas.max=80 --out reports/more',
        'another choice, another folder',
      )
      .example('$0 run --trace access.log --manifests k8s/', 'no scenario: one is made, and kept with the report')
      .example('$0 run sale.yaml --variant base --variant eager --seeds 3', 'two variants, three seeds each')
      .example('$0 run sale.yaml --json | jq .cost.total', 'one number of the result'),
  run,
};

async function run(options: ArgumentsCamelCase<RunOptions>, io: CliIo): Promise<number> {
  const source = await sourceOf(options, io);
  const plan = await loadForCommand(argumentsOf(options, source), io);
  /** Told once it is clear that the report can be written, so that an error about its folder stands alone. */
  const warn = (): void => {
    if (options.quiet) return;
    for (const warning of new Set(plan.runs.flatMap(({ scenario }) => scenario.warnings)))
      io.err(`Warning: ${warning}\n`);
  };
  return plan.runs.length === 1 ? runOne(plan, options, { source, warn }, io) : runMany(plan, options, warn, io);
}
