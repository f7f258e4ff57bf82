import type { ResourceRecommendation, ResourceRule, Rule } from '../../domain/decision.js';
import type { PodResources } from '../../domain/pod-resources.js';
import { type Micros, micros } from '../../kernel/micros.js';
import type {
  PodIncident,
  VerticalInput,
  VerticalPolicy,
  VerticalPolicyDefinition,
  VerticalProposal,
} from '../ports.js';
import { type JvmRecommendation, JvmRecommender } from './jvm/jvm-recommender.js';
import type { JvmPolicySettings } from './jvm/jvm-settings.js';
import { zJvm } from './jvm-schema.js';
import { zJvmSettings } from './jvm-settings-schema.js';
import { PodMemory } from './vpa/pod-memory.js';
import type { VpaRecommendation } from './vpa/vpa-recommendation.js';
import { onlyContainer } from './vpa/vpa-recommender.js';
import { VpaUpdater } from './vpa/vpa-updater.js';
import { VpaPolicy } from './vpa-policy.js';
import { zVpa } from './vpa-schema.js';

/** Memory of JVMs by what they report of their heaps; CPU stays as the manifest has it, or is what VPA recommends. */
export const jvmPolicy: VerticalPolicyDefinition = {
  name: 'jvm',
  description:
    'Memory of a JVM by its heap after collections and what is not heap, by new pods: heaps are fixed at start.',
  schema: zJvm,
  create: (config) => new JvmPolicy(zJvmSettings.parse(config)),
};

/**
 * Recommends request = limit of memory, gives it to new pods, and evicts those that have another: a resize in place would move the limit and
 * leave the heap. How many may go at once is for VPA's updater to say.
 */
class JvmPolicy implements VerticalPolicy {
  private readonly recommender: JvmRecommender;
  private readonly updater: VpaUpdater;
  /** Recommends CPU; null where that stays as the manifest has it. */
  private readonly cpu: VpaPolicy | null;
  private readonly memory = new PodMemory();
  private known: ReadonlySet<string> = new Set();
  private firstSample: Micros | null = null;
  /** A container of so much has run out of memory, at that time. */
  private ranOut: { readonly memoryMiB: number; readonly at: Micros } | null = null;
  private nextUpdate = Number.NEGATIVE_INFINITY;

  constructor(private readonly settings: JvmPolicySettings) {
    this.recommender = new JvmRecommender(settings);
    this.cpu = settings.cpu === undefined ? null : new VpaPolicy(settings.cpu);
    const controlledResources = this.cpu === null ? ['memory'] : ['cpu', 'memory'];
    const vpa = zVpa.parse({ updateMode: 'Recreate', controlledResources });
    this.updater = new VpaUpdater({ ...vpa, updater: settings.updater }, micros(0));
  }

  decide(input: VerticalInput): VerticalProposal {
    this.observe(input);
    this.cpu?.learn(input);
    const recommendation = this.recommender.recommend(input.now);
    const { template } = input;
    if (recommendation.kind === 'none') return holding(template, 'no-history');
    const rules = [...recommendation.rules, ...this.bumped(recommendation, input.now)];
    const target = Math.ceil(rules.at(-1)?.after ?? recommendation.containerMiB);
    const cpu = this.cpuRange(input);
    const proposal = {
      ...holding(template, 'no-history'),
      recommendation: { cpu, memory: this.range(target) },
      rules: [...this.cpuRules(cpu), ...rules.map((rule) => ({ ...rule, resource: 'memory' as const }))],
    };
    if (input.now < (this.firstSample ?? input.now) + this.settings.settleMicros) return proposal;
    const chosen = this.chosen(template, target, cpu);
    const evict = this.evictions(input, chosen.memoryLimitMiB ?? target, cpu);
    const reason = evict.length > 0 ? 'evicted' : chosen === template ? 'within-range' : 'updated';
    return { ...proposal, template: chosen, evict, reason };
  }

  private observe(input: VerticalInput): void {
    const { observation, incidents, pods, now } = input;
    for (const { pod, sampledAt: at, heap } of observation.pods) {
      if (heap === undefined) continue;
      this.firstSample ??= now;
      const { liveMiB: heapAfterGcMiB, nonHeapMiB, fillMiBPerSecond } = heap;
      this.recommender.observe({ pod, at, heapAfterGcMiB, nonHeapMiB, fillMiBPerSecond });
    }
    for (const incident of incidents) if (isOutOfMemory(incident)) this.noteOutOfMemory(incident, input);
    const present = new Set(pods.map(({ name }) => name));
    for (const pod of this.known) if (!present.has(pod)) this.recommender.forget(pod);
    this.memory.keepOnly(present);
    this.known = present;
  }

