import { Bug } from '../../domain/errors.js';
import type { RolloutRecord } from '../../domain/measurement.js';
import { podsDown, podsUp } from '../../domain/pod-count.js';
import type { RolloutStrategy } from '../../domain/rollout-spec.js';
import type { RolloutSpec } from '../../domain/world-spec.js';
import { type Micros, micros } from '../../kernel/micros.js';
import { PHASE } from '../../kernel/timeline.js';
import { proportions } from './proportions.js';
import { ReplicaSet, type ReplicaSetParts } from './replica-set.js';
import { rollingUpdate } from './rolling-update.js';

/** How far a rollout has come, in pods. */
interface Reached {
  readonly updated: number;
  readonly old: number;
  readonly ready: number;
  readonly available: number;
}

/** Source: Kubernetes, pkg/controller/deployment/util, DeploymentProgressing. */
function isFurther(now: Reached, before: Reached): boolean {
  return (
    now.updated > before.updated || now.old < before.old || now.ready > before.ready || now.available > before.available
  );
}

const ROLLED_OUT = { reason: 'rolled out', cause: 'rollout' } as const;

/**
 * Lets new revisions take the place of earlier ones, as the Deployment controller does: at every change of readiness the newest replica set
 * grows and the others shrink by the strategy; replicas that change meanwhile are spread over all of them in proportion. A revision that
 * comes before the last one is through takes the place of both.
 *
 * Source: Kubernetes, pkg/controller/deployment, sync.go, rolling.go, recreate.go and progress.go.
 */
export class Rollouts {
  readonly records: { -readonly [Key in keyof RolloutRecord]: RolloutRecord[Key] }[] = [];
  private readonly strategy: RolloutStrategy;
  /** By revision, the newest last. */
  private readonly sets: ReplicaSet[];
  private replicas = 0;
  private planned = false;
  private progressedAt: Micros;
  private reached: Reached = { updated: 0, old: Infinity, ready: 0, available: 0 };

  constructor(
    private readonly parts: ReplicaSetParts,
    first: ReplicaSet,
  ) {
    const { context, workload } = parts;
    const { spec, lifecycle } = workload;
    const { strategy, rollouts = [] } = spec;
    if (strategy === undefined) throw new Bug(`${spec.name} must have a strategy, as it has rollouts`);
    this.strategy = strategy;
    this.sets = [first];
    this.progressedAt = context.timeline.now;
    for (const rollout of rollouts) {
      context.timeline.at(rollout.at, PHASE.world, (now) => this.begin(rollout, now));
    }
    lifecycle.changed.ask((pod, now) => {
      this.plan(now);
      if (pod.ready && strategy.minReadyMicros > 0) this.plan(micros(now + strategy.minReadyMicros));
    });
  }

  /** Another number of replicas is asked for. */
  scale(replicas: number, now: Micros): void {
    this.replicas = replicas;
    // Whoever decides about revisions says next how many of each.
    if (this.isCommanded && this.underWay) return;
    const active = this.sets.filter(({ wanted }) => wanted > 0);
    if (active.length === 0 && this.recreates) {
      // The old ones may still be on their way out.
      this.plan(now);
      return;
    }
    const alone = active.length > 1 ? null : (active.at(0) ?? this.newest);
    if (alone !== null) this.resize(alone, replicas, now);
    else {
      const sizes = proportions(active, replicas, this.surge);
      active.forEach((set, i) => this.resize(set, sizes[i], now));
    }
    this.plan(now);
  }

  /** So many pods of each revision are asked for; one that is not named has none. Only under the strategy `Canary`. */
  resizeTo(replicas: Readonly<Record<string, number>>, now: Micros): void {
    for (const set of this.sets) {
      const size = Object.hasOwn(replicas, set.revision) ? replicas[set.revision] : 0;
      if (size !== set.wanted) this.resize(set, size, now, this.underWay ? ROLLED_OUT : undefined);
    }
    this.progress(now);
    this.plan(now);
  }

  /** Creates the pods that are missing, or deletes those that are too many. */
  reconcile(now: Micros): void {
    for (const set of this.sets) set.reconcile(now);
  }

  private get newest(): ReplicaSet {
    return this.sets[this.sets.length - 1];
  }

  private get recreates(): boolean {
    return this.strategy.type === 'Recreate' && this.records.length > 0;
  }

  private get isCommanded(): boolean {
    return this.strategy.type === 'Canary';
  }

  /** A revision is on its way in. */
  private get underWay(): boolean {
    return this.records.at(-1)?.finishedAt === null;
  }

