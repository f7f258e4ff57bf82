import { z } from 'zod';
import type { BalanceRule } from '../../domain/balance/balance-decision.js';
import type { BalanceInput, BalancePolicy, BalanceProposal } from '../ports/balance-policy.js';
import { AnswerMeter } from './answer-meter.js';
import { endpointsOf } from './endpoints-of.js';
import { roundedWeight } from './normalised-weights.js';

/** What the policy runs on, after every notation has been read. */
export const zLatencySettings = z.strictObject({
  halfLifeMicros: z.number(),
  maxChange: z.number(),
  floor: z.number(),
  tolerance: z.number(),
  minRequests: z.number(),
});

type LatencySettings = z.output<typeof zLatencySettings>;

/** An ordinary pod's weight, and that of one that nothing is known of. */
const ORDINARY = 1;

/**
 * Part of the way to its aim, on a scale of ratios, that a weight goes in a step.
 *
 * A pod that gets more becomes slower, so that the aim itself moves against the step: by the ratio to the power of u / (1 - u) in a line for
 * one server at a utilisation u. Steps of the whole way would swing from u = 50% on; these settle up to 83%, and beyond are held by `maxChange`.
 */
const PART = 1 / 3;

/** A weight on its way to where it should be. */
interface Move {
  readonly name: string;
  readonly before: number;
  readonly target: number;
  readonly after: number;
}

/**
 * Weights by the moving averages of the pods' latencies. A pod is forgotten when it is no endpoint any more.
 *
 * A change of weights shows in latencies only after balancers have heard of it and pods have been scraped twice since. A step on what was
 * answered under other weights would be a step in the dark, so averages begin anew after each, and a pod is moved again when it has one.
 */
export class LatencyWeights implements BalancePolicy {
  private readonly meter: AnswerMeter;
  /** Moving averages in microseconds, by pod. */
  private latencies = new Map<string, number>();
  /** Weights as they were last asked for, by pod. */
  private weights = new Map<string, number>();
  /** Pods whose averages are of what they have answered since weights were changed last. */
  private fresh = new Set<string>();

  constructor(private readonly settings: LatencySettings) {
    this.meter = new AnswerMeter(settings.minRequests);
  }

  decide({ pods, now }: BalanceInput): BalanceProposal {
    const endpoints = endpointsOf(pods);
    const names = endpoints.map(({ view }) => view.name);
    this.learn(pods);
    const kept = (of: ReadonlyMap<string, number>) => new Map([...of].filter(([name]) => names.includes(name)));
    this.latencies = kept(this.latencies);
    this.weights = kept(this.weights);
    this.fresh = new Set(names.filter((name) => this.fresh.has(name)));
    if (this.latencies.size < 2) return { split: null, revisions: null, rules: [], reason: 'no-latency-yet' };
    const moves = this.move(names);
    const rules = this.rules(moves);
    if (moves.every(({ before, after }) => before === after)) {
      return { split: null, revisions: null, rules, reason: this.fresh.size === 0 ? 'settling' : 'balanced' };
    }
    this.fresh.clear();
    this.meter.beginAnew(now);
    const weights = Object.fromEntries(moves.map(({ name, after }) => [name, after]));
    return { split: { by: 'pod', weights }, revisions: null, rules, reason: 'rebalanced' };
  }

  private move(names: readonly string[]): readonly Move[] {
    const targets = this.targets();
    return names.map((name) => {
      const before = this.weights.get(name) ?? ORDINARY;
      const target = targets.get(name) ?? ORDINARY;
      const after = this.fresh.has(name) ? this.step(before, target) : before;
      this.weights.set(name, after);
      return { name, before, target, after };
    });
  }

  private rules(moves: readonly Move[]): readonly BalanceRule[] {
    const { floor, maxChange } = this.settings;
    const known = [...this.latencies.values()];
    const floored = moves.filter(({ target }) => target === floor).length;
    const bounded = moves.filter(({ before, target, after }) => after !== before && after !== roundedWeight(target));
    return [
      {
        rule: 'latency',
        numbers: { pods: known.length, leastMs: ms(Math.min(...known)), mostMs: ms(Math.max(...known)) },
      },
      ...(floored === 0 ? [] : [{ rule: 'floor', numbers: { pods: floored, floor } }]),
      ...(bounded.length === 0 ? [] : [{ rule: 'bounded-change', numbers: { pods: bounded.length, maxChange } }]),
    ];
  }

  private learn(pods: BalanceInput['pods']): void {
    for (const [name, { answered, micros, spanMicros }] of this.meter.take(pods)) {
      const mean = Math.max(1, micros / answered);
      const before = this.fresh.has(name) ? this.latencies.get(name) : undefined;
      this.fresh.add(name);
      const keep = before === undefined ? 0 : 2 ** (-spanMicros / this.settings.halfLifeMicros);
      this.latencies.set(name, keep * (before ?? 0) + (1 - keep) * mean);
    }
  }

  /** Inverse latencies, of a mean of 1, none below the floor. */
  private targets(): Map<string, number> {
    const inverse = [...this.latencies].map(([name, latency]) => [name, 1 / latency] as const);
    const mean = inverse.reduce((sum, [, value]) => sum + value, 0) / inverse.length;
    return new Map(inverse.map(([name, value]) => [name, Math.max(this.settings.floor, value / mean)]));
  }

  private step(before: number, target: number): number {
    const { maxChange, tolerance } = this.settings;
    if (Math.abs(target - before) <= tolerance * before) return before;
    const next = before * (target / before) ** PART;
    return roundedWeight(Math.min(before * (1 + maxChange), Math.max(before * (1 - maxChange), next)));
  }
}

function ms(micros: number): number {
  return Math.round(micros) / 1000;
}
