import type { EngineDelayParts } from '../../src/domain/engine-delay.js';
import type { RunResult, TwoQuantiles } from '../../src/domain/run-result.js';
import { type PairedInterval, pairedInterval } from '../../src/experiment/statistics/paired-interval.js';

/** What became of one policy in one part of the tour; means over the seeds where there are several. */
export interface TourRow {
  readonly policy: string;
  readonly seeds: number;
  readonly costUsd: number;
  readonly meanPods: number;
  readonly latencyMs: { readonly p50: number | null; readonly p99: number | null };
  readonly violatedShare: number;
  readonly failedShare: number;
  readonly lostToScaling: number;
  readonly changes: number;
  readonly reversals: number;
  readonly replicaVariance: number;
  readonly responseSeconds: TwoQuantiles;
  readonly floorSeconds: TwoQuantiles;
  readonly engineDelaySeconds: TwoQuantiles;
  /** Of the first seed; null where pods ended no shortage. */
  readonly engineDelayMeanSeconds: EngineDelayParts | null;
  /** Intervals that hold the true mean with 95%; null where there is one seed. */
  readonly intervals: {
    readonly costUsd: PairedInterval | null;
    readonly violatedShare: PairedInterval | null;
    /** Of the difference to the HPA on the same seeds. */
    readonly violatedBeyondHpa: PairedInterval | null;
  };
}

/** Sums the runs of one policy up, one a seed; `results` is not empty. Those of the HPA are on the same seeds, in the same order. */
export function tourRow(policy: string, results: readonly RunResult[], hpa: readonly RunResult[] = []): TourRow {
  const mean = (value: (result: RunResult) => number): number =>
    results.reduce((sum, result) => sum + value(result), 0) / results.length;
  const meanOrNull = (value: (result: RunResult) => number | null): number | null => {
    const known = results.map(value).filter((one) => one !== null);
    return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0) / known.length;
  };
  const two = (value: (result: RunResult) => TwoQuantiles): TwoQuantiles => ({
    p50: meanOrNull((result) => value(result).p50),
    p95: meanOrNull((result) => value(result).p95),
  });
  return {
    policy,
    seeds: results.length,
    costUsd: mean(({ cost }) => cost.total),
    meanPods: mean(({ pods }) => pods.mean),
    latencyMs: { p50: meanOrNull(({ latencyMs }) => latencyMs.p50), p99: meanOrNull(({ latencyMs }) => latencyMs.p99) },
    violatedShare: mean(({ slo }) => slo.violatedShare),
    failedShare: mean(({ requests }) => requests.failed / requests.offered),
    lostToScaling: mean(({ availability }) => availability.lostToScaling.total),
    changes: mean(({ scaling }) => scaling.ups + scaling.downs),
    reversals: mean(({ scaling }) => scaling.reversals),
    replicaVariance: mean(({ scaling }) => scaling.replicaVariance),
    responseSeconds: two(({ scaling }) => scaling.responseSeconds),
    floorSeconds: two(({ scaling }) => scaling.floorSeconds),
    engineDelaySeconds: two(({ scaling }) => scaling.engineDelaySeconds),
    engineDelayMeanSeconds: results[0].scaling.engineDelayMeanSeconds ?? null,
    intervals: {
      costUsd: pairedInterval(results.map(({ cost }) => cost.total)),
      violatedShare: pairedInterval(results.map(({ slo }) => slo.violatedShare)),
      violatedBeyondHpa:
        hpa.length === 0
          ? null
          : pairedInterval(results.map(({ slo }, i) => slo.violatedShare - hpa[i].slo.violatedShare)),
    },
  };
}
