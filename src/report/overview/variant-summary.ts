import type { RunResult } from '../../domain/run-result.js';
import { attainment } from '../verdict.js';
import type { OverviewRun } from './overview-run.js';

/** One number over the seeds of a variant; null where no run had it. */
export interface OverSeeds {
  readonly mean: number | null;
  readonly least: number | null;
  readonly most: number | null;
}

/** What became of one variant, over all its seeds. */
export interface VariantSummary {
  readonly variant: string;
  readonly runs: readonly OverviewRun[];
  /** Runs that met the objective and every threshold. */
  readonly held: number;
  /** Share of requests served within the objective. */
  readonly attained: OverSeeds;
  readonly p99Ms: OverSeeds;
  readonly failedShare: OverSeeds;
  readonly costPerHour: OverSeeds;
  readonly meanPods: OverSeeds;
}

/** Sums runs up by variant, in the order in which variants first come. */
export function variantSummaries(runs: readonly OverviewRun[]): readonly VariantSummary[] {
  const variants = [...new Set(runs.map(({ variant }) => variant))];
  return variants.map((variant) => {
    const its = runs.filter((run) => run.variant === variant);
    const over = (value: (result: RunResult) => number | null): OverSeeds =>
      overSeeds(its.map(({ result }) => value(result)));
    return {
      variant,
      runs: its,
      held: its.filter(({ result }) => holds(result)).length,
      attained: over(attainment),
      p99Ms: over(({ latencyMs }) => latencyMs.p99),
      failedShare: over(({ requests }) => (requests.offered === 0 ? null : requests.failed / requests.offered)),
      costPerHour: over(({ cost }) => cost.perHour),
      meanPods: over(({ pods }) => pods.mean),
    };
  });
}

/** Whether a run met its objective and crossed no threshold; one without a request met nothing. */
export function holds(result: RunResult): boolean {
  const share = attainment(result);
  return share !== null && share >= result.slo.target && result.thresholds.every(({ met }) => met);
}

function overSeeds(values: readonly (number | null)[]): OverSeeds {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return { mean: null, least: null, most: null };
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return { mean, least: Math.min(...known), most: Math.max(...known) };
}
