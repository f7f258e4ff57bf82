import type { ConsumerSpec, QueueSpec } from '../../domain/queue-spec.js';
import type { ServingSpec, WorkloadSpec, WorldSpec } from '../../domain/world-spec.js';
import { micros } from '../../kernel/micros.js';
import type { Scenario } from './scenario-schema.js';
import type { WorkloadSection } from './workload-schema.js';

/** Resolves the queues; a scenario without them has none. */
export function resolveQueues({ queues = {}, slo }: Scenario): Pick<WorldSpec, 'queues'> {
  const all = Object.entries(queues).map(([name, section]): QueueSpec => {
    const { visibilityTimeout, redelivery, maxReceives, retention, limit } = section;
    return {
      name,
      slo: { latencyMicros: section.slo.latency ?? slo.latency, target: section.slo.target ?? slo.target },
      redelivery: redelivery ?? (visibilityTimeout === undefined ? 'on-disconnect' : 'visibility-timeout'),
      ...(visibilityTimeout === undefined ? {} : { visibilityTimeoutMicros: visibilityTimeout }),
      ...(maxReceives === undefined ? {} : { maxReceives }),
      ...(retention === undefined ? {} : { retentionMicros: retention }),
      ...(limit === undefined ? {} : { limit }),
    };
  });
  return all.length === 0 ? {} : { queues: all };
}

/** Resolves how the pods of a workload take jobs; those behind a balancer take none. */
export function consumerOf(
  { consumes }: WorkloadSection,
  { concurrency, cpuCores }: ServingSpec,
): Pick<WorkloadSpec, 'consumes'> {
  if (consumes === undefined) return {};
  const { queue, pollInterval, receiveLatency } = consumes;
  const workers = concurrency === Infinity ? Math.max(1, Math.ceil(cpuCores)) : concurrency;
  const spec: ConsumerSpec = {
    queue,
    prefetch: consumes.prefetch ?? workers,
    pollMicros: micros(pollInterval),
    ...(receiveLatency === undefined ? {} : { receiveLatency }),
  };
  return { consumes: spec };
}
