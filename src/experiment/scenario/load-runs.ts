import { closest } from '../../domain/did-you-mean.js';
import { InputError } from '../../domain/errors.js';
import { type LoadOptions, loadScenario } from './load-scenario.js';
import type { LoadedScenario } from './loaded-scenario.js';
import { AbsentTraceError } from './read-traces.js';
import type { SourceTree } from './source-tree.js';
import { isMap, valueAt } from './tree.js';
import { BASE_VARIANT, seedsOf } from './variants-schema.js';

/** What a command line may choose of a scenario's runs. */
export interface RunChoice {
  /** Variants to run, in this order; all where none is named. */
  readonly variants?: readonly string[];
  /** One seed, or the first of several, instead of the scenario's own. */
  readonly seed?: number;
  /** How many seeds, instead of what the scenario says. */
  readonly seeds?: number;
}

/** One of the runs that a scenario asks for. */
export interface PlannedRun {
  /** Names the run among its siblings and is a folder's name: the variant, with the seed where there are several. */
  readonly label: string;
  readonly variant: string;
  readonly seed: number;
  readonly scenario: LoadedScenario;
}

/** All runs of a scenario, every one of them checked. */
export interface RunPlan {
  /** Name of the scenario. */
  readonly name: string;
  readonly runs: readonly PlannedRun[];
  /** Whether the scenario or the choice knows more than one run, also where only one is left: its report then lies under its label. */
  readonly labelled: boolean;
}

/** The scenario as written, its variants and its seeds as runs, variant by variant. Throws InputError before anything runs, as `loadScenario` does. */
export async function loadRuns(file: string, options: LoadOptions, choice: RunChoice = {}): Promise<RunPlan> {
  const shared = { ...options, traces: new Map() };
  const base = await loadScenario(file, choice.seed === undefined ? shared : { ...shared, seed: choice.seed });
  const names = chosen(base, choice.variants ?? []);
  const seeds = chosenSeeds(base, choice);
  const runs: PlannedRun[] = [];
  for (const variant of names) {
    for (const seed of seeds) {
      const isBase = variant === BASE_VARIANT && seed === base.world.seed;
      const scenario = isBase ? base : await loadVariant(base, { ...shared, variant, seed });
      runs.push({ label: seeds.length > 1 ? `${variant}-${seed}` : variant, variant, seed, scenario });
    }
  }
  return { name: base.name, runs, labelled: base.variants.length > 0 || seeds.length > 1 };
}

function chosen({ variants }: LoadedScenario, wanted: readonly string[]): readonly string[] {
  const known = [BASE_VARIANT, ...variants];
  for (const name of wanted) {
    if (known.includes(name)) continue;
    const meant = closest(name, known);
    const hint = meant === null ? `Known are ${known.join(', ')}.` : `Did you mean ${meant}?`;
    throw new InputError(
      { source: '--variant' },
      `must be a variant of the scenario, was ${JSON.stringify(name)}`,
      hint,
    );
  }
  return wanted.length === 0 ? known : [...new Set(wanted)];
}

/** A seed on the command line alone means that one run; with a number of seeds it is the first of them. */
function chosenSeeds({ seeds }: LoadedScenario, choice: RunChoice): readonly number[] {
  if (choice.seeds !== undefined) return seedsOf(choice.seed ?? seeds[0], choice.seeds);
  return choice.seed === undefined ? seeds : [choice.seed];
}

/** An error that only the variant has names the variant and its line too, since what it conflicts with may stand elsewhere. */
async function loadVariant(
  { tree }: LoadedScenario,
  options: LoadOptions & { readonly variant: string },
): Promise<LoadedScenario> {
  const { variant } = options;
  try {
    return await loadScenario(tree.file, options);
  } catch (error) {
    if (!(error instanceof InputError) || error instanceof AbsentTraceError || variant === BASE_VARIANT) throw error;
    const { line } = tree.placeOf(['variants', variant]);
    const where = line === undefined ? `variant ${variant}` : `variant ${variant} (line ${line})`;
    const hint = [error.hint, `This is in ${where}.`, replacedWhole(tree, variant)]
      .filter((part) => part !== undefined)
      .join(' ');
    throw new InputError(error.place, error.problem, hint);
  }
}

/** Unlike `extends`, a variant does not merge: a mapping under a short path takes away what else stood there. */
function replacedWhole(tree: SourceTree, variant: string): string | undefined {
  const changes = valueAt(tree.value, ['variants', variant]);
  const whole = Object.entries(isMap(changes) ? changes : {}).find(
    ([key, value]) => isMap(value) && isMap(valueAt(tree.value, key.split('.'))),
  );
  if (whole === undefined) return undefined;
  const [key] = whole;
  return `It replaces all of ${key}; a longer path changes one value alone, as workloads.web.replicas.min: 5.`;
}
