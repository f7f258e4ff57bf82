import type { LatencySummary } from '../../domain/latency-summary.js';
import type { Sketch } from '../../kernel/sketch.js';

/** What a sketch of microseconds says of latencies, in milliseconds. */
export function latencySummary(sketch: Sketch): LatencySummary {
  const at = (p: number): number | null => {
    const value = sketch.quantile(p);
    return value === null ? null : value / 1e3;
  };
  return {
    mean: sketch.count === 0 ? null : sketch.sum / sketch.count / 1e3,
    p50: at(0.5),
    p90: at(0.9),
    p95: at(0.95),
    p99: at(0.99),
    p999: at(0.999),
    max: sketch.count === 0 ? null : sketch.max / 1e3,
  };
}
