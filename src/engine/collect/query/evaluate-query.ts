import { aggregations } from './aggregations.js';
import { combine } from './combine-vectors.js';
import { labelKey, labelsBut, labelsOf, type Labels } from './labels.js';
import type { QueryExpression, Selector } from './query-expression.js';
import { QueryFault } from './query-fault.js';
import { queryFunctions } from './query-functions.js';
import { asScalar, asVector, type QueryElement, type QueryValue } from './query-value.js';
import type { SampledSeries, SeriesSource } from './sampled-series.js';
import type { WindowDefinition } from './window-functions.js';
import type { WindowSamples } from './window-samples.js';

/** How old the newest sample of a series may be for it to count without a window. Source: Prometheus, --query.lookback-delta. */
export const LOOKBACK_MICROS = 300e6;

/** What an expression is evaluated on. */
export interface QueryScene {
  readonly source: SeriesSource;
  readonly now: number;
  /** Is told the newest sample that each selector rests on. */
  readonly used: (selector: Selector, series: SampledSeries, newestAt: number) => void;
}

/**
 * What an expression comes to at an instant; throws a `QueryFault` where series cannot be matched.
 *
 * Windows are open at their beginning, as in Prometheus 3. A series that has ended, or has not been heard of for five minutes, is not there.
 */
export function evaluateQuery(expression: QueryExpression, scene: QueryScene): QueryValue {
  switch (expression.type) {
    case 'number':
      return expression.value;
    case 'selector':
      return newest(expression.selector, scene);
    case 'negation':
      return negated(evaluateQuery(expression.of, scene));
    case 'aggregation':
      return aggregated(expression, asVector(evaluateQuery(expression.of, scene)));
    case 'binary':
      return combine(expression, evaluateQuery(expression.left, scene), evaluateQuery(expression.right, scene));
    case 'call':
      return called(expression, scene);
  }
}

function called({ name, args }: Extract<QueryExpression, { type: 'call' }>, scene: QueryScene): QueryValue {
  const known = queryFunctions.get(name);
  if (known?.window !== undefined) return overWindow(known.window, args, scene);
  if (known?.apply === undefined) throw new QueryFault(`uses ${name}(), which is no function here`);
  return known.apply(
    args.map((arg) => evaluateQuery(arg, scene)),
    scene.now,
  );
}

function overWindow(
  { apply, parameter }: WindowDefinition,
  args: readonly QueryExpression[],
  scene: QueryScene,
): readonly QueryElement[] {
  const [range, number] = parameter === 'before' ? [args[1], args[0]] : args;
  if (range.type !== 'selector') throw new QueryFault('must have a selector with a window, as x[5m]');
  const given = parameter === undefined ? NaN : asScalar(evaluateQuery(number, scene));
  return scene.source.select(range.selector).flatMap((series) => {
    const samples = windowOf(series, range.selector, scene);
    const value = samples === null ? null : apply(samples, given);
    return value === null ? [] : [{ labels: series.labels, value }];
  });
}

function windowOf(series: SampledSeries, selector: Selector, { now, used }: QueryScene): WindowSamples | null {
  const endMicros = now - selector.offsetMicros;
  const startMicros = endMicros - (selector.rangeMicros ?? 0);
  const times: number[] = [];
  const values: number[] = [];
  series.times.forEach((at, i) => {
    if (at <= startMicros || at > endMicros || Number.isNaN(series.values[i])) return;
    times.push(at);
    values.push(series.values[i]);
  });
  if (times.length === 0) return null;
  used(selector, series, times[times.length - 1]);
  return { times, values, startMicros, endMicros };
}

function newest(selector: Selector, { source, now, used }: QueryScene): readonly QueryElement[] {
  const at = now - selector.offsetMicros;
  return source.select(selector).flatMap((series) => {
    const { labels, times, values } = series;
    const last = times.findLastIndex((time) => time <= at);
    if (last < 0 || times[last] <= at - LOOKBACK_MICROS || Number.isNaN(values[last])) return [];
    used(selector, series, times[last]);
    return [{ labels, value: values[last] }];
  });
}

function negated(value: QueryValue): QueryValue {
  return typeof value === 'number' ? -value : value.map((element) => ({ ...element, value: -element.value }));
}

function aggregated(
  { name, parameter, by }: Extract<QueryExpression, { type: 'aggregation' }>,
  elements: readonly QueryElement[],
): readonly QueryElement[] {
  const known = aggregations.get(name);
  if (known === undefined) throw new QueryFault(`uses ${name}(), which is no aggregation`);
  const groups = new Map<string, { readonly labels: Labels; readonly values: number[] }>();
  for (const { labels, value } of elements) {
    const kept = by.keeps ? labelsOf(labels, by.labels) : labelsBut(labels, by.labels);
    const key = labelKey(kept);
    const group = groups.get(key) ?? { labels: kept, values: [] };
    groups.set(key, group);
    group.values.push(value);
  }
  return [...groups.values()].map(({ labels, values }) => ({ labels, value: known.apply(values, parameter ?? NaN) }));
}
