import { traceFormatNames } from '../../traces/trace-format.js';
import type { CliCommand } from '../cli-command.js';
import { traceFetch } from './trace-fetch.js';
import { traceFit } from './trace-fit.js';
import { traceInspect } from './trace-inspect.js';
import type { TraceOptions } from './trace-options.js';

const units = ['requests', 'requests/s', 'level'] as const;
const actions = { inspect: traceInspect, fit: traceFit, fetch: traceFetch } as const;

/** `hindcast trace inspect FILE`, `hindcast trace fit FILE` and `hindcast trace fetch NAME`. */
export const traceCommand: CliCommand<TraceOptions> = {
  command: 'trace <action> [file]',
  describe:
    'Describe a traffic trace, fit a look-alike to it, or fetch a public one: trace inspect FILE, trace fit FILE, trace fetch NAME',
  options: (yargs) =>
    yargs
      .positional('action', {
        type: 'string',
        choices: ['inspect', 'fit', 'fetch'] as const,
        demandOption: true,
        describe: 'What to do with it',
      })
      .positional('file', {
        type: 'string',
        describe:
          'inspect, fit: CSV, access log or query_range JSON, plain or gzip, or a known trace; fetch: a known trace',
      })
      .option('format', { choices: traceFormatNames, describe: 'Notation of the file, if it is not to be recognised' })
      .option('log-format', {
        type: 'string',
        requiresArg: true,
        describe: "Format of an access log, as nginx' log_format",
      })
      .option('label', {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'Prometheus: NAME=VALUE that a series must have; may be repeated',
      })
      .option('counter', {
        type: 'boolean',
        describe: 'Prometheus: series are counters; --counter=false: they are not',
      })
      .option('unit', { choices: units, describe: 'What a value counts, if the file does not tell' })
      .option('picture', { type: 'string', requiresArg: true, describe: 'Draw it over time into this SVG file' })
      .option('list', { type: 'boolean', default: false, describe: 'fetch: list what can be fetched' })
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON document' })
      .example('$0 trace inspect access.log --picture load.svg', 'extent, level, bursts, rhythms and service times')
      .example(
        '$0 trace fit access.log',
        'the figures of a synthetic look-alike, to be used or shown instead of the log',
      )
      .example('$0 trace fetch --list', 'what can be fetched, from where and under which licence'),
  run: (options, io) => actions[options.action](options, io),
};
