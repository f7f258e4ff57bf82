import { formatNumber } from '../../domain/number-format.js';
import type { RunResult, RunSeries } from '../../domain/run-result.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import { columnOf, type StepTimes } from './step-times.js';
import { windowMean, worstWindow } from './worst-window.js';

const FIVE_MINUTES = 300;
/** Below this many times the request, bursts are what requests without limits are for. */
const TOLD_FROM = 1.5;

/** What nothing in the world of a run held back and a real one would, a sentence a workload; the field is absent where there is nothing. */
export function cautionsOf(series: RunSeries, world: WorldSpec, times: StepTimes): Pick<RunResult, 'cautions'> {
  const { nodePools, workloads } = world;
  if (nodePools.length > 0) return {};
  const cautions = workloads.flatMap(({ name, pod }) => {
    if (pod.cpuLimitMillis !== null) return [];
    const used = columnOf(series, 'workload', name, 'cpuUtilisation');
    const window = worstWindow(times, used, FIVE_MINUTES);
    const most = window === null ? null : windowMean(times, used, window);
    return most === null || most < TOLD_FROM ? [] : [sentence(name, most)];
  });
  return cautions.length === 0 ? {} : { cautions };
}

function sentence(name: string, times: number): string {
  return `${name} used ${formatNumber(times)} times its CPU request in its busiest five minutes; without nodes and without a CPU limit nothing holds it back, as a full node would. Say what nodes there are, or the limit.`;
}
