import type { EngineMetric, MetricElement, NamedMetric } from '../../domain/named-metric.js';
import type { DataAge } from '../../domain/named-metric.js';
import type { Micros } from '../../kernel/micros.js';

/** What an expression came to at a tick, or why it came to nothing. */
export type MetricReading = { readonly age: DataAge | null } & (
  { readonly elements: readonly MetricElement[] } | { readonly problem: string }
);

/** Stands in for a metric without a value, as its configuration says, and remembers its last one. */
export class MissingDataRule {
  private last: {
    readonly at: Micros;
    readonly elements: readonly MetricElement[];
    readonly age: DataAge | null;
  } | null = null;

  constructor(private readonly missing: EngineMetric['missing']) {}

  /** Called once a tick, in the order of ticks. */
  judge(now: Micros, reading: MetricReading): NamedMetric {
    const { age } = reading;
    if ('elements' in reading) {
      this.last = { at: now, elements: reading.elements, age };
      return { elements: reading.elements, age, missing: null };
    }
    const { problem } = reading;
    const { missing, last } = this;
    if (missing.do !== 'last') {
      const elements = missing.do === 'zero' ? [{ pod: null, value: 0 }] : [];
      return { elements, age, missing: { done: missing.do, why: problem } };
    }
    if (last !== null && now - last.at <= missing.forMicros) {
      return { elements: last.elements, age: last.age, missing: { done: 'last', why: problem } };
    }
    const limit = `no value for longer than ${missing.forMicros / 1e6} s`;
    return { elements: [], age, missing: { done: 'fail', why: `${problem}, ${limit}` } };
  }
}
