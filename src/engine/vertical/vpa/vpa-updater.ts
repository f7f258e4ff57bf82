import type { Micros } from '../../../kernel/micros.js';
import { type Candidate, type CandidateRules, candidateOf } from './candidate.js';
import { InfeasibleAttempts } from './infeasible-attempts.js';
import type { ContainerLimitRange } from './limit-range.js';
import { Permissions } from './permissions.js';
import type { LeaveCause, PodUpdate, UpdateCause } from './pod-update.js';
import { ReplicaGroup } from './replica-group.js';
import { ResizePatience } from './resize-patience.js';
import { comparePriority } from './update-priority.js';
import type { UpdaterPod } from './updater-pod.js';
import type { NoRecommendation, VpaRecommendation } from './vpa-recommendation.js';
import type { UpdateMode, VpaSettings } from './vpa-settings.js';

/** What the updater sees in one round. */
export interface UpdateInput {
  readonly now: Micros;
  /** Replicas that the workload asks for. */
  readonly replicas: number;
  /** Pods of the workload that are not terminating. */
  readonly pods: readonly UpdaterPod[];
  readonly recommendation: VpaRecommendation | NoRecommendation;
}

/** What is worth doing, before it is known whether it may be done. */
interface Wanted {
  readonly candidate: Candidate;
  readonly cause: UpdateCause;
}

/** How a pod is brought in line. */
type Way = 'evict' | 'resize' | LeaveCause;

/**
 * VPA's updater for one workload: which pods to evict or to resize, in which order and how many, and why the others are left alone.
 *
 * Call `decide` once a round, with rising instants. It remembers only resizes: since when they are under way, and which a node could
 * not do. Source: VPA, pkg/updater/logic/updater.go, whose InPlace mode at head also resizes what its own budget put off; here the
 * budget holds in every mode.
 */
export class VpaUpdater {
  private readonly evictions: Permissions;
  private readonly resizes: Permissions;
  private readonly patience = new ResizePatience();
  private readonly infeasible = new InfeasibleAttempts();
  private readonly rules: CandidateRules;

  constructor(
    private readonly settings: VpaSettings,
    now: Micros,
    limitRange: ContainerLimitRange | null = null,
  ) {
    const { evictionsPerSecond, evictionBurst } = settings.updater;
    this.evictions = new Permissions(evictionsPerSecond, evictionBurst, now);
    this.resizes = new Permissions(evictionsPerSecond, evictionBurst, now);
    this.rules = { settings, limitRange };
  }

  /** One entry for every pod, in order: first what is done, most urgent first, then what is left alone. Empty where pods are never touched. */
  decide({ now, replicas, pods, recommendation }: UpdateInput): readonly PodUpdate[] {
    const { updateMode, updater } = this.settings;
    this.patience.watch(pods, now);
    this.infeasible.keepOnly(new Set(pods.map(({ name }) => name)));
    if (updateMode === 'Off' || updateMode === 'Initial') return [];
    if (recommendation.kind === 'none') return pods.map(({ name }) => left(name, 'no-recommendation'));
    const group = new ReplicaGroup(replicas, pods, updater);
    const candidates = pods.map((pod) => candidateOf(pod, recommendation, this.rules, now));
    const wanted = candidates
      .flatMap((candidate) => (candidate.cause === null ? [] : [{ candidate, cause: candidate.cause }]))
      .sort((a, b) => comparePriority(a.candidate.priority, b.candidate.priority));
    const done = wanted.map((one) => this.act(one, updateMode, group, now));
    const notWorth = candidates.flatMap(({ pod, leave, numbers }) =>
      leave === null ? [] : [left(pod.name, leave, numbers)],
    );
    return [
      ...done.filter(({ action }) => action !== 'leave'),
      ...done.filter(({ action }) => action === 'leave'),
      ...notWorth,
    ];
  }

  private act(wanted: Wanted, chosen: UpdateMode, group: ReplicaGroup, now: Micros): PodUpdate {
    const { candidate, cause } = wanted;
    const { pod, numbers, containers } = candidate;
    const way = this.wayOf(candidate, chosen, group, now);
    if (way === 'evict') return this.evict(wanted, group, now);
    if (way !== 'resize') return left(pod.name, way, way === 'disruption-budget' ? group.numbers : numbers);
    if (!this.resizes.takeOne(now)) return left(pod.name, 'rate-limit', numbers);
    if (pod.resize === 'infeasible') this.infeasible.record(pod.name, candidate.targets);
    group.countResize();
    return { pod: pod.name, action: 'resize', cause, numbers, containers };
  }

  private wayOf(candidate: Candidate, chosen: UpdateMode, group: ReplicaGroup, now: Micros): Way {
    if (chosen === 'Recreate') return 'evict';
    const { pod, targets } = candidate;
    if (group.tooFew && !this.settings.updater.skipBudgetInPlace) return 'too-few-replicas';
    if (pod.pending) return 'pending';
    if (chosen === 'InPlace' && this.infeasible.rulesOut(pod.name, targets)) return 'resize-infeasible';
    if (pod.resize !== 'none') return this.wayOfResizing(pod, chosen, group, now);
    return this.needsLeave(pod) && !group.allowsOneMore ? 'disruption-budget' : 'resize';
  }

  private needsLeave({ restartsOnResize }: UpdaterPod): boolean {
    return restartsOnResize || !this.settings.updater.skipBudgetInPlace;
  }

  /** InPlace waits and asks again; InPlaceOrRecreate gives a resize up when it has failed or takes too long. */
  private wayOfResizing(pod: UpdaterPod, chosen: UpdateMode, group: ReplicaGroup, now: Micros): Way {
    if (chosen === 'InPlace') return 'resize';
    if (!this.patience.isOver(pod, now)) return 'resize-under-way';
    return group.allowsOneMore ? 'evict' : 'disruption-budget';
  }

  private evict({ candidate, cause }: Wanted, group: ReplicaGroup, now: Micros): PodUpdate {
    const { pod, numbers, containers } = candidate;
    if (group.tooFew) return left(pod.name, 'too-few-replicas', group.numbers);
    // A pod that has not started serves nobody, so that it may always go.
    if (!pod.pending && !group.allowsOneMore) return left(pod.name, 'disruption-budget', group.numbers);
    if (!this.evictions.takeOne(now)) return left(pod.name, 'rate-limit', numbers);
    if (!pod.pending) group.countEviction();
    return { pod: pod.name, action: 'evict', cause, numbers, containers };
  }
}

function left(pod: string, cause: LeaveCause, numbers: Readonly<Record<string, number>> = {}): PodUpdate {
  return { pod, action: 'leave', cause, numbers };
}
