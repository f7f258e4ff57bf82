import type { UsageCheckpoint } from '../../../domain/usage-history.js';
import type { Micros } from '../../../kernel/micros.js';
import { capAmounts } from './cap-amounts.js';
import { confidence } from './confidence.js';
import { policyOf } from './container-policy.js';
import { ContainerUsage, type PeakRules } from './container-usage.js';
import { explainAmounts } from './explain-amounts.js';
import { policyBounds } from './process-recommendation.js';
import { type ContainerEstimate, recommendContainers } from './recommend-containers.js';
import { type ResourceAmounts, amountOf, mapAmounts, roundUpAmount } from './resource-amounts.js';
import { UsageAggregate } from './usage-aggregate.js';
import { bytesPerMiB, toVerticalAmounts } from './vertical-amounts.js';
import { type VpaEstimators, resourceEstimators } from './vpa-estimators.js';
import type { ContainerRecommendation, NoRecommendation, VpaRecommendation } from './vpa-recommendation.js';
import type { VpaSettings } from './vpa-settings.js';

/** The name of the container of pods that have one. */
export const onlyContainer = 'main';

/** Usage of one container of one pod at one instant; null where there is no sample. */
export interface UsageSample {
  readonly pod: string;
  /** `onlyContainer` where it is absent. */
  readonly container?: string;
  readonly at: Micros;
  readonly cpuMillis: number | null;
  readonly memoryMiB: number | null;
}

/** An out-of-memory kill. */
export interface OomKill {
  readonly pod: string;
  readonly container?: string;
  readonly at: Micros;
  /** What the container had requested; its limit where it requests nothing. */
  readonly memoryMiB: number;
}

/** What is kept of a recommender between runs, by container. */
export type VpaCheckpoint = Readonly<Record<string, UsageCheckpoint>>;

interface Container {
  aggregate: UsageAggregate;
  readonly pods: Map<string, ContainerUsage>;
}

/**
 * VPA's recommender for the pods of one workload: it is told of usage and of kills, and says what pods should request.
 *
 * All pods' containers of one name share one history. `originEpochMicros` is the run's instant zero, since half-lives are counted
 * from a fixed instant. A sample costs a logarithm and two additions; nothing is kept of it. Before the first CPU sample nothing is
 * recommended, where the original would recommend the pod's minimum.
 */
export class VpaRecommender {
  private readonly containers = new Map<string, Container>();
  private readonly estimators: VpaEstimators;
  private readonly peakRules: PeakRules;
  private expired = false;

  constructor(
    private readonly settings: VpaSettings,
    private readonly originEpochMicros = 0,
  ) {
    const { cpu, memory, marginFraction, oom, memoryPeaks } = settings;
    this.estimators = {
      cpu: resourceEstimators('cpu', cpu, marginFraction),
      memory: resourceEstimators('memory', memory, marginFraction),
    };
    this.peakRules = {
      aggregationMicros: memoryPeaks.intervalMicros,
      oomBumpUpRatio: oom.bumpUpRatio,
      oomMinBumpUpBytes: oom.minBumpUpMiB * bytesPerMiB,
    };
  }

  /** Takes a sample; duplicates and what comes out of order are left out, as the original does. */
  observe({ pod, container = onlyContainer, at, cpuMillis, memoryMiB }: UsageSample): void {
    const usage = this.usageOf(pod, container);
    const instant = at + this.originEpochMicros;
    if (cpuMillis !== null) usage.addCpu(amountOf(cpuMillis), instant);
    if (memoryMiB !== null) usage.addMemory(amountOf(memoryMiB * bytesPerMiB), instant);
  }

  /** Takes a kill as a sample of what would have been needed; false where it is too old to count. */
  oom({ pod, container = onlyContainer, at, memoryMiB }: OomKill): boolean {
    return this.usageOf(pod, container).recordOom(amountOf(memoryMiB * bytesPerMiB), at + this.originEpochMicros);
  }

  /** A pod is gone; what it used stays in the history. */
  forget(pod: string): void {
    for (const { pods } of this.containers.values()) pods.delete(pod);
  }