  private noteOutOfMemory({ pod, at }: PodIncident, { pods, manifest, now }: VerticalInput): void {
    const has = pods.find(({ name }) => name === pod)?.resources ?? manifest;
    this.firstSample ??= now;
    this.ranOut = { memoryMiB: Math.max(has.memoryLimitMiB ?? 0, this.ranOut?.memoryMiB ?? 0), at };
  }

  /** What has run out of memory of late was too small. */
  private bumped({ containerMiB }: JvmRecommendation, now: Micros): readonly Rule[] {
    const { ranOut, settings } = this;
    if (ranOut === null || now > ranOut.at + settings.halfLifeMicros) return [];
    const { bumpUpRatio } = settings;
    const { memoryMiB } = ranOut;
    const after = Math.max(containerMiB, memoryMiB * bumpUpRatio);
    return [{ rule: 'ran-out', before: containerMiB, after, numbers: { memoryMiB, bumpUpRatio } }];
  }

  private range(target: number): { lower: number; target: number; upper: number } {
    const { tolerance } = this.settings;
    return { lower: target / (1 + tolerance), target, upper: target * (1 + tolerance) };
  }

  /** CPU up to the limit; null where it stays: by configuration, because replicas follow it, or because too little is known. */
  private cpuRange({ scaledBy, manifest }: VerticalInput): ResourceRecommendation | null {
    const range = this.cpu === null || scaledBy.includes('cpu') ? null : this.cpu.range.cpu;
    if (range === null) return null;
    const most = manifest.cpuLimitMillis ?? Infinity;
    return {
      lower: Math.min(range.lower, most),
      target: Math.min(range.target, most),
      upper: range.upper,
    };
  }

  private cpuRules(range: ResourceRecommendation | null): readonly ResourceRule[] {
    return range === null || this.cpu === null ? [] : this.cpu.rules;
  }

  /** New pods keep what they get as long as it is near enough. */
  private chosen(template: PodResources, target: number, cpu: ResourceRecommendation | null): PodResources {
    const { memoryRequestMiB: request, memoryLimitMiB: limit, cpuRequestMillis } = template;
    const keepsMemory = request !== null && request === limit && this.isNear(request, target);
    const keepsCpu = cpu === null || (cpuRequestMillis !== null && this.isNear(cpuRequestMillis, cpu.target));
    if (keepsMemory && keepsCpu) return template;
    return {
      ...template,
      ...(keepsMemory ? {} : { memoryRequestMiB: target, memoryLimitMiB: target }),
      ...(keepsCpu ? {} : { cpuRequestMillis: cpu.target }),
    };
  }

  private isNear(amount: number, target: number): boolean {
    const { lower, upper } = this.range(target);
    return amount >= lower && amount <= upper;
  }

  private evictions(
    { now, specReplicas, pods, manifest }: VerticalInput,
    memoryMiB: number,
    cpu: ResourceRecommendation | null,
  ): readonly string[] {
    if (now < this.nextUpdate) return [];
    this.nextUpdate = now + this.settings.updater.intervalMicros;
    const shown = pods
      .filter(({ terminating }) => !terminating)
      .map((pod) => this.memory.show(pod, pod.resources ?? manifest));
    const recommendation = this.asVpa(memoryMiB, cpu, now);
    const done = this.updater.decide({ now, replicas: specReplicas, pods: shown, recommendation });
    return done.flatMap(({ pod, action }) => (action === 'evict' ? [pod] : []));
  }

  private asVpa(memoryMiB: number, cpu: ResourceRecommendation | null, at: Micros): VpaRecommendation {
    const { lower, upper } = this.range(memoryMiB);
    const cpuOf = (amount: keyof ResourceRecommendation) => (cpu === null ? {} : { cpuMillis: cpu[amount] });
    const target = { memoryMiB, ...cpuOf('target') };
    return {
      kind: 'recommended',
      at,
      containers: [
        {
          container: onlyContainer,
          target,
          lower: { memoryMiB: lower, ...cpuOf('lower') },
          upper: { memoryMiB: upper, ...cpuOf('upper') },
          uncapped: target,
          confidence: { cpu: 1, memory: 1 },
          samples: 0,
          rules: {},
        },
      ],
    };
  }
}

/** Its heap, or its container, was too small. */
function isOutOfMemory(incident: PodIncident): boolean {
  if (incident.type === 'containerExited') return incident.cause === 'OutOfMemoryError';
  return incident.type === 'containerOomKilled';
}

function holding(template: PodResources, reason: string): VerticalProposal {
  const recommendation = { cpu: null, memory: null };
  return { recommendation, template, evict: [], resize: [], rules: [], holdsHorizontal: null, reason };
}
