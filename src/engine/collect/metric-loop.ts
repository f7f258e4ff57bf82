import { Bug } from '../../domain/errors.js';
import type { DataAge, EngineMetric, NamedMetric } from '../../domain/named-metric.js';
import { type Micros, micros } from '../../kernel/micros.js';
import { MissingDataRule, type MetricReading } from './missing-data.js';
import { Query, type QueryInputs } from './query/query.js';
import type { Selector } from './query/query-expression.js';
import type { QueryElement } from './query/query-value.js';
import type { SeriesSource } from './query/sampled-series.js';
import { Smoothing } from './smoothing.js';

/** One metric by expression with its memory, evaluated once a tick. */
export class MetricLoop {
  private readonly query: Query;
  private readonly missing: MissingDataRule;
  private readonly smoothing: Smoothing | null;
  /** While no series has samples to rest on, it is as old as it was. */
  private age: DataAge | null = null;

  /** Throws a `Bug` where the expression cannot be read: expressions are checked before. */
  constructor(readonly metric: EngineMetric) {
    const { name, expr, workload, smoothingMicros } = metric;
    const query = Query.read(expr, workload);
    if (typeof query === 'string') throw new Bug(`the expression of ${name} ${query}`);
    this.query = query;
    this.missing = new MissingDataRule(metric.missing);
    this.smoothing = smoothingMicros === null ? null : new Smoothing(smoothingMicros);
  }

  /** What it looks at. */
  get selectors(): readonly Selector[] {
    return this.query.selectors;
  }

  /** Its value at a tick: evaluated, judged by its age, stood in for where it is missing, smoothed where it is not. */
  tick(source: SeriesSource, now: Micros): NamedMetric {
    const result = this.query.evaluate(source, now);
    this.age = this.ageOf(result) ?? this.age;
    const { age } = this;
    const problem = 'problem' in result ? `it ${result.problem}` : this.objection(result.elements, age, now);
    if ('problem' in result || problem !== null) return this.missing.judge(now, { age, problem: problem ?? '' });
    const elements = result.elements.map(({ labels, value }) => ({ pod: labels.get('pod') ?? null, value }));
    const reading: MetricReading = { age, elements: this.smoothing?.next(now, elements) ?? elements };
    return this.missing.judge(now, reading);
  }

  private ageOf({ sampledAt, lagMicros }: QueryInputs): DataAge | null {
    if (sampledAt === null) return null;
    return {
      sampledAt: micros(sampledAt),
      lagMicros: micros(lagMicros),
      windowMicros: micros(this.query.windowMicros),
    };
  }

  private objection(elements: readonly QueryElement[], age: DataAge | null, now: Micros): string | null {
    if (elements.length === 0) return 'no series has recent samples';
    const limit = this.metric.staleAfterMicros;
    const old = age === null ? 0 : now - age.sampledAt;
    if (old > limit) return `its newest sample is ${old / 1e6} s old, limit ${limit / 1e6} s`;
    const wrong = elements.find(({ value }) => !Number.isFinite(value));
    return wrong === undefined ? null : `it comes to ${wrong.value}`;
  }
}
