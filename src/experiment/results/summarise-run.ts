import type { Decision } from '../../domain/decision.js';
import type { FailedLaunch } from '../../domain/failed-launch.js';
import type { Measurement } from '../../domain/measurement.js';
import type { RunReport, RunResult } from '../../domain/run-result.js';
import { servingWorkloads } from '../../domain/serving-workloads.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import type { FinishedRun } from '../run-scenario.js';
import type { LoadedScenario } from '../scenario/loaded-scenario.js';
import { answerOf } from './answer.js';
import { availabilityOf } from './availability.js';
import { billOf, costPerHour } from './bill.js';
import { bottleneckOf } from './bottleneck.js';
import { cautionsOf } from './cautions.js';
import { networkResult } from './egress.js';
import { elasticityOf, meanElasticity } from './elasticity.js';
import { faultEpisodes } from './fault-episodes.js';
import { dependencyResults, workloadResults } from './entity-results.js';
import { judgedSeries } from './judged-series.js';
import { judgeThresholds } from './judge-thresholds.js';
import { presence } from './lifetimes.js';
import { type Demand, podsDemand } from './pods-demand.js';
import { queueResults } from './queue-results.js';
import { withPublishedLoad } from './with-published-load.js';
import { runningSpans } from './paid-spans.js';
import { podSummary } from './pod-summary.js';
import { scalingSummary } from './scaling-summary.js';
import { worstMinutes } from './worst-minutes.js';
import { columnOf, type StepTimes, stepTimes } from './step-times.js';

/** What a summary needs of the scenario. */
export type SummarisedScenario = Pick<
  LoadedScenario,
  | 'question'
  | 'answers'
  | 'world'
  | 'engine'
  | 'identity'
  | 'thresholds'
  | 'trust'
  | 'guesses'
  | 'assumptions'
  | 'settings'
>;

/** Judges a run: turns what was measured into the result, the series and the tables that a report is made from. */
export function summariseRun(
  scenario: SummarisedScenario,
  run: FinishedRun,
  performance?: RunResult['performance'],
): RunReport {
  const { world } = scenario;
  const { decisions } = run;
  const measurement = withPublishedLoad(run.measurement, world);
  const times = stepTimes(measurement);
  const demands = new Map(servingWorkloads(world).map(({ name }) => [name, podsDemand(measurement, world, name)]));
  const traffic = networkResult(measurement.series, world);
  const counted = decisions.filter(({ at }) => at >= 0);
  const judged: Omit<RunResult, 'thresholds' | 'answer'> = {
    identity: scenario.identity,
    journal: run.journal,
    question: scenario.question,
    durationSeconds: world.durationMicros / 1e6,
    warmUpSeconds: world.warmUpMicros / 1e6,
    originIso: new Date(world.originEpochMicros / 1000).toISOString(),
    requests: measurement.totals.requests,
    attempts: measurement.totals.attempts,
    latencyMs: measurement.totals.latencyMs,
    slo: objectiveOf(measurement, world),
    availability: availabilityOf(measurement, times),
    workloads: workloadResults(measurement, world, times),
    dependencies: dependencyResults(measurement, world, times),
    ...queueResults(measurement, world, times),
    pods: podSummary(measurement, null),
    nodes: nodesOf(measurement),
    scaling: scalingSummary(measurement, times, {
      demands,
      decisions: counted,
      metricTimes: {
        lagSeconds: world.metrics.lagMicros / 1e6,
        windowSeconds: scenario.engine.collector.windowMicros / 1e6,
      },
    }),
    ...rolloutsOf(measurement),
    elasticity: elasticityOfRun(scenario, measurement, times, demands),
    cost: { ...billOf(measurement, world, times, demands), ...budgetResult(scenario, measurement, times) },
    ...(traffic === null ? {} : { network: traffic }),
    decisions: countByReason(counted),
    bottleneck: bottleneckOf({ measurement, world, times, demands, decisions: counted }),
    worst: worstMinutes(measurement, times),
    trust: scenario.trust,
    ...(scenario.guesses === null ? {} : { guesses: scenario.guesses }),
    ...cautionsOf(measurement.series, world, times),
    assumptions: scenario.assumptions,
    settings: scenario.settings,
    ...(performance === undefined ? {} : { performance }),
  };
  const episodes = faultEpisodes(world.faults);
  const result = { ...judged, thresholds: judgeThresholds(scenario.thresholds, judged) };
  return {
    result: { ...result, answer: answerOf(scenario.answers, result) },
    series: judgedSeries(measurement, world, times, demands),
    events: measurement.scaling,
    nodeEvents: measurement.nodeScaling,
    ...(measurement.failedLaunches === undefined ? {} : { failedLaunches: measurement.failedLaunches }),
    ...(episodes.length === 0 ? {} : { episodes }),
    decisions,
  };
}

function objectiveOf({ totals }: Measurement, { slo }: WorldSpec): RunResult['slo'] {
  const { offered } = totals.requests;
  const violatedShare = offered === 0 ? 0 : totals.violated / offered;
  return {
    latencyMs: slo.latencyMicros / 1e3,
    target: slo.target,
    violatedShare,
    errorBudgetUsed: violatedShare / (1 - slo.target),
    apdex: offered === 0 ? null : (totals.satisfied + totals.tolerated / 2) / offered,
  };
}

function budgetResult(
  { engine, world }: SummarisedScenario,
  measurement: Measurement,
  times: StepTimes,
): Pick<RunResult['cost'], 'budget'> {
  if (engine.budget === undefined) return {};
  const spent = costPerHour(measurement, world, times).subarray(times.first);
  const peakPerHour = spent.reduce((most, value) => Math.max(most, value), 0);
  return { budget: { perHour: engine.budget.perHour, peakPerHour } };
}

function rolloutsOf({ rollouts }: Measurement): Pick<RunResult, 'rollouts'> {
  if (rollouts === undefined) return {};
  return {
    rollouts: rollouts.map(({ workload, revision, startedAt, finishedAt, stuckAt }) => ({
      workload,
      revision,
      startSeconds: startedAt / 1e6,
      tookSeconds: finishedAt === null ? null : (finishedAt - startedAt) / 1e6,
      stuck: stuckAt !== null,
    })),
  };
}

function nodesOf({ nodes, failedLaunches, fromMicros, toMicros }: Measurement): RunResult['nodes'] {
  const lives = nodes.flatMap(runningSpans);
  const { hours, max } = presence(lives, fromMicros, toMicros);
  if (failedLaunches === undefined) return { hours, max };
  const count = (of: FailedLaunch['cause']): number => failedLaunches.filter(({ cause }) => cause === of).length;
  return { hours, max, failedLaunches: { refused: count('refused'), neverUp: count('neverUp') } };
}

/** Over the workloads that may change their size; over all where none may. */
function elasticityOfRun(
  { engine }: SummarisedScenario,
  { series }: Measurement,
  times: StepTimes,
  demands: ReadonlyMap<string, Demand>,
): RunResult['elasticity'] {
  const elastic = engine.workloads.filter(({ minReplicas, maxReplicas }) => maxReplicas > minReplicas);
  const judged = elastic.length === 0 ? engine.workloads : elastic;
  return meanElasticity(
    judged.map(({ name }) =>
      elasticityOf({
        demand: (demands.get(name)?.demandPods ?? new Float64Array(0)).subarray(times.first),
        supply: columnOf(series, 'workload', name, 'readyPods').subarray(times.first),
      }),
    ),
  );
}

function countByReason(decisions: readonly Decision[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { reason } of decisions) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
