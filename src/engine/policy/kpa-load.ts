import type { MetricSample } from '../../domain/observation.js';
import { type Micros, micros, seconds } from '../../kernel/micros.js';
import { TimedBuckets } from './kpa/timed-buckets.js';
import { WeightedBuckets } from './kpa/weighted-buckets.js';
import type { KpaSettings } from './kpa-settings.js';

/** Length of a bucket, as in Knative, which scrapes every second. */
const BUCKET = seconds(1);

/** Averages of the load of all pods together over the two windows, as of the newest sample. */
export interface KpaLoad {
  readonly stable: number;
  readonly panic: number;
}

/**
 * Keeps what samples show of the load in the stable and in the panic window.
 *
 * Knative gets a figure a second, we get one a scrape, or one a tick where ticks are farther apart: each stands for the time since the one
 * before, so that the windows are full. They end at the newest sample and not at the present instant, since samples come late; whether they are
 * too old to act upon is not judged here.
 */
export class KpaLoadWindows {
  private readonly stable: TimedBuckets;
  private readonly panic: TimedBuckets;
  private readonly longest: Micros;
  private newestAt: Micros | null = null;

  constructor({ average, spec, panicWindow }: Pick<KpaSettings, 'average' | 'spec' | 'panicWindow'>) {
    const Buckets = average === 'linear' ? TimedBuckets : WeightedBuckets;
    this.stable = new Buckets(spec.stableWindow, BUCKET);
    this.panic = new Buckets(panicWindow, BUCKET);
    this.longest = spec.stableWindow;
  }

  /** Takes the newest sample, which counts once however often it is shown, and tells the averages. */
  take({ value, sampledAt }: MetricSample): KpaLoad {
    const bucket = Math.floor(sampledAt / BUCKET);
    const since = this.newestAt === null ? bucket - 1 : Math.floor(this.newestAt / BUCKET);
    const oldest = Math.max(since + 1, Math.floor((sampledAt - this.longest) / BUCKET) + 1);
    // A second sample of a bucket is left out, since buckets add up.
    for (let index = oldest; index <= bucket; index += 1) {
      const at = micros(index * BUCKET);
      this.stable.record(at, value);
      this.panic.record(at, value);
    }
    this.newestAt = sampledAt;
    return { stable: this.stable.average(sampledAt), panic: this.panic.average(sampledAt) };
  }
}
