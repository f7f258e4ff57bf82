import type { QueueReading, TrafficScraped } from '../../domain/fact.js';
import type { MetricSample } from '../../domain/observation.js';
import { type Micros, micros } from '../../kernel/micros.js';
import { CounterRate } from './counter-rate.js';
import { isAmount } from './is-amount.js';

/** What the scrapes of one workload's balancer have shown: rates of its counters, its newest gauges. */
export class TrafficRecord {
  private readonly requests: CounterRate;
  private readonly errors: CounterRate;
  private queue: MetricSample | null = null;
  private inFlight: MetricSample | null = null;
  private readonly published: CounterRate;
  private messages: MetricSample | null = null;
  private age: MetricSample | null = null;

  constructor(windowMicros: number) {
    this.requests = new CounterRate(windowMicros);
    this.errors = new CounterRate(windowMicros);
    this.published = new CounterRate(windowMicros);
  }

  /** Takes a scrape read at `at`, later than the newest; a number that is garbage leaves its metric as old as it was. */
  sample(at: Micros, fact: TrafficScraped): void {
    if (isAmount(fact.requests)) this.requests.push(at, fact.requests);
    if (isAmount(fact.errors)) this.errors.push(at, fact.errors);
    if (isAmount(fact.queueLength)) this.queue = { value: fact.queueLength, sampledAt: at };
    if (isAmount(fact.inFlight)) this.inFlight = { value: fact.inFlight, sampledAt: at };
    if (fact.queue !== undefined) this.sampleQueue(at, fact.queue);
  }

  /** The metrics read at `since` or later, by name. */
  metrics(since: number): Record<string, MetricSample> {
    const metrics: Record<string, MetricSample> = {};
    const named = {
      requests_per_second: rateSample(this.requests),
      errors_per_second: rateSample(this.errors),
      queue_length: this.queue,
      in_flight: this.inFlight,
      queue_messages: this.messages,
      queue_age_seconds: this.age,
      published_per_second: rateSample(this.published),
    };
    for (const [name, sample] of Object.entries(named)) {
      if (sample !== null && sample.sampledAt >= since) metrics[name] = sample;
    }
    return metrics;
  }

  private sampleQueue(at: Micros, { messages, ageSeconds, published }: QueueReading): void {
    if (isAmount(published)) this.published.push(at, published);
    if (isAmount(messages)) this.messages = { value: messages, sampledAt: at };
    if (isAmount(ageSeconds)) this.age = { value: ageSeconds, sampledAt: at };
  }
}

function rateSample(rate: CounterRate): MetricSample | null {
  return rate.perSecond === null ? null : { value: rate.perSecond, sampledAt: micros(rate.newestAt) };
}