  /** What pods should request from now on, or why nothing is recommended. */
  recommend(now: Micros): VpaRecommendation | NoRecommendation {
    this.expire(now + this.originEpochMicros);
    const known = [...this.containers].filter(([, { aggregate }]) => aggregate.samples > 0);
    if (known.length === 0) return { kind: 'none', at: now, reason: this.expired ? 'expired' : 'no-samples' };
    const active = known.filter(([name]) => !policyOf(name, this.settings).off);
    if (active.length === 0) return { kind: 'none', at: now, reason: 'off' };
    const histories = new Map(
      active.map(([name, { aggregate }]) => {
        const { controlledResources } = policyOf(name, this.settings);
        return [name, { history: aggregate, controlledResources }] as const;
      }),
    );
    const estimates = recommendContainers(histories, this.estimators, this.settings.podMinimum);
    return { kind: 'recommended', at: now, containers: [...estimates].map((entry) => this.finish(...entry)) };
  }

  /** What is to be kept; the unfinished interval's peaks are left out, so that they cannot count twice. */
  checkpoint(now: Micros): VpaCheckpoint {
    const entries = [...this.containers].map(([name, { aggregate, pods }]) => {
      const kept = aggregate.copy();
      for (const usage of pods.values()) usage.withdrawOpenPeak(kept, now + this.originEpochMicros);
      return [name, kept.save()] as const;
    });
    return Object.fromEntries(entries);
  }

  /** Adds what was kept; what is wrong with it in words, null when it was taken over. Nothing is taken over of a broken one. */
  restore(checkpoint: VpaCheckpoint): string | null {
    const loaded: [string, UsageAggregate][] = [];
    for (const [name, kept] of Object.entries(checkpoint)) {
      const aggregate = this.emptyAggregate();
      const objection = aggregate.load(kept);
      if (objection !== null) return `the checkpoint of container ${name} cannot be used: ${objection}`;
      loaded.push([name, aggregate]);
    }
    for (const [name, aggregate] of loaded) this.containerOf(name).aggregate.merge(aggregate);
    return null;
  }

  private finish(name: string, { target, lower, upper, rules }: ContainerEstimate): ContainerRecommendation {
    const { aggregate } = this.containerOf(name);
    const bounds = policyBounds(policyOf(name, this.settings));
    const uncapped = this.round(target);
    const capped = {
      target: capAmounts(uncapped, bounds),
      lower: capAmounts(this.round(lower), bounds),
      upper: capAmounts(this.round(upper), bounds),
    };
    return {
      container: name,
      target: toVerticalAmounts(capped.target.amounts),
      lower: toVerticalAmounts(capped.lower.amounts),
      upper: toVerticalAmounts(capped.upper.amounts),
      uncapped: toVerticalAmounts(uncapped),
      confidence: {
        cpu: confidence(aggregate, this.settings.cpu.confidenceMicros),
        memory: confidence(aggregate, this.settings.memory.confidenceMicros),
      },
      samples: aggregate.samples,
      rules: explainAmounts(rules, capped),
    };
  }

  private round(amounts: ResourceAmounts): ResourceAmounts {
    const { cpuMillis, memoryBytes } = this.settings.roundUp;
    return mapAmounts(amounts, (amount, resource) =>
      roundUpAmount(amount, resource === 'cpu' ? cpuMillis : memoryBytes),
    );
  }

  /** History without a sample for the whole window says nothing of today. */
  private expire(now: number): void {
    const { intervalMicros, intervals } = this.settings.memoryPeaks;
    for (const [name, { aggregate }] of this.containers) {
      if (aggregate.lastSampleMicros === null || now - aggregate.lastSampleMicros < intervalMicros * intervals)
        continue;
      this.containers.delete(name);
      this.expired = true;
    }
  }

  private usageOf(pod: string, container: string): ContainerUsage {
    const { aggregate, pods } = this.containerOf(container);
    const known = pods.get(pod);
    if (known !== undefined) return known;
    const usage = new ContainerUsage(this.peakRules, aggregate);
    pods.set(pod, usage);
    return usage;
  }

  private containerOf(name: string): Container {
    const known = this.containers.get(name);
    if (known !== undefined) return known;
    const container: Container = { aggregate: this.emptyAggregate(), pods: new Map() };
    this.containers.set(name, container);
    return container;
  }

  private emptyAggregate(): UsageAggregate {
    const { cpu, memory } = this.settings;
    return UsageAggregate.empty({ cpuMicros: cpu.halfLifeMicros, memoryMicros: memory.halfLifeMicros });
  }
}
