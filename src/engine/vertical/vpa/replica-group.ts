import type { UpdaterPod } from './updater-pod.js';

/** How many pods of a workload may be disturbed at once. */
export interface DisruptionRules {
  readonly minReplicas: number;
  /** Share of the replicas that may be away at once; cut off to whole pods. */
  readonly evictionTolerance: number;
}

/**
 * The pods of one workload during one round: counts what is disturbed against what must stay.
 *
 * One pod may always go when all are there and the tolerance is less than a whole pod. Source: VPA, singleGroupStats.
 */
export class ReplicaGroup {
  readonly tooFew: boolean;
  private readonly running: number;
  private readonly tolerance: number;
  private evicted = 0;
  private resized = 0;

  constructor(
    /** Replicas that the workload asks for. */
    private readonly configured: number,
    pods: readonly UpdaterPod[],
    { minReplicas, evictionTolerance }: DisruptionRules,
  ) {
    this.tooFew = pods.length < minReplicas;
    this.running = pods.filter(({ pending }) => !pending).length;
    this.tolerance = Math.trunc(configured * evictionTolerance);
  }

  /** Whether one more pod may be disturbed. */
  get allowsOneMore(): boolean {
    const disturbed = this.evicted + this.resized;
    if (this.running - disturbed > this.configured - this.tolerance) return true;
    return this.configured === this.running && this.tolerance === 0 && disturbed === 0;
  }

  /** What the budget saw, for the explanation. */
  get numbers(): Readonly<Record<string, number>> {
    const { configured, running, tolerance, evicted, resized } = this;
    return { configured, running, tolerance, evicted, resized };
  }

  /** A running pod has been sent away. */
  countEviction(): void {
    this.evicted++;
  }

  /** A resize has been asked for. */
  countResize(): void {
    this.resized++;
  }
}
