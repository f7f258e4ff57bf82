import { builtIn } from '../../src/engine/registries.js';
import type { RunResult } from '../../src/domain/run-result.js';
import { summariseRun } from '../../src/experiment/results/summarise-run.js';
import { runScenario } from '../../src/experiment/run-scenario.js';
import { loadRuns, type RunChoice } from '../../src/experiment/scenario/load-runs.js';
import { BASE_VARIANT } from '../../src/experiment/scenario/variants-schema.js';
import { type TourRow, tourRow } from './tour-row.js';

/** Parts that run another's scenario on many seeds, and on how many. */
const REPEATED: Readonly<Record<string, { readonly of: string; readonly seeds: number }>> = {
  'crowd-again': { of: 'crowd', seeds: 10 },
};

/** Scenario of a part of the tour, by its name. */
export function fileOf(part: string): string {
  return `scenarios/tour/${REPEATED[part]?.of ?? part}.yaml`;
}

/** What a caller may change. */
export interface PartChoice extends RunChoice {
  /** `path=value`, applied to the scenario and all its variants. */
  readonly overrides?: readonly string[];
}

/** Policies of a part of the tour with their results, one a seed; the scenario as written is the HPA. */
export async function resultsOf(
  part: string,
  { overrides = [], ...choice }: PartChoice = {},
): Promise<ReadonlyMap<string, readonly RunResult[]>> {
  const options = { registries: builtIn, dataDirectory: null, version: 'tour', overrides };
  const { runs } = await loadRuns(fileOf(part), options, { seeds: REPEATED[part]?.seeds, ...choice });
  const results = new Map<string, RunResult[]>();
  for (const { variant, scenario } of runs) {
    const { result } = summariseRun(scenario, await runScenario(scenario, { registries: builtIn }));
    const policy = variant === BASE_VARIANT ? 'hpa' : variant;
    results.set(policy, [...(results.get(policy) ?? []), result]);
  }
  return results;
}

/** Runs policies of a part of the tour, all where none is chosen. */
export async function runPart(part: string, choice: PartChoice = {}): Promise<readonly TourRow[]> {
  const all = await resultsOf(part, choice);
  return [...all].map(([policy, results]) => tourRow(policy, results, all.get('hpa')));
}
