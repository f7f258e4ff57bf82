import { findInstanceType } from '../../catalogue/find-instance-type.js';
import { servingCores, usualConcurrency } from '../../domain/serving-cores.js';
import type { ServingSizing, ServingSpec } from '../../domain/world-spec.js';
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
  const { discipline, concurrency } = pod;
  const cpu = { requestMillis: pod.cpu.request, limitMillis: pod.cpu.limit ?? null };
  const sizing: ServingSizing = {
    hostCores: discipline === 'cfs' ? (pod.cpu.cores ?? host.cores) : host.cores,
    ...(host.shared ? { shared: true } : {}),
    periodMicros: pod.cpu.period,
    ...(concurrency === undefined ? { workersPerCore: true } : {}),
  };
  return {
    discipline,
    concurrency: concurrency ?? usualConcurrency(discipline, cpu),
    queueLimit: pod.queue.limit ?? Infinity,
    patience: pod.queue.patience ?? null,
    ...(pod.queue.maxDelay === undefined ? {} : { maxQueueDelayMicros: pod.queue.maxDelay }),
    ...servingCores(discipline, cpu, sizing),
    sizing,
    setUp: pod.setUp,
  };
}
