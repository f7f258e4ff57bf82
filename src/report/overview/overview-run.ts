import type { RunResult } from '../../domain/run-result.js';

/** One finished run of a scenario with variants or several seeds. */
export interface OverviewRun {
  readonly variant: string;
  readonly seed: number;
  /** Folder of its report, seen from the overview's. */
  readonly folder: string;
  readonly result: RunResult;
}

/** All finished runs of a scenario. */
export interface Overview {
  readonly name: string;
  /** How many runs were asked for; more than there are where the rest has not been run, or will not be. */
  readonly planned: number;
  /** Not empty; variant by variant. */
  readonly runs: readonly OverviewRun[];
}
