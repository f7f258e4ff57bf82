import type { JvmResult } from '../../domain/jvm/jvm-result.js';
import type { Measurement } from '../../domain/measurement.js';

/** What the JVMs of a workload came to; null where it has none. */
export function jvmResult({ jvms = {} }: Measurement, workload: string): JvmResult | null {
  if (!Object.hasOwn(jvms, workload)) return null;
  const { runMicros, pausedMicros, collectCpuMicros, ...counts } = jvms[workload];
  return {
    pausedShare: runMicros === 0 ? null : pausedMicros / runMicros,
    collectCoreHours: collectCpuMicros / 3600e6,
    ...counts,
  };
}
