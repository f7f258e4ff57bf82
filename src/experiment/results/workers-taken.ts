import type { Bottleneck } from '../../domain/bottleneck.js';
import type { Measurement } from '../../domain/measurement.js';
import { plural } from '../../domain/number-format.js';
import type { WorkloadSpec } from '../../domain/world-spec.js';
import { columnOf } from './step-times.js';
import { accountForHalf, meanOver, type Window } from './worst-window.js';

/** Pods whose cores are busier than this lack cores, not workers. */
const BUSY = 0.8;

/**
 * Where requests that share cores waited for a worker while the cores had room, in the steps that account for at least half of the late
 * and failed requests: workers are held through waits and calls, and run out long before the CPU does.
 */
export function workersTaken(
  { series }: Measurement,
  workloads: readonly WorkloadSpec[],
  window: Window,
): Pick<Bottleneck, 'kind' | 'name' | 'why'> | null {
  const violated = columnOf(series, 'service', '', 'violated');
  for (const { name, pod } of workloads) {
    const { discipline, concurrency } = pod.serving;
    if (discipline !== 'processor-sharing' && discipline !== 'cfs') continue;
    const [queue, busy] = [
      columnOf(series, 'workload', name, 'queue'),
      columnOf(series, 'workload', name, 'busyShare'),
    ];
    const waited = accountForHalf(violated, window, (i) => queue[i] > 0 && busy[i] <= BUSY);
    if (waited === null) continue;
    const waiting = meanOver(queue, waited);
    const share = (meanOver(busy, waited) * 100).toFixed(0);
    const why = `${plural(Math.round(waiting), 'request')} on average waited for one of the ${concurrency} workers of each pod, while the pods' CPU was ${share}% busy`;
    return { kind: 'workers', name, why };
  }
  return null;
}
