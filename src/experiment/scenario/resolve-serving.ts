import { findInstanceType } from '../../catalogue/find-instance-type.js';
import type { ServingSpec } from '../../domain/world-spec.js';
import type { WorkloadSection } from './workload-schema.js';

/** Cores of a node where a scenario has none. */
export const CORES_WITHOUT_NODES = 8;

/** Cores of the smallest of some instance types; unknown ones are somebody else's to reject. */
export function nodeCores(types: readonly string[]): number {
  const known = types.map(findInstanceType).flatMap((found) => (found.found ? [found.type.vcpu] : []));
  return known.length === 0 ? CORES_WITHOUT_NODES : Math.min(...known);
}

/** How a pod serves; `cores` are those of the node it may land on. */
export function resolveServing(pod: WorkloadSection['pod'], cores: number): ServingSpec {
  return {
    discipline: pod.discipline,
    concurrency: pod.concurrency ?? usualConcurrency(pod),
    queueLimit: pod.queue.limit ?? Infinity,
    patience: pod.queue.patience ?? null,
    ...(pod.queue.maxDelay === undefined ? {} : { maxQueueDelayMicros: pod.queue.maxDelay }),
    ...cpuOf(pod, cores),
    setUp: pod.setUp,
  };
}

/** One for each core, or no limit where requests share the cores. */
function usualConcurrency({ cpu, discipline }: WorkloadSection['pod']): number {
  if (discipline === 'processor-sharing' || discipline === 'cfs') return Infinity;
  return Math.max(1, Math.ceil((cpu.limit ?? cpu.request) / 1000));
}

function cpuOf({ cpu, discipline }: WorkloadSection['pod'], cores: number): Pick<ServingSpec, 'cpuCores' | 'quota'> {
  if (discipline !== 'cfs') return { cpuCores: (cpu.limit ?? cpu.request) / 1000 };
  const cpuCores = cpu.cores ?? cores;
  return cpu.limit === undefined
    ? { cpuCores }
    : { cpuCores, quota: { cores: cpu.limit / 1000, periodMicros: cpu.period } };
}