  private get surge(): number {
    return this.strategy.type === 'Recreate' ? 0 : podsUp(this.strategy.maxSurge, this.replicas);
  }

  /** Where neither surge nor unavailability would let anything happen, one may be missing. Source: Kubernetes, ResolveFenceposts. */
  private get unavailable(): number {
    const missing = podsDown(this.strategy.maxUnavailable, this.replicas);
    return Math.min(this.replicas, missing === 0 && this.surge === 0 ? 1 : missing);
  }

  private begin({ pod, demandFactor }: RolloutSpec, now: Micros): void {
    const { template, spec } = this.parts.workload;
    template.rollOut(pod, demandFactor);
    const next = new ReplicaSet(template.revision, this.parts);
    next.creation = this.sets[0].creation;
    this.sets.push(next);
    this.records.push({
      workload: spec.name,
      revision: template.revision,
      startedAt: now,
      finishedAt: null,
      stuckAt: null,
    });
    this.reached = this.state(now);
    if (this.isCommanded) {
      const { workload, context } = this.parts;
      context.emit({
        type: 'rolloutBegan',
        at: now,
        workload: workload.spec.name,
        revision: workload.template.revision,
      });
    }
    this.progress(now);
    this.plan(now);
  }

  /** Looks at everything when the present event is over: half a change must not be taken for the whole. */
  private plan(at: Micros): void {
    const { timeline } = this.parts.context;
    if (at === timeline.now) {
      if (this.planned) return;
      this.planned = true;
    }
    timeline.at(at, PHASE.world, (now) => {
      this.planned = false;
      this.sync(now);
    });
  }

  private sync(now: Micros): void {
    if (this.records.length === 0) return;
    while (!this.isCommanded) {
      const sizes = this.strategy.type === 'Recreate' ? this.recreated() : this.rolled(now);
      const changed = this.sets.filter((set, i) => set.wanted !== sizes[i]);
      if (changed.length === 0) break;
      for (const set of changed) this.resize(set, sizes[set.revision], now, ROLLED_OUT);
      this.progress(now);
    }
    const state = this.state(now);
    if (isFurther(state, this.reached)) this.progress(now);
    this.reached = state;
    this.conclude(now);
  }

  private state(now: Micros): Reached {
    const pods = this.newest.active();
    return {
      updated: pods.length,
      old: [...this.parts.workload.pods].filter(({ active, form }) => active && form.revision !== this.newest.revision)
        .length,
      ready: pods.filter(({ ready }) => ready).length,
      available: this.newest.available(now, this.strategy.minReadyMicros),
    };
  }

  private rolled(now: Micros): number[] {
    const { minReadyMicros } = this.strategy;
    const states = this.sets.map((set) => ({ wanted: set.wanted, available: set.available(now, minReadyMicros) }));
    const old = states.slice(0, -1);
    const { replicas, surge, unavailable } = this;
    const [newest, ...others] = rollingUpdate({
      replicas,
      surge,
      unavailable,
      newest: states[states.length - 1],
      old,
    });
    return [...others, newest];
  }

  /** New pods come when the last of the old ones is gone. */
  private recreated(): number[] {
    const { newest } = this;
    const gone = [...this.parts.workload.pods].every(({ form }) => form.revision === newest.revision);
    return this.sets.map((set) => {
      if (set !== newest) return 0;
      return gone ? this.replicas : set.wanted;
    });
  }

  private resize(set: ReplicaSet, size: number, now: Micros, why?: typeof ROLLED_OUT): void {
    set.maxReplicas = this.replicas + this.surge;
    set.resize(size, now, why);
  }

  /** It is through when all pods are of the newest revision and available. */
  private conclude(now: Micros): void {
    const record = this.records[this.records.length - 1];
    if (record.finishedAt !== null) return;
    const { newest, replicas } = this;
    const others = this.sets.some((set) => set !== newest && set.active().length > 0);
    if (others || newest.available(now, this.strategy.minReadyMicros) < replicas) return;
    record.finishedAt = now;
  }

  private progress(now: Micros): void {
    this.progressedAt = now;
    const { progressDeadlineMicros } = this.strategy;
    const deadline = micros(now + progressDeadlineMicros);
    this.parts.context.timeline.at(deadline, PHASE.world, (at) => {
      const record = this.records[this.records.length - 1];
      // One that is told to wait is not stuck. Source: Argo Rollouts, progressDeadlineSeconds.
      const waits = this.isCommanded && this.newest.available(at, micros(0)) >= this.newest.wanted;
      if (waits || record.finishedAt !== null || this.progressedAt + progressDeadlineMicros > at) return;
      record.stuckAt ??= at;
    });
  }
}
