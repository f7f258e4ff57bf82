import type { MetricFault } from '../../domain/fault-spec.js';
import type { MetricPipelineSpec } from '../../domain/world-spec.js';
import { type Micros, micros } from '../../kernel/micros.js';
import type { KeyedRandom } from '../../kernel/random.js';
import type { Streams } from '../../kernel/streams.js';
import { PHASE } from '../../kernel/timeline.js';
import type { Pod } from '../pods/pod.js';
import type { SimWorkload } from '../pods/sim-workload.js';
import type { SimContext } from '../sim-context.js';
import { DoubledScrapes } from './doubled-scrapes.js';
import { type Scrape, scrape } from './scrape.js';

/** What the pipeline keeps of one workload. */
interface Source {
  readonly workload: SimWorkload;
  readonly losses: KeyedRandom;
  /** Null until values are doubled for the first time. */
  doubling: DoubledScrapes | null;
  /** The last scrape that was read while values were neither frozen nor stuck. */
  last: Scrape | null;
}

/**
 * What the engine gets to see of the world, and when: scrapes at a fixed interval, delivered after a lag, with gaps.
 *
 * In an outage a scrape yields nothing. In a freeze it yields the last one from before, with its old time stamps; while values are stuck, with
 * fresh ones. An outage goes before a freeze, and a freeze before stuck values. What was scraped before and is still on its way arrives.
 */
export class MetricPipeline {
  private readonly sources: readonly Source[];
  private readonly faults: Record<MetricFault['kind'], number> = {
    metricOutage: 0,
    metricFreeze: 0,
    metricStuck: 0,
    metricDoubled: 0,
  };
  private readonly silenced: Pod[] = [];
  private scrapes = 0;

  constructor(
    private readonly context: SimContext,
    private readonly spec: MetricPipelineSpec,
    workloads: Iterable<SimWorkload>,
    streams: Streams,
  ) {
    this.sources = [...workloads].map((workload) => ({
      workload,
      losses: streams.stream('scrape', workload.spec.name),
      doubling: null,
      last: null,
    }));
  }

  /** Scrapes for the first time one interval from now, and from then on for ever. */
  start(): void {
    const { timeline } = this.context;
    const { scrapeMicros } = this.spec;
    timeline.every(micros(timeline.now + scrapeMicros), scrapeMicros, PHASE.metrics, (now) => {
      this.scrapeAll(now);
      return true;
    });
  }

  /** One more (1) or one less (-1) fault of a kind holds. */
  change(kind: MetricFault['kind'], by: 1 | -1): void {
    this.faults[kind] += by;
  }

  /** Pods yield no sample from now on (1), or again one (-1). */
  silence(pods: readonly Pod[], by: 1 | -1): void {
    if (by === 1) this.silenced.push(...pods);
    else for (const pod of pods) this.silenced.splice(this.silenced.indexOf(pod), 1);
  }

  private scrapeAll(now: Micros): void {
    this.scrapes += 1;
    const { metricOutage, metricFreeze, metricStuck } = this.faults;
    if (metricOutage > 0) return;
    for (const source of this.sources) {
      if (metricFreeze === 0 && metricStuck === 0) this.read(source, now);
      if (source.last === null) continue;
      this.deliver(metricFreeze > 0 ? source.last : stamped(source.last, now), now);
    }
  }

  private read(source: Source, now: Micros): void {
    const losses = {
      random: source.losses,
      probability: this.spec.dropped,
      scrape: this.scrapes,
      silent: new Set(this.silenced),
    };
    const doubled = this.faults.metricDoubled > 0;
    if (doubled) source.doubling ??= new DoubledScrapes(source.last);
    const read = scrape(source.workload, now, losses);
    source.last = source.doubling?.pass(read, doubled) ?? read;
  }

  private deliver(read: Scrape, now: Micros): void {
    const { timeline, emit } = this.context;
    timeline.at(micros(now + this.spec.lagMicros), PHASE.metrics, (at) => {
      emit({ at, ...read.pods });
      emit({ at, ...read.traffic });
    });
  }
}

function stamped({ pods, traffic }: Scrape, scrapedAt: Micros): Scrape {
  return { pods: { ...pods, scrapedAt }, traffic: { ...traffic, scrapedAt } };
}
