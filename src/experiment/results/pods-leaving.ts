import type { Bottleneck } from '../../domain/bottleneck.js';
import type { LostRequests, Measurement, PodRecord } from '../../domain/measurement.js';
import { formatWhole, plural } from '../../domain/number-format.js';
import { columnOf } from './step-times.js';
import type { Window } from './worst-window.js';

/** A pod that began to leave so long before may still refuse what its balancers send. */
const STILL_LEAVING = 60e6;

/**
 * Where at least half of the late and failed requests failed while pods were leaving, and no more failed than leaving pods refused or cut
 * off over the whole run: the workload that most pods left.
 *
 * @param bounds of the window, in microseconds
 */
export function podsLeaving(
  { series, totals, pods }: Measurement,
  { from, to }: Window,
  bounds: { readonly start: number; readonly end: number },
): Pick<Bottleneck, 'kind' | 'name' | 'why'> | null {
  const sum = (column: string): number =>
    columnOf(series, 'service', '', column)
      .subarray(from, to)
      .reduce((total, value) => total + (Number.isFinite(value) ? value : 0), 0);
  const failed = sum('failed');
  const { refused, cutOff } = lostToLeaving(totals);
  if (failed < sum('violated') / 2 || failed > refused + cutOff) return null;
  const [most] = leaversByWorkload(pods, bounds.start - STILL_LEAVING, bounds.end);
  if (most === undefined) return null;
  const [name, count] = most;
  const why = `${plural(failed, 'request')} failed while ${plural(count, 'pod')} ${count === 1 ? 'was' : 'were'} leaving; over the whole run leaving pods refused ${formatWhole(refused)} and cut ${formatWhole(cutOff)} off`;
  return { kind: 'leavingPods', name, why };
}

function lostToLeaving(totals: Measurement['totals']): LostRequests {
  const causes = [
    { refused: totals.refusedByScaling, cutOff: totals.cutByScaling },
    totals.lostToRollout,
    totals.lostToEviction,
    totals.lostToPreemption,
  ].filter((one) => one !== undefined);
  return causes.reduce((all, { refused, cutOff }) => ({ refused: all.refused + refused, cutOff: all.cutOff + cutOff }));
}

/** The most first. */
function leaversByWorkload(pods: readonly PodRecord[], start: number, end: number): [string, number][] {
  const counts = new Map<string, number>();
  for (const { workload, terminatingAt } of pods) {
    if (terminatingAt === null || terminatingAt < start || terminatingAt >= end) continue;
    counts.set(workload, (counts.get(workload) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}
