import type { WorldSpec } from '../../domain/world-spec.js';

/** What a run takes for granted about queues, where it has any. */
export function queueAssumptions({ queues = [], workloads }: WorldSpec): readonly string[] {
  if (queues.length === 0) return [];
  const polled = workloads.filter(({ consumes }) => (consumes?.pollMicros ?? 0) > 0).map(({ name }) => name);
  return [
    'A queue is one line, the oldest job first, jobs that come back included; a pod takes jobs from when it listens, ready or not, until its preStop is over.',
    'A job is acknowledged when it is done, and counts from its publication to its first completion; delivered again it is the same piece of work. Jobs count among the requests, each against the objective of its queue.',
    'Brokers are never slow, down or short of room, and keep every message they have taken; nobody extends a visibility time-out. A job on its way to a pod that has stopped is as good as lost there.',
    ...(polled.length === 0
      ? []
      : [
          `Pods of ${polled.join(', ')} ask for as many jobs as they have places, whenever one comes free, else at their interval.`,
        ]),
  ];
}
