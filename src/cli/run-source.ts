import type { Argv } from 'yargs';
import type { TraceFormat } from '../traces/trace-format.js';
import type { TraceUnit } from '../traces/trace.js';
import type { CliIo } from './cli-io.js';
import { readingOptions } from './reading-options.js';
import type { PluginWords } from './plugin-option.js';
import type { ScenarioArguments } from './load-for-command.js';
import { UsageError } from './usage-error.js';

/** The words of `hindcast run` that say what is run. */
export interface RunSourceWords {
  scenario: string | undefined;
  trace: string | undefined;
  manifests: string[] | undefined;
  to: string | undefined;
  name: string | undefined;
  format: TraceFormat | undefined;
  'log-format': string | undefined;
  label: string[] | undefined;
  counter: boolean | undefined;
  unit: TraceUnit | undefined;
  out: string | undefined;
  seed: string | undefined;
  seeds: string | undefined;
  variant: string[] | undefined;
  set: string[] | undefined;
  quiet: boolean;
  force: boolean;
}

/** Options of a run without a scenario of the user's own. */
export function recordingOptions<T>(yargs: Argv<T>) {
  return readingOptions(
    yargs
      .option('trace', {
        type: 'string',
        requiresArg: true,
        describe: 'Instead of a scenario: CSV, access log or query_range JSON, plain or gzip; needs --manifests',
      })
      .option('manifests', {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'Kubernetes manifests: a file or a folder',
      })
      .option('to', { type: 'string', requiresArg: true, describe: 'Workload that all of the recording goes to' })
      .option('name', {
        type: 'string',
        requiresArg: true,
        describe: 'Name of the scenario that is made of a recording',
      }),
  );
}

/** A scenario as it was asked for: a file, or one made of a recording. */
export interface RunSource {
  readonly file: string;
  /** Null where the scenario is a file already. */
  readonly text: string | null;
}

/** The scenario that a command line asks for. Throws UsageError where it asks for none or two, InputError as scenarioOfTrace does. */
export async function sourceOf(options: RunSourceWords, io: CliIo): Promise<RunSource> {
  const { scenario, trace } = options;
  if (scenario !== undefined && trace !== undefined) {
    throw new UsageError(
      'hindcast run takes a scenario or a --trace, not both.\n  A trace in a scenario: traffic: [{ to: web, trace: { file: FILE } }].',
    );
  }
  if (scenario !== undefined) {
    requireNoTarget(options);
    return { file: scenario, text: null };
  }
  if (trace === undefined && options.manifests !== undefined) {
    const [first] = options.manifests;
    throw new UsageError(
      `hindcast run --manifests needs the traffic that comes to them, as --trace access.log.\n  Without a recording: hindcast import ${first} --out shop.yaml writes a scenario with placeholder traffic.`,
    );
  }
  if (trace === undefined) {
    throw new UsageError(
      'An argument is missing after hindcast run.\n  Name a scenario, or a recording with --trace FILE --manifests DIR. See hindcast run --help.',
    );
  }
  const { remarks, scenarioOfTrace } = await import('./scenario-of-trace.js');
  const made = await scenarioOfTrace({ ...options, trace }, io);
  if (!options.quiet) io.err(remarks(made));
  return { file: made.file, text: made.text };
}

/** A scenario says itself where its traffic goes, and what was fitted for one workload is no measurement of another. */
function requireNoTarget({ to, manifests }: RunSourceWords): void {
  const word = to !== undefined ? '--to' : manifests !== undefined ? '--manifests' : null;
  if (word === null) return;
  throw new UsageError(
    `hindcast run takes ${word} only with a --trace.\n  Make the scenario again, with what is fitted to the recording: hindcast run --trace FILE --manifests DIR${to === undefined ? '' : ` --to ${to}`}.`,
  );
}

/** What loading the scenario needs of the command line. */
export function argumentsOf(
  { set, seed, seeds, variant, plugin }: RunSourceWords & Partial<PluginWords>,
  { file, text }: RunSource,
): ScenarioArguments {
  return {
    scenario: file,
    ...(set === undefined ? {} : { set }),
    ...(seed === undefined ? {} : { seed }),
    ...(seeds === undefined ? {} : { seeds }),
    ...(variant === undefined ? {} : { variant }),
    ...(plugin === undefined ? {} : { plugin }),
    ...(text === null ? {} : { text }),
  };
}
