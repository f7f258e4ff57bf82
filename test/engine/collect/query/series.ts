import { labelKey, type Labels } from '../../../../src/engine/collect/query/labels.js';
import { satisfies } from '../../../../src/engine/collect/query/label-matcher.js';
import type { SampledSeries, SeriesSource } from '../../../../src/engine/collect/query/sampled-series.js';
import { Query } from '../../../../src/engine/collect/query/query.js';

/** A series of samples at [second, value]; NaN ends it. */
export interface WrittenSeries {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly (readonly [second: number, value: number])[];
}

/** A source of written series. */
export function sourceOf(series: readonly WrittenSeries[]): SeriesSource {
  const made = series.map(({ metric, labels, samples }) => ({
    metric,
    series: {
      labels: new Map(Object.entries(labels)),
      times: samples.map(([second]) => second * 1e6),
      values: samples.map(([, value]) => value),
      lagMicros: 0,
    } satisfies SampledSeries,
  }));
  return {
    select: ({ metric, matchers }) =>
      made.filter((one) => one.metric === metric && satisfies(one.series.labels, matchers)).map((one) => one.series),
  };
}

/** What an expression comes to, as [labels, value] in a fixed order. Throws where it cannot be read or evaluated. */
export function evaluated(
  text: string,
  series: readonly WrittenSeries[],
  second: number,
): readonly (readonly [Labels, number])[] {
  const query = Query.read(text, null);
  if (typeof query === 'string') throw new Error(`${text} ${query}`);
  const result = query.evaluate(sourceOf(series), second * 1e6);
  if ('problem' in result) throw new Error(`${text} ${result.problem}`);
  return [...result.elements]
    .map(({ labels, value }) => [labels, value] as const)
    .sort(([a], [b]) => (labelKey(a) < labelKey(b) ? -1 : 1));
}

/** The only number that an expression comes to. */
export function numberOf(text: string, series: readonly WrittenSeries[], second: number): number {
  const all = evaluated(text, series, second);
  if (all.length !== 1) throw new Error(`${text} gives ${all.length} values`);
  return all[0][1];
}

/** One series without labels, of samples every so many seconds from zero on. */
export function every(seconds: number, metric: string, values: readonly number[], labels = {}): WrittenSeries {
  return { metric, labels, samples: values.map((value, i) => [i * seconds, value]) };
}
