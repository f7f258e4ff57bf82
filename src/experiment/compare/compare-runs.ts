import type { Comparison, MetricComparison, RunComparison } from '../../domain/comparison.js';
import { InputError } from '../../domain/errors.js';
import { resultUnit } from '../../domain/result-unit.js';
import { resultNumber } from '../results/result-number.js';
import { pairedInterval } from '../statistics/paired-interval.js';
import { type ComparedMetric, comparedMetrics } from './compared-metrics.js';
import type { RecordedRun } from './recorded-run.js';
import { settingDifferences } from './setting-differences.js';
import { isSameWorld, worldWarnings } from './world-warnings.js';

/** Runs of one choice, one for each seed. */
export interface RunGroup {
  /** As the user knows it. */
  readonly name: string;
  readonly runs: readonly RecordedRun[];
}

/**
 * Holds every group against the first, number by number, in pairs of the same seed.
 *
 * Throws InputError where groups of several runs have no seed in common; two single runs are compared whatever their seeds, with a warning.
 */
export function compareRuns(first: RunGroup, others: readonly RunGroup[]): Comparison {
  const metrics = comparedMetrics([first, ...others].flatMap(({ runs }) => runs));
  return { first: first.name, others: others.map((other) => compareGroups(first, other, metrics)) };
}

type Pair = readonly [a: RecordedRun, b: RecordedRun];

function compareGroups(first: RunGroup, other: RunGroup, metrics: readonly ComparedMetric[]): RunComparison {
  const { pairs, warnings } = paired(first, other);
  const [a, b] = pairs[0];
  const settings = settingDifferences(a, b);
  return {
    name: other.name,
    metrics: metrics.flatMap((metric) => compareMetric(metric, pairs)),
    settings,
    sameWorld: isSameWorld(a, b, settings),
    warnings: [...worldWarnings(a, b, settings, other.name), ...warnings],
  };
}

function paired(first: RunGroup, other: RunGroup): { readonly pairs: readonly Pair[]; readonly warnings: string[] } {
  const bySeed = new Map(other.runs.map((run) => [run.identity.seed, run]));
  const pairs = first.runs.flatMap((a): Pair[] => {
    const b = bySeed.get(a.identity.seed);
    return b === undefined ? [] : [[a, b]];
  });
  const left = first.runs.length + other.runs.length - 2 * pairs.length;
  if (pairs.length > 0) {
    const alone = `${left} of the runs of ${first.name} and ${other.name} have no partner with their seed and were left out.`;
    return { pairs, warnings: left === 0 ? [] : [alone] };
  }
  if (first.runs.length === 1 && other.runs.length === 1) {
    const seeds = `${other.name} has seed ${other.runs[0].identity.seed}, the first ${first.runs[0].identity.seed}: part of every difference is luck.`;
    return { pairs: [[first.runs[0], other.runs[0]]], warnings: [seeds] };
  }
  throw new InputError(
    { source: other.name },
    `must share a seed with ${first.name}, had none in common`,
    'Run both with the same seeds.',
  );
}

/** Nothing where no pair has the number in both of its runs. */
function compareMetric({ path, better }: ComparedMetric, pairs: readonly Pair[]): readonly MetricComparison[] {
  const values = pairs.flatMap(([one, other]) => {
    const [a, b] = [resultNumber(one, path), resultNumber(other, path)];
    return a === null || b === null ? [] : [{ a, b }];
  });
  if (values.length === 0) return [];
  const mean = (of: (pair: { readonly a: number; readonly b: number }) => number): number =>
    values.reduce((sum, pair) => sum + of(pair), 0) / values.length;
  const [a, difference] = [mean((pair) => pair.a), mean((pair) => pair.b - pair.a)];
  const interval = pairedInterval(values.map((pair) => pair.b - pair.a));
  return [
    {
      name: path.join('.'),
      unit: resultUnit(path),
      better,
      a,
      b: mean((pair) => pair.b),
      difference,
      relative: a === 0 ? null : difference / Math.abs(a),
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      significant: interval === null ? null : interval.low > 0 || interval.high < 0,
      pairs: values.length,
    },
  ];
}
