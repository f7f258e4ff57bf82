import type { Measurement } from '../../domain/measurement.js';
import type { Bottleneck } from '../../domain/bottleneck.js';
import type { WorkloadSpec } from '../../domain/world-spec.js';
import { columnOf, type StepTimes } from './step-times.js';
import { type Window, windowMean } from './worst-window.js';

/** Source: kubernetes-mixin, alert CPUThrottlingHigh: a quarter of the periods. */
const THROTTLED_SHARE = 0.25;
/** A pod that uses more of its limit on average is busy rather than throttled: it lacks pods, not a higher limit. */
const BUSY = 0.8;
/** Of the CPU that threads could have used. */
const WITHHELD_SHARE = 0.1;
/** Of the time; a judgement of ours: what a tenth of the time would have served shows in the tail. */
const PAUSED_SHARE = 0.1;

/** Where CPU was there and requests did not get it: full nodes or garbage collection kept it, or a limit stopped pods that used little of it. */
export function cpuBottleneck(
  { series }: Measurement,
  workloads: readonly WorkloadSpec[],
  times: StepTimes,
  window: Window,
): Pick<Bottleneck, 'kind' | 'name' | 'why'> | null {
  for (const { name, pod } of workloads) {
    const mean = (column: string): number => windowMean(times, columnOf(series, 'workload', name, column), window) ?? 0;
    const [used, withheld] = [mean('cpuCores'), mean('withheldCores')];
    if (withheld >= WITHHELD_SHARE * (used + withheld) && withheld > 0) {
      const why = `${percent(withheld / (used + withheld))} of the CPU that its threads could have used went to others`;
      return { kind: 'nodeCpu', name, why };
    }
    const paused = mean('gcPausedShare');
    if (pod.jvm !== undefined && paused >= PAUSED_SHARE) {
      return {
        kind: 'garbageCollection',
        name,
        why: `collections stopped its programs for ${percent(paused)} of the time`,
      };
    }
    const { quota } = pod.serving;
    const share = mean('cfsPeriodsThrottled') / mean('cfsPeriods');
    if (quota === undefined || !(share >= THROTTLED_SHARE)) continue;
    const ofLimit = used / (mean('readyPods') * quota.cores);
    if (ofLimit >= BUSY) continue;
    const period = `${quota.periodMicros / 1e3} ms periods`;
    const why = `its limit stopped pods in ${percent(share)} of their ${period}, at ${percent(ofLimit)} of the limit used`;
    return { kind: 'cpuLimit', name, why };
  }
  return null;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)}%`;
}
