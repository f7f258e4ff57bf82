import type { PodCreationSpec } from '../../domain/cluster-spec.js';
import { type Micros, micros } from '../../kernel/micros.js';
import { PHASE, type Timeline } from '../../kernel/timeline.js';
import { TokenBucket } from '../../kernel/token-bucket.js';

/** Source: Kubernetes, pkg/controller/replicaset/replica_set.go, BurstReplicas: pods created by one synchronisation at most. */
const BURST_REPLICAS = 500;

/**
 * How fast the ReplicaSet controller creates pods, all workloads together: one synchronisation creates in batches of 1, 2, 4, ... pods, each
 * when the one before has been answered, and every call to the API server waits for its turn at the client's rate limit.
 *
 * Source: Kubernetes, pkg/controller/replicaset/replica_set.go, slowStartBatch.
 */
export class PodCreation {
  private readonly bucket: TokenBucket;

  constructor(
    private readonly timeline: Timeline,
    private readonly spec: PodCreationSpec,
  ) {
    this.bucket = new TokenBucket(spec.perSecond, spec.burst, timeline.now);
  }

  /** Creates one by one up to `count` pods; `done` is called when the last call of this synchronisation has been answered. */
  create(count: number, one: (now: Micros) => void, done: (now: Micros) => void): void {
    this.batch(1, Math.min(count, BURST_REPLICAS), one, done);
  }

  private batch(size: number, left: number, one: (now: Micros) => void, done: (now: Micros) => void): void {
    const { now } = this.timeline;
    const calls = Math.min(size, left);
    let answered = now;
    for (let i = 0; i < calls; i += 1) {
      answered = micros(this.bucket.take(now) + this.spec.latencyMicros);
      this.timeline.at(answered, PHASE.world, one);
    }
    this.timeline.at(answered, PHASE.world, (at) => {
      if (left > calls) this.batch(2 * calls, left - calls, one, done);
      else done(at);
    });
  }
}
