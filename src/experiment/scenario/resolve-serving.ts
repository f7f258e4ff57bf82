import { findInstanceType } from '../../catalogue/find-instance-type.js';
import type { ServingSpec } from '../../domain/world-spec.js';
import { nodeOffers } from './node-offers.js';
import type { Scenario } from './scenario-schema.js';
import type { WorkloadSection } from './workload-schema.js';

/** Cores of a node where a scenario has none. */
export const CORES_WITHOUT_NODES = 8;

/** The node that a pod may land on, as far as serving goes. */
export interface HostCores {
  readonly cores: number;
  /** Pods share them by weight. */
  readonly shared: boolean;
}

/**
 * Cores of the smallest of the nodes' types, or of the largest where pods share them, as then the node itself sets the bound; unknown types
 * are somebody else's to reject.
 */
export function hostCores(scenario: Scenario): HostCores {
  const shared = scenario.cluster.cpuShares;
  const known = nodeOffers(scenario)
    .map(({ type }) => findInstanceType(type))
    .flatMap((found) => (found.found ? [found.type.vcpu] : []));
  if (known.length === 0) return { cores: CORES_WITHOUT_NODES, shared };
  return { cores: shared ? Math.max(...known) : Math.min(...known), shared };
}

/** How a pod serves on a host. */
export function resolveServing(pod: WorkloadSection['pod'], host: HostCores): ServingSpec {
  return {
    discipline: pod.discipline,
    concurrency: pod.concurrency ?? usualConcurrency(pod),
    queueLimit: pod.queue.limit ?? Infinity,
    patience: pod.queue.patience ?? null,
    ...(pod.queue.maxDelay === undefined ? {} : { maxQueueDelayMicros: pod.queue.maxDelay }),
    ...cpuOf(pod, host),
    setUp: pod.setUp,
  };
}

/** One for each core, or no limit where requests share the cores. */
function usualConcurrency({ cpu, discipline }: WorkloadSection['pod']): number {
  if (discipline === 'processor-sharing' || discipline === 'cfs') return Infinity;
  return Math.max(1, Math.ceil((cpu.limit ?? cpu.request) / 1000));
}

function cpuOf(
  { cpu, discipline }: WorkloadSection['pod'],
  { cores, shared }: HostCores,
): Pick<ServingSpec, 'cpuCores' | 'quota'> {
  if (discipline === 'processor-sharing' && shared)
    return { cpuCores: cpu.limit === undefined ? cores : cpu.limit / 1000 };
  if (discipline !== 'cfs') return { cpuCores: (cpu.limit ?? cpu.request) / 1000 };
  const cpuCores = cpu.cores ?? cores;
  return cpu.limit === undefined
    ? { cpuCores }
    : { cpuCores, quota: { cores: cpu.limit / 1000, periodMicros: cpu.period } };
}
