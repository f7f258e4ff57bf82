import type { ArrivalSensitivity } from '../domain/arrival-sensitivity.js';
import type { ArrivalModel } from '../domain/traffic-spec.js';
import type { WorldSpec } from '../domain/world-spec.js';
import { type FinishedRun, type RunOptions, runScenario } from './run-scenario.js';
import { describeArrivals } from './scenario/describe-arrivals.js';
import type { LoadedScenario } from './scenario/loaded-scenario.js';

/** What a run is compared with: arrivals as regular as a count allows, and clumped ones. */
const others: readonly ArrivalModel[] = ['exact-count', { kind: 'gamma', cv: 2 }];

/**
 * Runs a scenario again under other arrival models, everything else the same, to show how much of its tail is a guess about what lies
 * inside the bins. Takes as long as the runs it makes, two as a rule; `run` is the scenario's own. Null where all arrivals are those of users
 * who wait: no bin lays them.
 */
export async function arrivalSensitivity(
  scenario: Pick<LoadedScenario, 'world' | 'engine'>,
  run: FinishedRun,
  options: Pick<RunOptions, 'registries' | 'onProgress' | 'signal'>,
): Promise<ArrivalSensitivity | null> {
  if (scenario.world.traffic.every(({ users }) => users !== undefined)) return null;
  const own = ownModel(scenario.world);
  const p99Ms: Record<string, number | null> = { [own]: run.measurement.totals.latencyMs.p99 };
  const violatedShare: Record<string, number> = { [own]: violated(run) };
  const models = others.filter((model) => describeArrivals(model) !== own);
  for (const [i, model] of models.entries()) {
    const world = { ...scenario.world, traffic: scenario.world.traffic.map((one) => ({ ...one, arrivals: model })) };
    const other = await runScenario(
      { ...scenario, world },
      { ...options, onProgress: (share) => options.onProgress?.((i + share) / models.length) },
    );
    p99Ms[describeArrivals(model)] = other.measurement.totals.latencyMs.p99;
    violatedShare[describeArrivals(model)] = violated(other);
  }
  return { own, p99Ms, violatedShare };
}

/** The scenario's own model, or `as written` where its sources have several. */
function ownModel({ traffic }: WorldSpec): string {
  const open = traffic.filter(({ users }) => users === undefined);
  const names = new Set(open.map(({ arrivals }) => describeArrivals(arrivals)));
  const [first] = names;
  return names.size === 1 ? first : 'as written';
}

function violated({ measurement }: FinishedRun): number {
  const { requests, violated: count } = measurement.totals;
  return requests.offered === 0 ? 0 : count / requests.offered;
}
