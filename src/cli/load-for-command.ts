import type { LoadedScenario } from '../experiment/scenario/loaded-scenario.js';
import { InputError } from '../domain/errors.js';
import { builtIn } from '../engine/registries.js';
import type { CliIo } from './cli-io.js';
import { dataDirectory } from './data-directory.js';
import { productVersion } from './product-version.js';

/** What a command line may change about a scenario. */
export interface ScenarioArguments {
  readonly scenario: string;
  readonly set?: readonly string[];
  readonly seed?: string;
  /** The text of the scenario, where it is no file yet. */
  readonly text?: string;
}

/** Loads the scenario that a command names, with its overrides. */
export async function loadForCommand(
  { scenario, set, seed, text }: ScenarioArguments,
  io: CliIo,
): Promise<LoadedScenario> {
  const { loadScenario } = await import('../experiment/scenario/load-scenario.js');
  return loadScenario(scenario, {
    registries: builtIn,
    ...(text === undefined ? {} : { text }),
    overrides: set ?? [],
    ...(seed === undefined ? {} : { seed: wholeNumber(seed) }),
    dataDirectory: dataDirectory(io),
    version: productVersion(),
  });
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InputError({ source: '--seed' }, `must be a whole number of at least 0, was ${JSON.stringify(text)}`);
}
