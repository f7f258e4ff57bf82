import type { Rule } from '../../../domain/decision.js';
import type { Micros } from '../../../kernel/micros.js';
import type { DelayWindow } from './delay-window.js';
import { excessBurstCapacity } from './excess-burst-capacity.js';
import type { KpaSpec } from './kpa-spec.js';
import { type Panic, nextPanic } from './panic.js';
import { type WantedPods, wantedPods } from './wanted-pods.js';

/** What an autoscaler sees at a tick; null where it cannot be told. */
export interface KpaInput {
  readonly readyPods: number | null;
  /** Average load of all pods together over the stable window, and over the panic window. */
  readonly stable: number | null;
  readonly panic: number | null;
}

/** What it wants at a tick. */
export interface KpaResult {
  /** False where it cannot tell, and nothing is to be changed. */
  readonly valid: boolean;
  readonly desiredPods: number;
  readonly excessBurstCapacity: number;
  /** What the stable window asks for without any limit; null where it cannot tell. */
  readonly rawStable: number | null;
  readonly rules: readonly Rule[];
}

const unknown: KpaResult = { valid: false, desiredPods: 0, excessBurstCapacity: 0, rawStable: null, rules: [] };

/**
 * The pod autoscaler of Knative: averages of a long and a short window, of which the short one can make it panic.
 *
 * Source: knative/serving pkg/autoscaler/scaling/autoscaler.go.
 */
export class KpaDecider {
  /** May be replaced between ticks. */
  spec: KpaSpec;

  constructor(
    spec: KpaSpec,
    /** Whether it panics; changes with every tick. */
    public panic: Panic,
    private readonly delay: DelayWindow | null,
  ) {
    this.spec = spec;
  }

  /** Decides at `now`; times never fall. */
  scale(now: Micros, input: KpaInput): KpaResult {
    const { readyPods, stable, panic } = input;
    if (readyPods === null || stable === null || panic === null) return unknown;
    const { spec } = this;
    const base = Math.max(1, readyPods);
    const byStable = wantedPods(spec, stable, base);
    const byPanic = wantedPods(spec, panic, base);
    const isOver = byPanic.raw / base >= spec.panicThreshold;
    this.panic = nextPanic(this.panic, isOver, spec.stableWindow, now);
    const inMode = this.panic.since === null ? stableMode(byStable, stable) : this.inPanic(byStable, byPanic, panic);
    const delayed = this.delayed(now, inMode.pods);
    return {
      valid: true,
      desiredPods: delayed.pods,
      excessBurstCapacity: excessBurstCapacity(spec, readyPods, panic),
      rawStable: byStable.raw,
      rules: [...inMode.rules, ...delayed.rules],
    };
  }

  /** The stable window may ask for more than the panic window does; the larger counts, and nothing is taken away. */
  private inPanic(byStable: WantedPods, byPanic: WantedPods, observed: number): Omit<WantedPods, 'raw'> {
    const wanted = byStable.pods >= byPanic.pods ? byStable : byPanic;
    const held = this.panic.maxPods;
    const pods = Math.max(held, wanted.pods);
    this.panic = { ...this.panic, maxPods: pods };
    const numbers = { panicAverage: observed, rawPanic: byPanic.raw, mostInPanic: held };
    return { pods, rules: [...wanted.rules, { rule: 'panic', before: byStable.pods, after: pods, numbers }] };
  }

  private delayed(now: Micros, pods: number): Omit<WantedPods, 'raw'> {
    if (!this.spec.reachable || this.delay === null) return { pods, rules: [] };
    const most = this.delay.mostWithin(now, pods);
    if (most === pods) return { pods, rules: [] };
    const numbers = { delaySeconds: this.spec.scaleDownDelay / 1e6 };
    return { pods: most, rules: [{ rule: 'scale-down-delay', before: pods, after: most, numbers }] };
  }
}

function stableMode({ raw, pods, rules }: WantedPods, observed: number): Omit<WantedPods, 'raw'> {
  const rule = { rule: 'stable-window', before: raw, after: raw, numbers: { stableAverage: observed } };
  return { pods, rules: [rule, ...rules] };
}
