import type { Argv } from 'yargs';
import { traceFormatNames } from '../traces/trace-format.js';

const units = ['requests', 'requests/s'] as const;

/** Options of commands that make traffic of a recording: how it is to be read. */
export function readingOptions<T>(yargs: Argv<T>) {
  return yargs
    .option('format', { choices: traceFormatNames, describe: 'Notation of the recording, if not to be recognised' })
    .option('log-format', { type: 'string', requiresArg: true, describe: "Format of a log, as nginx' log_format" })
    .option('label', { type: 'string', array: true, nargs: 1, describe: 'Prometheus: NAME=VALUE a series must have' })
    .option('counter', { type: 'boolean', describe: 'Prometheus: series are counters, or with =false are not' })
    .option('unit', { choices: units, describe: 'What a value of the recording counts, if it does not tell' });
}
