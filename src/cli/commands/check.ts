import type { ArgumentsCamelCase } from 'yargs';
import { formatDuration } from '../../experiment/scenario/format-duration.js';
import type { RunPlan } from '../../experiment/scenario/load-runs.js';
import type { LoadedScenario } from '../../experiment/scenario/loaded-scenario.js';
import type { CliCommand } from '../cli-command.js';
import type { CliIo } from '../cli-io.js';
import { EXIT } from '../exit-code.js';
import { loadForCommand } from '../load-for-command.js';
import { type PluginWords, pluginOption } from '../plugin-option.js';

interface Options extends PluginWords {
  scenario: string;
  set: string[] | undefined;
  defaults: boolean;
}

/** `hindcast check`: everything that can be said of a scenario without running it. */
export const checkCommand: CliCommand<Options> = {
  command: 'check <scenario>',
  describe: 'Check a scenario without running it',
  options: (yargs) =>
    pluginOption(yargs)
      .positional('scenario', { type: 'string', demandOption: true, describe: 'Scenario file' })
      .option('set', { type: 'string', array: true, nargs: 1, describe: 'Change a value: path=value; may be repeated' })
      .option('defaults', { type: 'boolean', default: false, describe: 'List every default that the scenario uses' })
      .example('$0 check sale.yaml --defaults', 'with everything that it leaves out'),
  run: check,
};

async function check(options: ArgumentsCamelCase<Options>, io: CliIo): Promise<number> {
  const plan = await loadForCommand(options, io);
  const [{ scenario }] = plan.runs;
  const warnings = new Set(plan.runs.flatMap((run) => run.scenario.warnings));
  for (const warning of warnings) io.err(`Warning: ${warning}\n`);
  io.out(`${options.scenario} is a valid scenario.\n${overview(scenario)}${runsOf(plan)}`);
  if (options.defaults) io.out(`\nDefaults in use:\n${await defaultsOf(scenario)}`);
  return EXIT.ok;
}

function overview({ world, engine, thresholds, tree }: LoadedScenario): string {
  const lines = [
    ...(tree.chain.length === 1 ? [] : [`  extends    ${tree.chain.slice(1).join(', which extends ')}`]),
    `  runs       ${formatDuration(world.durationMicros)} after ${formatDuration(world.warmUpMicros)} of warm-up, seed ${world.seed}`,
    `  objective  ${world.slo.target * 100}% within ${formatDuration(world.slo.latencyMicros)}`,
    ...world.traffic.map(({ name, to, rates, users }) => {
      if (users !== undefined)
        return `  traffic    ${name} to ${to}, at most ${users.counts.reduce((a, b) => Math.max(a, b), 0)} users`;
      const top = rates.ratePerSecond.reduce((most, rate) => Math.max(most, rate), 0);
      return `  traffic    ${name} to ${to}, at most ${top.toFixed(1)} requests a second`;
    }),
    ...engine.workloads.map(
      ({ name, minReplicas, maxReplicas, policy, pool }) =>
        `  workload   ${name}: ${minReplicas} to ${maxReplicas} ${pool === undefined ? 'pods' : 'machines'}, policy ${policy.name}`,
    ),
    ...world.dependencies.map(({ name, concurrency }) => `  dependency ${name}: ${concurrency} at once`),
    ...world.nodePools.map(
      ({ instanceType, count, elastic, workload }) =>
        `  ${workload === undefined ? 'nodes     ' : 'machines  '} ${elastic === undefined ? count : `${elastic.min} to ${elastic.max}`} x ${instanceType}`,
    ),
    ...thresholds.map(({ text }) => `  threshold  ${text}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** What it runs, where that is more than one run. */
function runsOf({ runs }: RunPlan): string {
  if (runs.length === 1) return '';
  const variants = [...new Set(runs.map(({ variant }) => variant))];
  const seeds = [...new Set(runs.map(({ seed }) => seed))];
  return `  variants   ${variants.join(', ')}\n  seeds      ${seeds.join(', ')}, ${runs.length} runs in all\n`;
}

async function defaultsOf(scenario: LoadedScenario): Promise<string> {
  const { listDefaults } = await import('../../experiment/scenario/list-defaults.js');
  const { scenarioJsonSchema } = await import('../../experiment/scenario/scenario-json-schema.js');
  const values = listDefaults(scenario.tree.value, scenarioJsonSchema(scenario.registries));
  const width = Math.min(60, Math.max(...values.map(({ path }) => path.length)));
  return (
    values
      .map(({ path, value, meaning }) => `  ${path.padEnd(width)}  ${value.padEnd(12)}  ${meaning}`.trimEnd())
      .join('\n') + '\n'
  );
}
