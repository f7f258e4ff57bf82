import type { MetricPipelineSpec } from '../../domain/world-spec.js';
import { type Micros, micros } from '../../kernel/micros.js';
import type { KeyedRandom } from '../../kernel/random.js';
import type { Streams } from '../../kernel/streams.js';
import { PHASE } from '../../kernel/timeline.js';
import type { SimWorkload } from '../pods/sim-workload.js';
import type { SimContext } from '../sim-context.js';
import { type Scrape, scrape } from './scrape.js';

/**
 * What the engine gets to see of the world, and when: scrapes at a fixed interval, delivered after a lag, with gaps.
 *
 * In an outage a scrape yields nothing. In a freeze it yields the last one from before, with its old time stamps; an outage goes before a freeze.
 * What was scraped before either and is still on its way arrives.
 */
export class MetricPipeline {
  private readonly losses: ReadonlyMap<SimWorkload, KeyedRandom>;
  private readonly last = new Map<SimWorkload, Scrape>();
  private scrapes = 0;
  private outages = 0;
  private freezes = 0;

  constructor(
    private readonly context: SimContext,
    private readonly spec: MetricPipelineSpec,
    workloads: Iterable<SimWorkload>,
    streams: Streams,
  ) {
    this.losses = new Map([...workloads].map((workload) => [workload, streams.stream('scrape', workload.spec.name)]));
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

  /** One more (1) or one less (-1) outage. */
  changeOutages(by: 1 | -1): void {
    this.outages += by;
  }

  /** One more (1) or one less (-1) freeze. */
  changeFreezes(by: 1 | -1): void {
    this.freezes += by;
  }

  private scrapeAll(now: Micros): void {
    this.scrapes += 1;
    if (this.outages > 0) return;
    for (const [workload, random] of this.losses) {
      if (this.freezes === 0) {
        const losses = { random, probability: this.spec.dropped, scrape: this.scrapes };
        this.last.set(workload, scrape(workload, now, losses));
      }
      const read = this.last.get(workload);
      if (read !== undefined) this.deliver(read, now);
    }
  }

  private deliver(read: Scrape, now: Micros): void {
    const { timeline, emit } = this.context;
    timeline.at(micros(now + this.spec.lagMicros), PHASE.metrics, (at) => {
      emit({ at, ...read.pods });
      emit({ at, ...read.traffic });
    });
  }
}
