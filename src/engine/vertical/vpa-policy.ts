import type { ResourceRecommendation, ResourceRule } from '../../domain/decision.js';
import type { PodResources } from '../../domain/pod-resources.js';
import { Bug } from '../../domain/errors.js';
import type { UsageCheckpoint } from '../../domain/usage-history.js';
import { type Micros, micros } from '../../kernel/micros.js';
import type {
  PodIncident,
  VerticalInput,
  VerticalPolicy,
  VerticalPolicyDefinition,
  VerticalProposal,
} from '../ports.js';
import { placeOf, targetOf } from './vpa/candidate.js';
import { PodMemory } from './vpa/pod-memory.js';
import { amountsOf, resourcesOfTarget, sameResources } from './vpa/pod-resources-amounts.js';
import type { PodUpdate } from './vpa/pod-update.js';
import { processRecommendation } from './vpa/process-recommendation.js';
import { toResourceAmounts } from './vpa/vertical-amounts.js';
import type { ContainerRecommendation, NoRecommendation, VpaRecommendation } from './vpa/vpa-recommendation.js';
import { VpaRecommender, onlyContainer } from './vpa/vpa-recommender.js';
import type { VpaSettings } from './vpa/vpa-settings.js';
import { VpaUpdater } from './vpa/vpa-updater.js';
import { zVpa } from './vpa-schema.js';
import { zVpaSettings } from './vpa-settings-schema.js';

/** Kubernetes' vertical pod autoscaler: recommender, updater and, for pods that are created, admission. */
export const vpaPolicy: VerticalPolicyDefinition = {
  name: 'vpa',
  description: "Requests by percentiles of past usage, as Kubernetes' VPA recommends and applies them.",
  schema: zVpa,
  create: (config, { usageHistory }) => new VpaPolicy(zVpaSettings.parse(config), usageHistory),
};

/** VPA in two steps, so that one that has no say at a tick learns all the same. */
export class VpaPolicy implements VerticalPolicy {
  private readonly recommender: VpaRecommender;
  private readonly updater: VpaUpdater;
  private readonly memory = new PodMemory();
  private known: ReadonlySet<string> = new Set();
  private latest: VpaRecommendation | NoRecommendation = { kind: 'none', at: micros(0), reason: 'no-samples' };
  private nextRecommendation = Number.NEGATIVE_INFINITY;
  private nextUpdate = Number.NEGATIVE_INFINITY;

  /** Begins with what is known from before. Throws a `Bug` for a history that cannot be used: it is judged before. */
  constructor(
    private readonly settings: VpaSettings,
    history?: UsageCheckpoint,
  ) {
    this.recommender = new VpaRecommender(settings);
    const objection = history === undefined ? null : this.recommender.restore({ [onlyContainer]: history });
    if (objection !== null) throw new Bug(objection);
    this.updater = new VpaUpdater(settings, micros(0));
  }

  decide(input: VerticalInput): VerticalProposal {
    this.learn(input);
    return this.act(input);
  }

  /** Takes in what a tick shows. */
  learn(input: VerticalInput): void {
    this.observe(input);
    if (input.now >= this.nextRecommendation) {
      this.nextRecommendation = input.now + this.settings.recommendMicros;
      this.latest = this.recommender.recommend(input.now);
    }
  }

  /** What is to be kept of what it has seen; null where that is nothing. */
  history(now: Micros): UsageCheckpoint | null {
    const kept = new Map(Object.entries(this.recommender.checkpoint(now))).get(onlyContainer);
    return kept === undefined || kept.samples === 0 ? null : kept;
  }

  /** What it would have a pod request; null where it knows too little. */
  get range(): VerticalProposal['recommendation'] {
    const one = this.recommended;
    return { cpu: rangeOf(one, 'cpuMillis'), memory: rangeOf(one, 'memoryMiB') };
  }

  /** What led to it. */
  get rules(): readonly ResourceRule[] {
    const one = this.recommended;
    return one === null ? [] : rulesOf(one);
  }

