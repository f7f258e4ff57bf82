import type { BalanceRule } from '../../../domain/balance/balance-decision.js';
import type {
  BalanceInput,
  BalancePolicy,
  BalancePolicyDefinition,
  BalanceProposal,
} from '../../ports/balance-policy.js';
import { basicCanary, type VersionPods } from './basic-canary.js';
import type { CanarySplit } from './approximate-weight.js';
import { advance, type CanaryProgress, weightAt } from './canary-progress.js';
import { type CanarySettings, zCanary, zCanarySettings } from './canary-settings.js';
import { type AnalysisFinding, LatencyAnalysis } from './latency-analysis.js';
import { revisionPods } from './revision-pods.js';
import { routedCanary } from './routed-canary.js';
import { surgeLimits } from './surge-limits.js';

/** A new revision on its way in. */
interface Release {
  readonly canary: number;
  progress: CanaryProgress;
  readonly analysis: LatencyAnalysis | null;
  finding: AnalysisFinding | null;
  /** When it was given up, or had all traffic; null before. */
  abortedAt: number | null;
  promotedAt: number | null;
  /** Replicas as they were last asked for. */
  split: CanarySplit;
}

/** What is known at a tick of the revisions of a release. */
interface Known {
  readonly input: BalanceInput;
  readonly release: Release;
  readonly canary: VersionPods;
  readonly stable: VersionPods;
}

/**
 * Lets a new revision in by steps. With a router, balancers give each revision its share of the traffic once the pods for it are there;
 * without, the numbers of pods make the shares. A revision that comes before the last one is through takes its place; one that is given up
 * leaves the traffic to the stable one until the next comes.
 *
 * Source: Argo Rollouts, rollout/canary.go and rollout/trafficrouting.go.
 */
class CanaryPolicy implements BalancePolicy {
  private stable = 0;
  private release: Release | null = null;

  constructor(private readonly settings: CanarySettings) {}

  decide(input: BalanceInput): BalanceProposal {
    this.begin(input);
    const { release } = this;
    if (release === null) return this.settled(input);
    const known: Known = {
      input,
      release,
      canary: this.podsOf(release.canary, input),
      stable: this.podsOf(this.stable, input),
    };
    this.analyse(known);
    if (release.abortedAt !== null) return this.aborted(known, release.abortedAt);
    const before = release.progress;
    release.progress = advance(this.settings, before, input.now, (weight) => this.podsThere(known, weight));
    release.split = this.splitFor(known, weightAt(this.settings, release.progress.index));
    if (release.progress.index >= this.settings.steps.length) return this.promote(known);
    return this.proposal(known, this.wordFor(before, release.progress));
  }

  private begin({ rollout, now, replicas }: BalanceInput): void {
    if (rollout === null || rollout.revision === this.stable || rollout.revision === this.release?.canary) return;
    const { analysis } = this.settings;
    this.release = {
      canary: rollout.revision,
      progress: { index: 0, pausedSince: null },
      analysis: analysis === null ? null : new LatencyAnalysis(analysis, now),
      finding: null,
      abortedAt: null,
      promotedAt: null,
      split: { canary: 0, stable: replicas },
    };
  }

  /** One revision alone. */
  private settled({ rollout, replicas }: BalanceInput): BalanceProposal {
    if (rollout === null) return { split: null, revisions: null, rules: [], reason: 'no-rollout' };
    return {
      split: this.settings.trafficRouting ? { by: 'revision', weights: { [this.stable]: 100 } } : null,
      revisions: { [this.stable]: replicas },
      rules: [],
      reason: 'canary-promoted',
    };
  }

  private podsOf(revision: number, { pods, now }: BalanceInput): VersionPods {
    return revisionPods(pods, revision, { now, minReadyMicros: this.settings.minReadyMicros });
  }

  private analyse({ input, release }: Known): void {
    const { abortedAt, analysis, canary } = release;
    if (abortedAt !== null || analysis === null) return;
    release.finding = analysis.measure(input.pods, { canary, stable: this.stable }, input.now);
    if (release.finding?.failed === true && release.promotedAt === null) release.abortedAt = input.now;
  }

  private podsThere(known: Known, weight: number): boolean {
    const wanted = this.splitFor(known, weight);
    const { canary, stable } = known;
    const there = canary.spec === wanted.canary && canary.available >= wanted.canary;
    return there && (this.settings.trafficRouting || stable.spec === wanted.stable);
  }

