import type { EngineConfig } from '../../domain/engine-config.js';
import type { RunIdentity } from '../../domain/run-identity.js';
import type { GuessedInput } from '../../domain/guess.js';
import type { TrustEntry } from '../../domain/run-result.js';
import type { Registries } from '../../engine/registries.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import type { AnswerForm } from './parse-answers.js';
import type { Threshold } from './parse-threshold.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';

/** A scenario after every name, default and unit has been resolved: what a run is made from and what its result says about its inputs. */
export interface LoadedScenario {
  /** What its extensions were looked up in. */
  readonly registries: Registries;
  readonly name: string;
  readonly question: string;
  readonly answers: readonly AnswerForm[];
  readonly world: WorldSpec;
  readonly engine: EngineConfig;
  readonly identity: RunIdentity;
  readonly thresholds: readonly Threshold[];
  readonly trust: readonly TrustEntry[];
  /** What the scenario lists as its guesses, most important first; null where it has no list. */
  readonly guesses: readonly GuessedInput[] | null;
  readonly assumptions: readonly string[];
  /** The variant that this is; `base` for the scenario as written. */
  readonly variant: string;
  /** Names of the variants beside the base, in the order of the file. */
  readonly variants: readonly string[];
  /** Seeds that the scenario asks for, one run each. */
  readonly seeds: readonly number[];
  /** Every setting by its path, in the user's notation, defaults included. */
  readonly settings: Readonly<Record<string, string>>;
  /** Legal but probably not meant, one message each. */
  readonly warnings: readonly string[];
  /** Parts of the result that a golden test compares; null where the scenario has none. */
  readonly expected: Scenario['expected'] | null;
  /** The scenario as written. */
  readonly tree: SourceTree;
}