  /** Decides by what it has learnt. */
  act(input: VerticalInput): VerticalProposal {
    const one = this.recommended;
    const template = this.templateFor(input, one);
    const done = this.update(input);
    const evict = done.flatMap(({ pod, action }) => (action === 'evict' ? [pod] : []));
    const resize = done.flatMap((update) => {
      if (update.action !== 'resize') return [];
      return update.containers.map((target) => ({ pod: update.pod, resources: resourcesOfTarget(target) }));
    });
    return {
      recommendation: this.range,
      template,
      evict,
      resize,
      rules: this.rules,
      holdsHorizontal: null,
      reason: reasonOf(one, { evict, resize, changed: !sameResources(template, input.template) }),
    };
  }

  private get recommended(): ContainerRecommendation | null {
    return this.latest.kind === 'none' ? null : (this.latest.containers.at(0) ?? null);
  }

  private observe(input: VerticalInput): void {
    for (const { pod, sampledAt: at, cpuMillis, memoryMiB } of input.observation.pods) {
      this.recommender.observe({ pod, at, cpuMillis, memoryMiB });
    }
    for (const incident of input.incidents) this.take(incident, input);
    const present = new Set(input.pods.map(({ name }) => name));
    for (const pod of this.known) if (!present.has(pod)) this.recommender.forget(pod);
    this.memory.keepOnly(present);
    this.known = present;
  }

  private take(incident: PodIncident, { pods, manifest }: VerticalInput): void {
    const pod = pods.find(({ name }) => name === incident.pod);
    const has = pod?.resources ?? manifest;
    if (pod !== undefined) this.memory.take(incident, pod, has);
    if (incident.type !== 'containerOomKilled') return;
    const memoryMiB = has.memoryRequestMiB ?? has.memoryLimitMiB ?? incident.memoryMiB;
    this.recommender.oom({ pod: incident.pod, at: incident.at, memoryMiB });
  }

  /** What admission gives a new pod; the manifest's limits keep their proportion to its requests. */
  private templateFor({ template, manifest }: VerticalInput, one: ContainerRecommendation | null): PodResources {
    if (one === null || this.settings.updateMode === 'Off') return template;
    const place = placeOf(
      { name: onlyContainer, ...amountsOf(manifest) },
      { settings: this.settings, limitRange: null },
    );
    const amounts = {
      target: toResourceAmounts(one.target),
      lower: toResourceAmounts(one.lower),
      upper: toResourceAmounts(one.upper),
    };
    return resourcesOfTarget(targetOf(onlyContainer, processRecommendation(amounts, place).recommended.target, place));
  }

  private update({ now, specReplicas, pods, manifest }: VerticalInput): readonly PodUpdate[] {
    if (now < this.nextUpdate) return [];
    this.nextUpdate = now + this.settings.updater.intervalMicros;
    const live = pods.filter(({ terminating }) => !terminating);
    const shown = live.map((pod) => this.memory.show(pod, pod.resources ?? manifest));
    const done = this.updater.decide({ now, replicas: specReplicas, pods: shown, recommendation: this.latest });
    for (const { pod, action } of done) {
      const view = live.find(({ name }) => name === pod);
      if (action === 'resize') this.memory.asked(pod, view?.resources ?? manifest);
    }
    return done;
  }
}

function rangeOf(
  one: ContainerRecommendation | null,
  amount: 'cpuMillis' | 'memoryMiB',
): ResourceRecommendation | null {
  const [lower, target, upper] = [one?.lower[amount], one?.target[amount], one?.upper[amount]];
  return lower === undefined || target === undefined || upper === undefined ? null : { lower, target, upper };
}

function rulesOf({ rules }: ContainerRecommendation): readonly ResourceRule[] {
  return (['cpu', 'memory'] as const).flatMap((resource) => {
    return (rules[resource]?.target ?? []).map((rule) => ({ ...rule, resource }));
  });
}

function reasonOf(
  one: ContainerRecommendation | null,
  done: { readonly evict: readonly unknown[]; readonly resize: readonly unknown[]; readonly changed: boolean },
): string {
  if (one === null) return 'no-history';
  if (done.evict.length > 0) return 'evicted';
  if (done.resize.length > 0) return 'resized';
  return done.changed ? 'updated' : 'within-range';
}
