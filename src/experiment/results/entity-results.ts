import { mayThrottle } from '../../domain/may-throttle.js';
import type { Measurement } from '../../domain/measurement.js';
import type { RequestedResult } from '../../domain/disruption-result.js';
import type { DependencyResult, WorkloadResult } from '../../domain/run-result.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import { balancerSummary } from './balancer-summary.js';
import { connectionSummary } from './connection-summary.js';
import { cpuSummary } from './cpu-summary.js';
import { jvmResult } from './jvm-result.js';
import { podSummary } from './pod-summary.js';
import { type RequestedHours, requestedHours } from './requested-hours.js';
import { revisionSummary } from './revision-summary.js';
import { columnOf, integral, type StepTimes } from './step-times.js';
import { windowMean, worstWindow } from './worst-window.js';

const FIVE_MINUTES = 300;
const none = { offered: 0, served: 0, failed: 0 };

/** Result of every workload, by name. */
export function workloadResults(
  measurement: Measurement,
  world: WorldSpec,
  times: StepTimes,
): Record<string, WorkloadResult> {
  return Object.fromEntries(
    world.workloads.map((workload): [string, WorkloadResult] => {
      const { name, balancer } = workload;
      const pods = podSummary(measurement, name);
      const used = integral(times, columnOf(measurement.series, 'workload', name, 'cpuCores')) / 3600;
      const requested = requestedHours(measurement, name);
      const memory = integral(times, columnOf(measurement.series, 'workload', name, 'memoryMiB')) / 3600;
      const { offered, served, failed } = measurement.visits[name] ?? none;
      const cpuUtilisation = requested.cpuCores > 0 ? used / requested.cpuCores : null;
      const kept = balancer.per === 'connection' ? { connections: connectionSummary(measurement.series, name) } : {};
      const cpu = cpuSummary(measurement.series, name, mayThrottle(workload), world.cluster.sharesCpu === true);
      const more = balancerSummary(measurement.series, name);
      const jvm = jvmResult(measurement, name);
      const balanced = more === null ? {} : { balancer: more };
      const revisions = revisionSummary(measurement.series, name);
      return [
        name,
        {
          pods,
          offered,
          served,
          failed,
          cpuUtilisation,
          requested: usedOf(requested, used, memory),
          ...cpu,
          ...kept,
          ...balanced,
          ...(jvm === null ? {} : { jvm }),
          ...(revisions === null ? {} : { revisions }),
        },
      ];
    }),
  );
}

/** Slack of the requests: `used` are core-hours and MiB-hours. */
function usedOf({ cpuCores, memoryMiB }: RequestedHours, cpu: number, memory: number): RequestedResult {
  return {
    cpuCoreHours: cpuCores,
    memoryGibHours: memoryMiB / 1024,
    cpuUsedShare: cpuCores > 0 ? cpu / cpuCores : null,
    memoryUsedShare: memoryMiB > 0 ? memory / memoryMiB : null,
  };
}

/** Result of every dependency, by name. */
export function dependencyResults(
  measurement: Measurement,
  world: WorldSpec,
  times: StepTimes,
): Record<string, DependencyResult> {
  const seconds = (measurement.toMicros - measurement.fromMicros) / 1e6;
  return Object.fromEntries(
    world.dependencies.map(({ name }): [string, DependencyResult] => {
      const column = (of: string): Float64Array => columnOf(measurement.series, 'dependency', name, of);
      const utilisation = column('utilisation');
      const busiest = worstWindow(times, utilisation, FIVE_MINUTES);
      const { offered, served, failed } = measurement.visits[name] ?? none;
      return [
        name,
        {
          offered,
          served,
          failed,
          utilisation: integral(times, utilisation) / seconds,
          peakUtilisation: busiest === null ? 0 : (windowMean(times, utilisation, busiest) ?? 0),
          peakWaitMs: busiest === null ? 0 : (windowMean(times, column('waitMs'), busiest) ?? 0),
        },
      ];
    }),
  );
}
