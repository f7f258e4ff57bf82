import yargs, { type Argv } from 'yargs';
import { closest } from '../domain/did-you-mean.js';
import type { CliCommand } from './cli-command.js';
import type { CliIo } from './cli-io.js';
import { checkCommand } from './commands/check.js';
import { compareCommand } from './commands/compare.js';
import { explainCommand } from './commands/explain.js';
import { importCommand } from './commands/import.js';
import { initCommand } from './commands/init.js';
import { listCommand } from './commands/list.js';
import { replayCommand } from './commands/replay.js';
import { runCommand } from './commands/run.js';
import { schemaCommand } from './commands/schema.js';
import { traceCommand } from './commands/trace.js';
import { vpaCommand } from './commands/vpa.js';
import { EXIT } from './exit-code.js';
import { introduction } from './introduction.js';
import { productVersion } from './product-version.js';
import { showError } from './show-error.js';
import { UsageError } from './usage-error.js';

const names = [
  'run',
  'init',
  'import',
  'compare',
  'explain',
  'replay',
  'check',
  'schema',
  'list',
  'trace',
  'vpa',
] as const;

/** Runs one command line, given without the program's name, and answers with the exit code. Never throws, never exits. */
export async function runCli(words: readonly string[], io: CliIo): Promise<number> {
  if (words.length === 0) {
    io.out(introduction(productVersion()));
    return EXIT.ok;
  }
  const debug = words.includes('--debug');
  try {
    requireCommand(words);
    return await parseAndRun(words, io);
  } catch (error) {
    return showError(error, io, debug);
  }
}

function requireCommand(words: readonly string[]): void {
  const word = words[0];
  if (word.startsWith('-') || names.some((name) => name === word)) return;
  const meant = closest(word, names);
  const hint = meant === null ? `Commands are ${names.join(', ')}.` : `Did you mean hindcast ${meant}?`;
  throw new UsageError(`There is no command ${JSON.stringify(word)}.\n  ${hint} See hindcast --help.`);
}

/** The parser drops a lone dash, which stands for standard input; the file of the same meaning it keeps. */
function spelledOut(words: readonly string[]): string[] {
  return words.map((word) => (word === '-' ? '/dev/stdin' : word));
}

async function parseAndRun(words: readonly string[], io: CliIo): Promise<number> {
  const outcome: { code: number; failure: unknown; output: string } = { code: EXIT.ok, failure: null, output: '' };
  const parser = yargs(spelledOut(words))
    .scriptName('hindcast')
    .locale('en')
    .parserConfiguration({ 'dot-notation': false, 'parse-numbers': false, 'boolean-negation': false })
    .usage('Usage: $0 <command> [options]')
    .version(productVersion())
    .option('debug', { type: 'boolean', default: false, describe: 'Show the stack of an internal error', global: true })
    .demandCommand(1, 'A command is missing.')
    .strict()
    .exitProcess(false)
    .wrap(100)
    .epilogue('Exit codes: 0 ok, 1 run error, 2 bad input or usage, 99 threshold crossed, 130 interrupted.');
  const add = <Options>(command: CliCommand<Options>): void => addCommand(parser, command, io, outcome);
  add(runCommand);
  add(initCommand);
  add(compareCommand);
  add(explainCommand);
  add(replayCommand);
  add(checkCommand);
  add(schemaCommand);
  add(listCommand);
  add(traceCommand);
  add(vpaCommand);
  add(importCommand);
  parser.fail((message, error) => {
    outcome.failure ??=
      error === undefined || error.name === 'YError' ? new UsageError(describeMisuse(message, words)) : error;
  });
  await parser.parseAsync(spelledOut(words), {}, (_error, _argv, output) => {
    outcome.output = output;
  });
  if (outcome.failure !== null) return showError(outcome.failure, io, words.includes('--debug'));
  if (outcome.output !== '') io.out(`${outcome.output}\n`);
  return outcome.code;
}

function addCommand<Options>(
  parser: Argv,
  command: CliCommand<Options>,
  io: CliIo,
  outcome: { code: number; failure: unknown },
): void {
  parser.command({
    command: command.command,
    describe: command.describe,
    builder: (sub) => command.options(sub),
    handler: async (options) => {
      // yargs goes on after a wrong command line has been reported.
      if (outcome.failure !== null) return;
      try {
        outcome.code = await command.run(options, io);
      } catch (error) {
        outcome.failure = error;
      }
    },
  });
}

/** Rewords what yargs says of a wrong command line, with the option that was probably meant. */
function describeMisuse(message: string, words: readonly string[]): string {
  const command = words[0].startsWith('-') ? '' : ` ${words[0]}`;
  const see = `See hindcast${command} --help.`;
  if (message.startsWith('Not enough non-option'))
    return `An argument is missing after hindcast ${words[0]}.\n  ${see}`;
  const choice = /Argument: (\w+), Given: (.+), Choices: (.+)/.exec(message);
  if (choice !== null) return `${choice[1]} must be one of ${choice[3]}, was ${choice[2]}.\n  ${see}`;
  const unknown = /^Unknown arguments?: ([^,]+)/.exec(message)?.[1];
  if (unknown === undefined) return `${message.replace(/\s+/g, ' ').replace(/\.*$/, '.')}\n  ${see}`;
  const options = [
    'out',
    'seed',
    'seeds',
    'variant',
    'set',
    'json',
    'quiet',
    'at',
    'between',
    'workload',
    'defaults',
    'debug',
    'help',
    'version',
    'unit',
    'markdown',
    'arrivals-check',
    'plugin',
    'mode',
    'format',
    'log-format',
    'label',
    'counter',
    'picture',
    'list',
    'trace',
    'manifests',
    'force',
    'to',
    'name',
  ];
  const meant = closest(unknown, options);
  const hint = meant === null ? '' : `Did you mean --${meant}? `;
  return `There is no option or argument ${JSON.stringify(unknown)} here.\n  ${hint}${see}`;
}
