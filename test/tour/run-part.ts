import { builtIn } from '../../src/engine/registries.js';
import { summariseRun } from '../../src/experiment/results/summarise-run.js';
import { runScenario } from '../../src/experiment/run-scenario.js';
import { loadRuns, type RunChoice } from '../../src/experiment/scenario/load-runs.js';
import type { LoadedScenario } from '../../src/experiment/scenario/loaded-scenario.js';
import { BASE_VARIANT } from '../../src/experiment/scenario/variants-schema.js';
import { type TourRow, tourRow } from './tour-row.js';

/** Scenario of a part of the tour, by its name. */
export function fileOf(part: string): string {
  return `scenarios/tour/${part}.yaml`;
}

/** What a caller may change. */
export interface PartChoice extends RunChoice {
  /** Each scenario before it is run. */
  readonly changed?: (scenario: LoadedScenario) => LoadedScenario;
}

/** Runs every policy of a part of the tour; the scenario as written is the HPA. */
export async function runPart(part: string, { changed, ...choice }: PartChoice = {}): Promise<readonly TourRow[]> {
  const options = { registries: builtIn, dataDirectory: null, version: 'tour' };
  const { runs } = await loadRuns(fileOf(part), options, choice);
  const rows: TourRow[] = [];
  for (const variant of new Set(runs.map((run) => run.variant))) {
    const results = [];
    for (const run of runs.filter((one) => one.variant === variant)) {
      const scenario = changed === undefined ? run.scenario : changed(run.scenario);
      results.push(summariseRun(scenario, await runScenario(scenario, { registries: builtIn })).result);
    }
    rows.push(tourRow(variant === BASE_VARIANT ? 'hpa' : variant, results));
  }
  return rows;
}
