import type { RequestTotals } from '../../../src/domain/measurement.js';

/** Totals of a run without a request. */
export const plainTotals: RequestTotals = {
  requests: { offered: 0, served: 0, failed: 0, timedOut: 0, rejected: 0, inFlightAtEnd: 0 },
  attempts: { offered: 0, served: 0, failed: 0, inFlightAtEnd: 0, amplification: 1 },
  latencyMs: { mean: null, p50: null, p90: null, p95: null, p99: null, p999: null, max: null },
  violated: 0,
  satisfied: 0,
  tolerated: 0,
  refusedByScaling: 0,
  cutByScaling: 0,
  slowedByCold: 0,
  wastedCpuMicros: 0,
};
