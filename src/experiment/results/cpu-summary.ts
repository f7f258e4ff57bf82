import type { CpuSummary, RunSeries } from '../../domain/run-result.js';
import { columnOf } from './step-times.js';

/** What kept the pods of a workload from CPU after the warm-up: their own limit, and nodes that were full; where there can be such a thing. */
export function cpuSummary(
  series: RunSeries,
  workload: string,
  throttles: boolean,
  shared: boolean,
): Partial<CpuSummary> {
  const total = (name: string): number =>
    columnOf(series, 'workload', workload, name).reduce(
      (sum, value, i) => (series.startSeconds[i] >= 0 && Number.isFinite(value) ? sum + value : sum),
      0,
    );
  const [periods, throttled] = [total('cfsPeriods'), total('cfsPeriodsThrottled')];
  const [used, withheld] = [total('cpuCores'), total('withheldCores')];
  return {
    ...(!throttles
      ? {}
      : {
          throttling: {
            periods,
            throttled,
            share: periods === 0 ? 0 : throttled / periods,
            stoppedSeconds: total('throttledSeconds'),
          },
        }),
    ...(shared ? { withheldCpuShare: withheld === 0 ? 0 : withheld / (used + withheld) } : {}),
  };
}
