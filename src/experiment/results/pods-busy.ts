import type { Bottleneck } from '../../domain/bottleneck.js';
import type { Measurement } from '../../domain/measurement.js';
import { formatShare, plural } from '../../domain/number-format.js';
import type { WorkloadSpec } from '../../domain/world-spec.js';
import { columnOf } from './step-times.js';
import { accountForHalf, meanOver, type Window } from './worst-window.js';

/** Of its workers or cores. */
const BUSY = 0.95;

/** A workload whose pods had nothing left to give, in the steps that account for at least half of the late and failed requests, though by what requests usually take they were enough. */
export function podsBusy(
  { series }: Measurement,
  workloads: readonly WorkloadSpec[],
  window: Window,
): Pick<Bottleneck, 'kind' | 'name' | 'why'> | null {
  const violated = columnOf(series, 'service', '', 'violated');
  for (const { name } of workloads) {
    const [ready, busy] = ['readyPods', 'busyShare'].map((column) => columnOf(series, 'workload', name, column));
    const full = accountForHalf(violated, window, (i) => busy[i] >= BUSY);
    if (full === null) continue;
    const pods = plural(Math.round(meanOver(ready, full)), 'ready pod');
    const why = `the ${pods} could do no more, ${formatShare(Math.min(1, meanOver(busy, full)))} busy`;
    return { kind: 'pods', name, why };
  }
  return null;
}
