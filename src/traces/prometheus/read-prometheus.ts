import { createHash } from 'node:crypto';
import { InputError } from '../../domain/errors.js';
import { fileChunks } from '../file-chunks.js';
import { medianStep, regularBins } from '../regular-bins.js';
import type { RegularBins } from '../regular-bins.js';
import type { GapPolicy, Trace, TraceUnit } from '../trace.js';
import { JsonScanner } from './json-scanner.js';
import { MatrixReader } from './matrix-reader.js';
import { type MatrixSums, ratesOfIncreases } from './matrix-sums.js';
import { prometheusNotes } from './prometheus-notes.js';
import type { PrometheusTraceOptions } from './prometheus-options.js';
import { areCounters, type SeriesState } from './series-state.js';

/**
 * Reads the JSON of Prometheus' `query_range`, plain or gzip, as a trace; several answers may follow one another in a file.
 *
 * Series are added up. Counters become rates, restarts taken care of; a gap in a counter loses nothing, its increase is spread over it.
 * Values of NaN and infinity are samples that are missing. The file is streamed: memory holds the instants, not the samples of each series.
 * Throws InputError, with line and path, for anything that is no such answer.
 */
export async function readPrometheus(path: string, options: PrometheusTraceOptions = {}): Promise<Trace> {
  const { reader, sha256 } = await readMatrix(path, options);
  reader.requireSeries();
  const all = [...reader.chosen.values()];
  requireOneBucket(path, all);
  const times = reader.sums.times();
  if (times.length < 2)
    throw new InputError(
      { source: path },
      `must hold at least two instants, held ${times.length}`,
      'Export a longer range of time.',
    );
  const told = areCounters(all);
  const counters = options.counter ?? told.counters;
  const step = medianStep(times);
  const points = counters
    ? ratesOfIncreases(reader.sums.increases(), times[0], step)
    : levelPoints(reader.sums, times, all, step);
  const unit = options.unit ?? unitOf(all[0].name, counters);
  const binMicros = options.binMicros ?? step;
  const policy = options.gaps ?? 'interpolate';
  const bins = binned(path, points, binMicros, policy, unit);
  return {
    name: options.name ?? path,
    startEpochMicros: points.times[0],
    binMicros,
    timesMicros: Float64Array.from({ length: bins.values.length }, (_, i) => i * binMicros),
    values: bins.values,
    unit,
    rows: reader.sums.samples,
    gaps: bins.gaps,
    repaired: bins.repaired,
    notes: prometheusNotes({
      options,
      all,
      sums: reader.sums,
      counters,
      why: told.why,
      unit,
      binMicros,
      bins,
      firstMicros: times[0],
    }),
    sha256,
  };
}

async function readMatrix(
  path: string,
  options: PrometheusTraceOptions,
): Promise<{ reader: MatrixReader; sha256: string }> {
  const hash = createHash('sha256');
  const reader: MatrixReader = new MatrixReader(path, options.labels ?? {}, () => scanner.line);
  const scanner = new JsonScanner(path, (at, value) => reader.accept(at, value));
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of fileChunks(path, hash)) scanner.push(decoder.decode(chunk, { stream: true }));
  scanner.push(decoder.decode());
  scanner.end();
  return { reader, sha256: hash.digest('hex') };
}

/** Buckets of a histogram hold one another: their sum counts a request many times. */
function requireOneBucket(source: string, all: readonly SeriesState[]): void {
  const buckets = new Set(all.filter(({ name }) => name.endsWith('_bucket')).map(({ labels }) => labels['le']));
  if (buckets.size <= 1) return;
  throw new InputError(
    { source },
    `must hold one bucket of a histogram, held ${buckets.size}, each within the next`,
    'Choose all requests with the label le=+Inf, or export the _count series.',
  );
}

/** Without a name the values come from an expression as rate(), which looks back: the value at t tells of the step that ends there. */
function levelPoints(sums: MatrixSums, times: Float64Array, all: readonly SeriesState[], step: number) {
  const shift = all[0].name === '' ? step : 0;
  return { times: times.map((time) => time - shift), values: sums.levels(times) };
}

/** Names of what is no number of requests. */
const otherThings = /_(seconds|bytes|ratio|percent|celsius|sum)(_total|_sum)?$/;
const rateName = /(^|[^a-z])(rps|qps|rate\d*|requests?|per_second)([^a-z]|$)/i;

function unitOf(name: string, counters: boolean): TraceUnit {
  if (otherThings.test(name)) return 'level';
  return counters || name === '' || rateName.test(name) ? 'requests/s' : 'level';
}

function binned(
  source: string,
  points: { readonly times: Float64Array; readonly values: Float64Array },
  binMicros: number,
  policy: GapPolicy,
  unit: TraceUnit,
): RegularBins {
  const negative = points.values.findIndex((value) => value < 0);
  if (negative >= 0 && unit !== 'level') {
    throw new InputError(
      { source },
      `values must be at least 0, was ${points.values[negative]}`,
      'Traffic cannot be negative; a gauge is read with unit: level.',
    );
  }
  const bins = points.times.length < 2 ? single(points.values) : regularBins(points, binMicros, policy, unit);
  if (policy === 'error' && bins.gaps > 0) {
    throw new InputError(
      { source },
      `must have no gaps, had ${bins.gaps} (${bins.repaired} steps)`,
      'Choose gaps: zero, hold or interpolate.',
    );
  }
  return bins;
}

function single(values: Float64Array): RegularBins {
  return { values, gaps: 0, repaired: 0, merged: 0, firstGapAt: null };
}
