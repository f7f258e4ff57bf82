import type { RunResult } from '../../domain/run-result.js';
import { formatMilliseconds, formatNumber, formatShare, formatUsd } from '../../domain/number-format.js';
import { attainment, costOverTime, verdictOf } from '../verdict.js';
import { bestVariant } from './best-variant.js';
import type { Overview, OverviewRun } from './overview-run.js';
import { type OverSeeds, variantSummaries, type VariantSummary } from './variant-summary.js';

/** A table of an overview, its cells as plain text. */
export interface OverviewTable {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Variants against each other: the mean over the seeds, with the worst seed where there are several. */
export function variantsTable({ runs }: Overview): OverviewTable {
  const summaries = variantSummaries(runs);
  const best = bestVariant(summaries);
  const several = summaries.some(({ runs: its }) => its.length > 1);
  const { per } = costOverTime(runs[0].result);
  const { slo } = runs[0].result;
  return {
    caption: several ? 'Variants: means over the seeds, the worst seed in brackets' : 'Variants',
    head: [
      'Variant',
      several ? 'Held with' : 'Verdict',
      `Within ${formatMilliseconds(slo.latencyMs)}`,
      'p99',
      'Failed',
      `Cost per ${per}`,
      'Mean pods',
    ],
    rows: summaries.map((summary) => variantRow(summary, summary === best, per === 'day' ? 24 : 1)),
  };
}

function variantRow(summary: VariantSummary, best: boolean, hours: number): readonly string[] {
  const { variant, runs, held, attained, p99Ms, failedShare, costPerHour, meanPods } = summary;
  const verdict = runs.length > 1 ? `${held} of ${runs.length} seeds` : verdictWord(runs[0].result);
  const price = (value: number | null): string => formatUsd(value === null ? null : value * hours);
  return [
    best ? `${variant} (best)` : variant,
    verdict,
    withWorst(attained, 'least', formatShare),
    withWorst(p99Ms, 'most', formatMilliseconds),
    withWorst(failedShare, 'most', formatShare),
    withWorst(costPerHour, 'most', price),
    withWorst(meanPods, 'most', formatNumber),
  ];
}

function withWorst(value: OverSeeds, worst: 'least' | 'most', format: (value: number | null) => string): string {
  const [mean, other] = [format(value.mean), format(value[worst])];
  return mean === other ? mean : `${mean} (${other})`;
}

/** Every run by itself; the first cell of a row is the folder of its report. */
export function runsTable({ runs }: Overview): OverviewTable {
  const { per } = costOverTime(runs[0].result);
  return {
    caption: 'Runs',
    head: [
      'Report',
      'Variant',
      'Seed',
      'Verdict',
      'Within the objective',
      'p99',
      `Cost per ${per}`,
      'Thresholds crossed',
    ],
    rows: runs.map(runRow),
  };
}

function runRow({ folder, variant, seed, result }: OverviewRun): readonly string[] {
  const crossed = result.thresholds.filter(({ met }) => !met).map(({ threshold }) => threshold);
  return [
    folder,
    variant,
    String(seed),
    verdictWord(result),
    formatShare(attainment(result)),
    formatMilliseconds(result.latencyMs.p99),
    formatUsd(costOverTime(result).amount),
    crossed.length === 0 ? 'none' : crossed.join('; '),
  ];
}

/** As `holds` judges: a threshold that was crossed is no success, whatever became of the objective. */
function verdictWord(result: RunResult): string {
  const { kind, word } = verdictOf(result);
  return kind === 'crossed' ? 'Threshold crossed' : word;
}
