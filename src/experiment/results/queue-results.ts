import type { Measurement } from '../../domain/measurement.js';
import type { AgeSummary, QueueResult } from '../../domain/queue-result.js';
import type { QueueSpec } from '../../domain/queue-spec.js';
import type { QueueTotals } from '../../domain/queue-totals.js';
import type { RunResult } from '../../domain/run-result.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import { columnOf, integral, type StepTimes } from './step-times.js';

/** Result of every queue, by name; nothing where a world has none. */
export function queueResults(measurement: Measurement, world: WorldSpec, times: StepTimes): Pick<RunResult, 'queues'> {
  if (world.queues === undefined) return {};
  const consumers = new Map(world.workloads.map(({ name, consumes }) => [consumes?.queue, name]));
  return {
    queues: Object.fromEntries(
      world.queues.map((spec): [string, QueueResult] => {
        const { waiting, inProgress, maxAgeSeconds, late, overdue, ...counts } = measurement.queues[spec.name];
        const column = (name: string): Float64Array => columnOf(measurement.series, 'queue', spec.name, name);
        const length = column('waiting');
        const seconds = (measurement.toMicros - measurement.fromMicros) / 1e6;
        return [
          spec.name,
          {
            workload: consumers.get(spec.name) ?? '',
            ...counts,
            waitingAtEnd: waiting,
            inProgressAtEnd: inProgress,
            oldestAgeSeconds: ageSummary(times, column('oldestAgeSeconds'), maxAgeSeconds),
            length: { mean: integral(times, length) / seconds, max: Math.max(0, ...length.subarray(times.first)) },
            slo: objectiveOf(spec, { ...counts, late, overdue }),
          },
        ];
      }),
    ),
  };
}

function objectiveOf(
  { slo }: QueueSpec,
  of: Pick<QueueTotals, 'published' | 'late' | 'dead' | 'expired' | 'refused' | 'overdue'>,
): QueueResult['slo'] {
  const violated = of.late + of.dead + of.expired + of.refused + of.overdue;
  const violatedShare = of.published === 0 ? 0 : violated / of.published;
  return {
    latencyMs: slo.latencyMicros / 1e3,
    target: slo.target,
    violatedShare,
    errorBudgetUsed: violatedShare / (1 - slo.target),
  };
}

/** Quantiles over time: every row counts for as long as it is. */
function ageSummary(times: StepTimes, ages: Float64Array, max: number): AgeSummary {
  const rows = Array.from({ length: times.count - times.first }, (_, i) => times.first + i);
  const sorted = rows.sort((a, b) => ages[a] - ages[b]);
  const whole = sorted.reduce((sum, row) => sum + times.lengthSeconds[row], 0);
  const at = (p: number): number => {
    let seen = 0;
    for (const row of sorted) {
      seen += times.lengthSeconds[row];
      if (seen >= p * whole - 1e-9) return ages[row];
    }
    return 0;
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max };
}