  private splitFor({ input, release, canary, stable }: Known, weight: number): CanarySplit {
    const { trafficRouting, dynamicStableScale, maxSurge, maxUnavailable } = this.settings;
    const { replicas, pods } = input;
    if (trafficRouting) {
      const actual = { canary: this.weightNow(release), stable: 100 - this.weightNow(release) };
      return routedCanary({ replicas, weight, maxWeight: 100, dynamicStable: dynamicStableScale, actual });
    }
    const others = pods.filter(({ view }) => !view.terminating).length - canary.spec - stable.spec;
    return basicCanary({
      replicas,
      weight,
      maxWeight: 100,
      canary: { spec: release.split.canary, available: canary.available },
      stable: { spec: release.split.stable, available: stable.available },
      olderReplicas: others,
      ...surgeLimits(maxSurge, maxUnavailable, replicas),
    });
  }

  /** What the canary gets at present: the weight of the last step that is through. */
  private weightNow({ progress, promotedAt, abortedAt }: Release): number {
    if (abortedAt !== null) return 0;
    if (promotedAt !== null) return 100;
    return progress.index === 0 ? 0 : weightAt(this.settings, progress.index - 1);
  }

  /** All traffic, as soon as there are pods for it; then, after a delay, the earlier revision's pods go. */
  private promote(known: Known): BalanceProposal {
    const { input, release, canary, stable } = known;
    const { now, replicas } = input;
    const { trafficRouting, scaleDownDelayMicros } = this.settings;
    if (canary.available >= replicas && canary.spec === replicas) release.promotedAt ??= now;
    const { promotedAt } = release;
    const delay = trafficRouting ? scaleDownDelayMicros : 0;
    const left = trafficRouting ? 0 : stable.spec;
    if (promotedAt === null || now - promotedAt < delay || left > 0) return this.proposal(known, 'canary-promoting');
    this.stable = release.canary;
    this.release = null;
    return this.settled(input);
  }

  private aborted(known: Known, abortedAt: number): BalanceProposal {
    const { input, release } = known;
    const { trafficRouting, scaleDownDelayMicros } = this.settings;
    const kept = trafficRouting && input.now - abortedAt < scaleDownDelayMicros;
    release.split = trafficRouting
      ? { canary: kept ? release.split.canary : 0, stable: input.replicas }
      : this.splitFor(known, 0);
    return this.proposal(known, 'canary-aborted');
  }

  private wordFor(before: CanaryProgress, { index, pausedSince }: CanaryProgress): string {
    if (index !== before.index) return 'canary-step';
    return pausedSince === null ? 'canary-scaling' : 'canary-paused';
  }

  private proposal({ release, canary, stable }: Known, reason: string): BalanceProposal {
    const { split } = release;
    const weight = this.weightNow(release);
    const weights = { [this.stable]: 100 - weight, [release.canary]: weight };
    return {
      split: this.settings.trafficRouting ? { by: 'revision', weights } : null,
      revisions: { [this.stable]: split.stable, [release.canary]: split.canary },
      rules: [
        {
          rule: 'canary',
          numbers: {
            revision: release.canary,
            step: Math.min(release.progress.index + 1, this.settings.steps.length),
            of: this.settings.steps.length,
            weight,
            available: canary.available,
            wanted: split.canary,
            stableAvailable: stable.available,
          },
        },
        ...analysisRule(release, this.settings),
      ],
      reason,
    };
  }
}

function analysisRule({ finding }: Release, { analysis }: CanarySettings): BalanceRule[] {
  if (finding === null || analysis === null) return [];
  const { canaryMs, stableMs, failures } = finding;
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  const numbers = {
    canaryMs: round(canaryMs),
    stableMs: round(stableMs),
    failures,
    maxLatencyRatio: analysis.maxLatencyRatio,
  };
  return [{ rule: 'analysis', numbers }];
}

/** New revisions by steps of traffic. */
export const canaryPolicy: BalancePolicyDefinition = {
  name: 'canary',
  description: 'New revisions get traffic step by step, as under Argo Rollouts, and may be given up on their latency.',
  schema: zCanary,
  commands(config) {
    const { trafficRouting, analysis } = zCanarySettings.parse(config);
    return {
      revisions: true,
      ...(trafficRouting ? { split: 'revision' as const } : {}),
      ...(analysis === null ? {} : { latency: true as const }),
    };
  },
  create: (config) => new CanaryPolicy(zCanarySettings.parse(config)),
};
