import type { PodResponses, PodsScraped, TrafficScraped } from '../../domain/fact.js';
import { type Micros, micros } from '../../kernel/micros.js';
import { isAmount } from './is-amount.js';
import { labelKey, type Labels } from './query/labels.js';
import { LOOKBACK_MICROS } from './query/evaluate-query.js';
import { satisfies } from './query/label-matcher.js';
import type { Selector } from './query/query-expression.js';
import type { SampledSeries, SeriesSource } from './query/sampled-series.js';

interface KeptSeries extends SampledSeries {
  readonly metric: string;
  readonly key: string;
  readonly times: number[];
  readonly values: number[];
  lagMicros: number;
}

/** A scrape as samples: name, labels beside `workload`, value. */
type Read = readonly (readonly [name: string, labels: Readonly<Record<string, string>>, value: number])[];

/** What a scrape of one kind of one workload has to be compared with. */
interface Feed {
  newestAt: number;
  /** Series of the last scrape, which end where the next does not have them. */
  present: ReadonlySet<KeptSeries>;
}

const MICROS = 1e6;
const BYTES_PER_MIB = 2 ** 20;

/**
 * Samples of the series that some expression looks at, as long as one may look back; nothing is kept of others.
 *
 * A series that a scrape no longer has ends there, as a target that Prometheus cannot scrape. A scrape that does not come ends nothing. One
 * that was read no later than the newest of its kind has no effect, and garbage (not finite, negative) is no sample.
 */
export class SeriesStore implements SeriesSource {
  /** How long samples are kept, by the metric's name. */
  private readonly kept = new Map<string, number>();
  /** By the metric's name, then by labels. */
  private readonly series = new Map<string, Map<string, KeptSeries>>();
  private readonly feeds = new Map<string, Feed>();
  private readonly ended = new Set<KeptSeries>();

  constructor(selectors: Iterable<Selector>) {
    for (const { metric, rangeMicros, offsetMicros } of selectors) {
      const reach = Math.max(rangeMicros ?? 0, LOOKBACK_MICROS) + offsetMicros;
      this.kept.set(metric, Math.max(reach, this.kept.get(metric) ?? 0));
      this.series.set(metric, new Map());
    }
  }

  select({ metric, matchers }: Selector): readonly SampledSeries[] {
    return [...(this.series.get(metric)?.values() ?? [])].filter(({ labels }) => satisfies(labels, matchers));
  }

  /** Takes a scrape of pods. */
  scrapePods(fact: PodsScraped): void {
    this.take('pods', fact, () => [
      ...fact.pods.flatMap((pod, i): Read => [
        ['container_cpu_usage_seconds_total', { pod }, fact.cpuMicros[i] / MICROS],
        ['container_memory_working_set_bytes', { pod }, fact.memoryMiB[i] * BYTES_PER_MIB],
        ['in_flight', { pod }, fact.inFlight[i]],
      ]),
      ...(fact.responses === undefined ? [] : responsesOf(fact.pods, fact.responses)),
    ]);
  }

  /** Takes a scrape of a balancer, and of the queue behind it where there is one. */
  scrapeTraffic(fact: TrafficScraped): void {
    const { requests, errors, queueLength, inFlight, queue } = fact;
    this.take('traffic', fact, () => [
      ['requests_total', {}, requests],
      ['errors_total', {}, errors],
      ['queue_length', {}, queueLength],
      ['requests_in_flight', {}, inFlight],
      ...(queue === undefined
        ? []
        : ([
            ['queue_messages', {}, queue.messages],
            ['queue_age_seconds', {}, queue.ageSeconds],
            ['published_total', {}, queue.published],
          ] as const)),
    ]);
  }

  private take(kind: string, fact: { at: Micros; scrapedAt: Micros; workload: string }, read: () => Read): void {
    const { workload } = fact;
    const at = Math.min(fact.scrapedAt, fact.at);
    const key = `${kind} ${workload}`;
    const feed = this.feeds.get(key) ?? { newestAt: -Infinity, present: new Set() };
    if (!(at > feed.newestAt)) return;
    const present = new Set<KeptSeries>();
    for (const [name, labels, value] of read()) {
      const series = this.seriesOf(name, new Map(Object.entries({ workload, ...labels })));
      if (series === null || !isAmount(value)) continue;
      series.lagMicros = micros(fact.at - at);
      this.push(series, at, value);
      present.add(series);
    }
    this.endOthers(feed.present, present, at);
    this.feeds.set(key, { newestAt: at, present });
  }

  /** Null where no expression looks at that name. */
  private seriesOf(name: string, labels: Labels): KeptSeries | null {
    const all = this.series.get(name);
    if (all === undefined) return null;
    const key = labelKey(labels);
    const known = all.get(key);
    if (known !== undefined) return known;
    const made: KeptSeries = { metric: name, key, labels, times: [], values: [], lagMicros: 0 };
    all.set(key, made);
    return made;
  }

  private push(series: KeptSeries, at: number, value: number): void {
    const { metric, times, values } = series;
    const since = at - (this.kept.get(metric) ?? 0);
    this.ended.delete(series);
    const old = times.findIndex((time) => time > since);
    if (old > 0) {
      times.splice(0, old);
      values.splice(0, old);
    }
    times.push(at);
    values.push(value);
  }

  private endOthers(before: ReadonlySet<KeptSeries>, present: ReadonlySet<KeptSeries>, at: number): void {
    for (const series of before) {
      if (present.has(series)) continue;
      series.times.push(at);
      series.values.push(NaN);
      this.ended.add(series);
    }
    this.forget(at);
  }

  /** What has ended so long ago that nobody looks at it any more. */
  private forget(at: number): void {
    for (const series of this.ended) {
      const { metric, key, times } = series;
      if (times[times.length - 1] > at - (this.kept.get(metric) ?? 0)) continue;
      this.series.get(metric)?.delete(key);
      this.ended.delete(series);
    }
  }
}

function responsesOf(pods: readonly string[], { le, ok, errors, sumMicros, buckets }: PodResponses): Read {
  return pods.flatMap((pod, i): Read => {
    const count = ok[i] + errors[i];
    return [
      ['http_requests_total', { pod, code: '200' }, ok[i]],
      ['http_requests_total', { pod, code: '500' }, errors[i]],
      ['http_request_duration_seconds_sum', { pod }, sumMicros[i] / MICROS],
      ['http_request_duration_seconds_count', { pod }, count],
      ...le.map((bound, k): Read[number] => [
        'http_request_duration_seconds_bucket',
        { pod, le: String(bound) },
        buckets[i][k],
      ]),
      ['http_request_duration_seconds_bucket', { pod, le: '+Inf' }, count],
    ];
  });
}
