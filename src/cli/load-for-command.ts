import { InputError } from '../domain/errors.js';
import type { RunPlan } from '../experiment/scenario/load-runs.js';
import type { CliIo } from './cli-io.js';
import { dataDirectory } from './data-directory.js';
import { productVersion } from './product-version.js';

/** What a command line may change about a scenario, and choose of its runs. */
export interface ScenarioArguments {
  readonly scenario: string;
  readonly set?: readonly string[];
  readonly seed?: string;
  readonly seeds?: string;
  readonly variant?: readonly string[];
  readonly plugin?: readonly string[];
  /** The text of the scenario, where it is no file yet. */
  readonly text?: string;
}

/** Loads the scenario that a command names, with its overrides: all the runs that are asked for. */
export async function loadForCommand(wanted: ScenarioArguments, io: CliIo): Promise<RunPlan> {
  const { loadPlugins } = await import('../experiment/plugins/load-plugins.js');
  const { loadRuns } = await import('../experiment/scenario/load-runs.js');
  const { scenario, set, seed, seeds, variant, text } = wanted;
  const { registries, hashes } = await loadPlugins(wanted.plugin ?? [], io.cwd);
  const options = {
    registries,
    pluginHashes: hashes,
    ...(text === undefined ? {} : { text }),
    overrides: set ?? [],
    dataDirectory: dataDirectory(io),
    version: productVersion(),
  };
  return loadRuns(scenario, options, {
    variants: variant ?? [],
    ...(seed === undefined ? {} : { seed: wholeNumber('--seed', seed, 0) }),
    ...(seeds === undefined ? {} : { seeds: wholeNumber('--seeds', seeds, 1) }),
  });
}

function wholeNumber(source: string, text: string, least: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
  throw new InputError({ source }, `must be a whole number of at least ${least}, was ${JSON.stringify(text)}`);
}
