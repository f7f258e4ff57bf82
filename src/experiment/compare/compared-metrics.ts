import type { MetricComparison } from '../../domain/comparison.js';
import { resultValue } from '../results/result-number.js';
import type { RecordedRun } from './recorded-run.js';

/** A number of a result that comparisons show. */
export interface ComparedMetric {
  readonly path: readonly string[];
  readonly better: MetricComparison['better'];
}

/** In reading order: were users served, how long did they wait, what did it cost, what did the autoscaler do for it. */
const common: readonly (readonly [name: string, better: MetricComparison['better']])[] = [
  ['slo.violatedShare', 'lower'],
  ['slo.errorBudgetUsed', 'lower'],
  ['slo.apdex', 'higher'],
  ['latencyMs.mean', 'lower'],
  ['latencyMs.p50', 'lower'],
  ['latencyMs.p95', 'lower'],
  ['latencyMs.p99', 'lower'],
  ['latencyMs.p999', 'lower'],
  ['requests.offered', null],
  ['requests.served', 'higher'],
  ['requests.failed', 'lower'],
  ['requests.timedOut', 'lower'],
  ['requests.rejected', 'lower'],
  ['attempts.amplification', 'lower'],
  ['availability.lostToScaling.total', 'lower'],
  ['availability.slowedByCold', 'lower'],
  ['cost.total', 'lower'],
  ['cost.perMillionRequests', 'lower'],
  ['pods.hours', null],
  ['pods.mean', null],
  ['pods.max', null],
  ['nodes.hours', null],
  ['nodes.max', null],
  ['scaling.ups', null],
  ['scaling.downs', null],
  ['scaling.reversals', 'lower'],
  ['scaling.responseSeconds.p95', 'lower'],
  ['scaling.engineDelaySeconds.p95', 'lower'],
  ['elasticity.thetaU', 'lower'],
  ['elasticity.thetaO', 'lower'],
  ['elasticity.tauU', 'lower'],
  ['elasticity.tauO', 'lower'],
  ['elasticity.instability', 'lower'],
];

/** Of a workload that is the only one, the rest is said already. */
const ofOnlyWorkload = [[['cpuUtilisation'], null]] as const;

const ofWorkload = [
  [['pods', 'mean'], null],
  [['pods', 'max'], null],
  [['cpuUtilisation'], null],
  [['failed'], 'lower'],
] as const;

const ofDependency = [
  [['peakUtilisation'], null],
  [['peakWaitMs'], 'lower'],
  [['failed'], 'lower'],
] as const;

const ofQueue = [
  [['slo', 'violatedShare'], 'lower'],
  [['oldestAgeSeconds', 'p95'], 'lower'],
  [['oldestAgeSeconds', 'max'], 'lower'],
  [['latencyMs', 'p99'], 'lower'],
  [['waitingAtEnd'], 'lower'],
  [['redelivered'], 'lower'],
  [['duplicates'], 'lower'],
  [['dead'], 'lower'],
] as const;

/** The numbers that comparisons of these runs show; workloads, dependencies and queues are those that any of them has. */
export function comparedMetrics(runs: readonly RecordedRun[]): readonly ComparedMetric[] {
  const each = (kind: string, metrics: readonly (readonly [readonly string[], MetricComparison['better']])[]) =>
    names(runs, kind).flatMap((name) => metrics.map(([path, better]) => ({ path: [kind, name, ...path], better })));
  const alone = names(runs, 'workloads').length === 1;
  return [
    ...common.map(([name, better]) => ({ path: name.split('.'), better })),
    ...each('workloads', alone ? ofOnlyWorkload : ofWorkload),
    ...each('dependencies', ofDependency),
    ...each('queues', ofQueue),
  ];
}

function names(runs: readonly RecordedRun[], kind: string): readonly string[] {
  const all = runs.flatMap((run) => {
    const found = resultValue(run, [kind]);
    return typeof found === 'object' && found !== null ? Object.keys(found) : [];
  });
  return [...new Set(all)];
}
