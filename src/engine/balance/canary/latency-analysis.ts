import type { BalancePod } from '../../ports/balance-policy.js';
import { AnswerMeter } from '../answer-meter.js';
import type { CanaryAnalysis } from './canary-settings.js';

/** What a measurement found: latencies in milliseconds, and whether the new revision is to be given up. */
export interface AnalysisFinding {
  readonly canaryMs: number;
  readonly stableMs: number;
  readonly failures: number;
  readonly failed: boolean;
}

/**
 * Compares the mean latencies of two revisions, interval by interval from when the new one has first answered. Source: Argo Rollouts, AnalysisTemplate: a metric that fails more often
 * than its failureLimit fails the analysis, and a failed analysis aborts the rollout.
 */
export class LatencyAnalysis {
  private readonly meter = new AnswerMeter(1);
  private readonly sums = { canary: { answered: 0, micros: 0 }, stable: { answered: 0, micros: 0 } };
  private failures = 0;

  constructor(
    private readonly settings: CanaryAnalysis,
    private since: number,
  ) {}

  /** Takes in what the pods' counters have gained; a finding at the end of an interval with enough requests of both, else null. */
  measure(
    pods: readonly BalancePod[],
    revisions: { readonly canary: number; readonly stable: number },
    now: number,
  ): AnalysisFinding | null {
    this.add(pods, revisions);
    if (this.sums.canary.answered === 0) this.begin(now);
    const { intervalMicros, minRequests, maxLatencyRatio, failureLimit } = this.settings;
    const { canary, stable } = this.sums;
    const enough = Math.min(canary.answered, stable.answered) >= minRequests;
    if (now - this.since < intervalMicros || !enough) return null;
    const canaryMs = canary.micros / canary.answered / 1000;
    const stableMs = stable.micros / stable.answered / 1000;
    if (canaryMs > maxLatencyRatio * stableMs) this.failures += 1;
    this.begin(now);
    const { failures } = this;
    return { canaryMs, stableMs, failures, failed: failures > failureLimit };
  }

  private begin(now: number): void {
    this.since = now;
    for (const sums of [this.sums.canary, this.sums.stable]) Object.assign(sums, { answered: 0, micros: 0 });
  }

  private add(
    pods: readonly BalancePod[],
    { canary, stable }: { readonly canary: number; readonly stable: number },
  ): void {
    const gains = this.meter.take(pods);
    const sums = new Map([
      [canary, this.sums.canary],
      [stable, this.sums.stable],
    ]);
    for (const { view } of pods) {
      const gain = gains.get(view.name);
      const of = sums.get(view.revision ?? 0);
      if (gain === undefined || of === undefined) continue;
      of.answered += gain.answered;
      of.micros += gain.micros;
    }
  }
}
