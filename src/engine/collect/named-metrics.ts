import type { EngineConfig } from '../../domain/engine-config.js';
import type { PodsScraped, TrafficScraped } from '../../domain/fact.js';
import type { DataAge, NamedMetric } from '../../domain/named-metric.js';
import type { Observation } from '../../domain/observation.js';
import { type Micros, micros } from '../../kernel/micros.js';
import { MetricLoop } from './metric-loop.js';
import { SeriesStore } from './series-store.js';

interface Lags {
  pods: Micros;
  traffic: Micros;
}

/** The metrics by expression of a configuration: they see the scrapes, and what they come to is part of what is observed. */
export class NamedMetrics {
  private readonly loops: readonly MetricLoop[];
  private readonly store: SeriesStore;
  private readonly lags = new Map<string, Lags>();
  private values: readonly (readonly [MetricLoop, NamedMetric])[] = [];

  constructor(
    metrics: NonNullable<EngineConfig['metrics']>,
    private readonly windowMicros: Micros,
  ) {
    this.loops = metrics.map((metric) => new MetricLoop(metric));
    this.store = new SeriesStore(this.loops.flatMap(({ selectors }) => selectors));
  }

  /** Takes a scrape. */
  scraped(fact: PodsScraped | TrafficScraped): void {
    if (fact.type === 'podsScraped') this.store.scrapePods(fact);
    else this.store.scrapeTraffic(fact);
    const lags = this.lags.get(fact.workload) ?? { pods: micros(0), traffic: micros(0) };
    this.lags.set(fact.workload, lags);
    lags[fact.type === 'podsScraped' ? 'pods' : 'traffic'] = micros(Math.max(0, fact.at - fact.scrapedAt));
  }

  /** Evaluates all of them; called once a tick, before anything is observed. */
  tick(now: Micros): void {
    this.values = this.loops.map((loop) => [loop, loop.tick(this.store, now)]);
  }

  /** The observation of a workload with the metrics that it can scale by, and with the ages of its other numbers. */
  extend(observation: Observation): Observation {
    const { workload } = observation;
    const seen = this.values.filter(([{ metric }]) => metric.workload === null || metric.workload === workload);
    return {
      ...observation,
      named: new Map(seen.map(([{ metric }, value]) => [metric.name, value])),
      ages: this.agesOf(observation),
    };
  }

  private agesOf({ workload, pods, metrics }: Observation): ReadonlyMap<string, DataAge> {
    const lags = this.lags.get(workload) ?? { pods: micros(0), traffic: micros(0) };
    const none = micros(0);
    const ages = new Map<string, DataAge>();
    for (const [name, { sampledAt }] of Object.entries(metrics)) {
      const windowMicros = name.endsWith('_per_second') ? this.windowMicros : none;
      ages.set(name, { sampledAt, lagMicros: lags.traffic, windowMicros });
    }
    if (pods.length === 0) return ages;
    const newest = pods.reduce((a, b) => (b.sampledAt > a.sampledAt ? b : a));
    const gauge = { sampledAt: newest.sampledAt, lagMicros: lags.pods, windowMicros: none };
    ages.set('cpu', { ...gauge, windowMicros: newest.windowMicros });
    ages.set('memory', gauge);
    return ages.set('pods/in_flight', gauge);
  }
}
