import type { Argv, ArgumentsCamelCase } from 'yargs';
import type { CliIo } from './cli-io.js';

/** One command: how it is written, its options, and what it does. `run` answers with the exit code. */
export interface CliCommand<Options> {
  /** As yargs reads it: `run <scenario>`. */
  readonly command: string;
  readonly describe: string;
  options(yargs: Argv): Argv<Options>;
  run(options: ArgumentsCamelCase<Options>, io: CliIo): Promise<number>;
}
