import type { Bottleneck } from '../../domain/bottleneck.js';
import type { Measurement } from '../../domain/measurement.js';
import { plural } from '../../domain/number-format.js';
import type { WorkloadSpec } from '../../domain/world-spec.js';
import { columnOf } from './step-times.js';
import type { Window } from './worst-window.js';

/** Pods whose cores are busier than this lack cores, not workers. */
const BUSY = 0.8;

/**
 * Where requests that share cores waited for a worker while the cores had room, in the steps that account for at least half of the late
 * and failed requests: workers are held through waits and calls, and run out long before the CPU does.
 */
export function workersTaken(
  { series }: Measurement,
  workloads: readonly WorkloadSpec[],
  { from, to }: Window,
): Pick<Bottleneck, 'kind' | 'name' | 'why'> | null {
  const violated = columnOf(series, 'service', '', 'violated');
  const all = Array.from({ length: to - from }, (_, i) => from + i);
  for (const { name, pod } of workloads) {
    const { discipline, concurrency } = pod.serving;
    if (discipline !== 'processor-sharing' && discipline !== 'cfs') continue;
    const [queue, busy] = [
      columnOf(series, 'workload', name, 'queue'),
      columnOf(series, 'workload', name, 'busyShare'),
    ];
    const waited = all.filter((i) => queue[i] > 0 && busy[i] <= BUSY);
    if (waited.length === 0 || sum(violated, waited) < sum(violated, all) / 2) continue;
    const waiting = sum(queue, waited) / waited.length;
    const share = ((sum(busy, waited) / waited.length) * 100).toFixed(0);
    const why = `${plural(Math.round(waiting), 'request')} on average waited for one of the ${concurrency} workers of each pod, while the pods' CPU was ${share}% busy`;
    return { kind: 'workers', name, why };
  }
  return null;
}

function sum(column: Float64Array, steps: readonly number[]): number {
  return steps.reduce((total, i) => total + column[i], 0);
}
