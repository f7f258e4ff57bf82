import type { RegularBins } from '../regular-bins.js';
import type { TraceUnit } from '../trace.js';
import type { MatrixSums } from './matrix-sums.js';
import type { PrometheusTraceOptions } from './prometheus-options.js';
import type { SeriesState } from './series-state.js';

/** What is told of an answer. */
export interface PrometheusOutcome {
  readonly options: PrometheusTraceOptions;
  readonly all: readonly SeriesState[];
  readonly sums: MatrixSums;
  readonly counters: boolean;
  /** Why the series were taken for counters or not. */
  readonly why: string;
  readonly unit: TraceUnit;
  readonly binMicros: number;
  readonly bins: RegularBins;
  readonly firstMicros: number;
}

/** One sentence for every assumption made and every sample that was not taken as it stands. */
export function prometheusNotes(outcome: PrometheusOutcome): readonly string[] {
  const { options, all, unit, binMicros, bins } = outcome;
  const one = all.length === 1;
  return [
    one ? 'one series is read' : `${all.length} series are added up`,
    ...kindNotes(outcome),
    ...(options.unit === undefined ? [`values are taken as ${unit}`] : []),
    ...(options.binMicros === undefined ? [`bins are ${binMicros / 1e6} s long, the step of the query`] : []),
    ...sampleNotes(outcome.sums),
    ...(bins.repaired > 0
      ? [`${bins.repaired} steps without a sample were filled (${options.gaps ?? 'interpolate'})`]
      : []),
  ];
}

function kindNotes({ options, all, sums, counters, why, firstMicros }: PrometheusOutcome): readonly string[] {
  const told = options.counter === undefined ? `: ${why}` : ', as asked for';
  if (!counters) {
    const back =
      all[0].name === ''
        ? ['a value is taken for the step that ends at its time, since expressions as rate() look back']
        : [];
    return [`values are read as they stand${told}`, ...back];
  }
  const late = all.filter(({ firstMicros: first }) => first > firstMicros).length;
  return [
    `values are read as counters, by their increase${told}`,
    ...(sums.resets > 0 ? [`${sums.resets} times a counter fell: taken as a restart from 0`] : []),
    ...(sums.resets > 0 && all.some(({ name }) => name === '')
      ? [
          'the series come from an expression: if it adds up counters, a fall is no restart; ask for sum(rate(...)) instead',
        ]
      : []),
    ...(late > 0
      ? [`${late} series begin midway: what they counted before their first sample is unknown and left out`]
      : []),
  ];
}

function sampleNotes({ missing, repeated }: MatrixSums): readonly string[] {
  const notes: string[] = [];
  if (missing > 0) notes.push(`${missing} samples are NaN or infinite and count as missing`);
  if (repeated > 0) notes.push(`${repeated} samples stand in two answers and count once`);
  return notes;
}
