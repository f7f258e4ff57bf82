import type { Rule } from '../../../domain/decision.js';
import type { Micros } from '../../../kernel/micros.js';
import { ContainerUsage } from '../vpa/container-usage.js';
import { UsageAggregate } from '../vpa/usage-aggregate.js';
import { bytesPerMiB } from '../vpa/vertical-amounts.js';
import { heapFor } from './heap-rule.js';
import { containerForHeap } from './heap-to-container.js';
import type { JvmSettings } from './jvm-settings.js';

/** What a JVM reports of itself. */
export interface JvmSample {
  readonly pod: string;
  readonly at: Micros;
  /** Heap in use just after a collection of the whole heap (of the old generation): what is live. */
  readonly heapAfterGcMiB: number;
  /** Metaspace, code cache, stacks and direct buffers in use. */
  readonly nonHeapMiB: number;
  /** Rate at which objects grow old, or are allocated where there are no generations. */
  readonly fillMiBPerSecond: number;
}

/** Memory for a JVM: its heap and the container around it. A heap changes only when the process starts anew. */
export interface JvmRecommendation {
  readonly kind: 'recommended';
  readonly at: Micros;
  readonly heapMiB: number;
  readonly nonHeapMiB: number;
  readonly containerMiB: number;
  /** In order, in MiB. */
  readonly rules: readonly Rule[];
}

interface Region {
  readonly aggregate: UsageAggregate;
  readonly pods: Map<string, ContainerUsage>;
}

/**
 * Recommends memory for a JVM from what is live after collections and from what is not heap, each by the percentile of its peaks.
 *
 * The process's resident memory says nothing: a heap is filled up to its limit before it is collected, and what was taken from the
 * system is kept, so that a recommendation from resident memory only ever confirms the limit that is there.
 */
export class JvmRecommender {
  private readonly live: Region;
  private readonly nonHeap: Region;
  /** Highest rate seen, forgotten by half-lives. */
  private fill = { rate: 0, at: 0 };

  constructor(private readonly settings: JvmSettings) {
    this.live = region(settings);
    this.nonHeap = region(settings);
  }

  /** Takes what a pod reports; samples of a pod come in order of time. */
  observe({ pod, at, heapAfterGcMiB, nonHeapMiB, fillMiBPerSecond }: JvmSample): void {
    this.usageOf(this.live, pod).addMemory(heapAfterGcMiB * bytesPerMiB, at);
    this.usageOf(this.nonHeap, pod).addMemory(nonHeapMiB * bytesPerMiB, at);
    if (fillMiBPerSecond >= this.fillAt(at)) this.fill = { rate: fillMiBPerSecond, at };
  }

  /** A pod is gone; what it reported stays. */
  forget(pod: string): void {
    this.live.pods.delete(pod);
    this.nonHeap.pods.delete(pod);
  }

  /** Heap and container from now on, or that nothing was reported yet. */
  recommend(
    now: Micros,
  ): JvmRecommendation | { readonly kind: 'none'; readonly at: Micros; readonly reason: 'no-samples' } {
    if (this.live.aggregate.memoryPeaks.isEmpty) return { kind: 'none', at: now, reason: 'no-samples' };
    const { percentile, heapRule, heapShare, headroom, minContainerMiB } = this.settings;
    const liveMiB = this.live.aggregate.percentile('memory', percentile) / bytesPerMiB;
    const nonHeapMiB = this.nonHeap.aggregate.percentile('memory', percentile) / bytesPerMiB;
    const fillMiBPerSecond = this.fillAt(now);
    const heapMiB = heapFor(liveMiB, fillMiBPerSecond, heapRule);
    const together = heapMiB + nonHeapMiB;
    const roomy = together * (1 + headroom);
    const shared = Math.max(roomy, containerForHeap(heapMiB, nonHeapMiB, heapShare));
    const containerMiB = Math.max(shared, minContainerMiB);
    const rules: readonly Rule[] = [
      { rule: 'live-set', before: liveMiB, after: liveMiB, numbers: { percentile } },
      { rule: `heap-${heapRule.by}`, before: liveMiB, after: heapMiB, numbers: { fillMiBPerSecond } },
      { rule: 'non-heap', before: heapMiB, after: together, numbers: { nonHeapMiB } },
      { rule: 'headroom', before: together, after: roomy, numbers: { headroom } },
      {
        rule: 'heap-share',
        before: roomy,
        after: shared,
        numbers: heapShare.by === 'xmx' ? {} : { share: heapShare.share },
      },
      { rule: 'minimum', before: shared, after: containerMiB, numbers: { bound: minContainerMiB } },
    ];
    return { kind: 'recommended', at: now, heapMiB, nonHeapMiB, containerMiB, rules };
  }

  private fillAt(now: number): number {
    return this.fill.rate * 2 ** ((this.fill.at - now) / this.settings.halfLifeMicros);
  }

  private usageOf({ aggregate, pods }: Region, pod: string): ContainerUsage {
    const known = pods.get(pod);
    if (known !== undefined) return known;
    const rules = { aggregationMicros: this.settings.intervalMicros, oomBumpUpRatio: 1, oomMinBumpUpBytes: 0 };
    const usage = new ContainerUsage(rules, aggregate);
    pods.set(pod, usage);
    return usage;
  }
}

function region({ halfLifeMicros }: JvmSettings): Region {
  const aggregate = UsageAggregate.empty({ cpuMicros: halfLifeMicros, memoryMicros: halfLifeMicros });
  return { aggregate, pods: new Map() };
}
