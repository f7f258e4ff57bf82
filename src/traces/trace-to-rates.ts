import { InputError } from '../domain/errors.js';
import type { RateSeries } from '../domain/rate-series.js';
import { sliceRates } from './slice-rates.js';
import type { Trace } from './trace.js';

/** Which part of a trace becomes traffic, and how. */
export interface TraceSlice {
  /** Where in the trace the run starts; 0 by default. */
  readonly fromMicros?: number;
  /** How much of it is taken; to the end of the trace by default. */
  readonly lengthMicros?: number;
  /** Factor on every rate; 1 by default. */
  readonly scale?: number;
  /** How often the slice is played, one after the other; 1 by default. */
  readonly repeat?: number;
}

/**
 * Turns a trace into the offered load of a run: slice, repeat, scale. Time zero of the result is `fromMicros` of the trace.
 *
 * Requests are conserved: the expected count of the result is scale times repeat times that of the slice. Throws InputError where
 * the slice leaves the trace, a factor makes no sense, or the trace is no traffic.
 */
export function traceToRates(trace: Trace, slice: TraceSlice = {}): RateSeries {
  const { fromMicros = 0, scale = 1, repeat = 1 } = slice;
  const whole = ratesOf(trace);
  const end = whole.edgesMicros[whole.edgesMicros.length - 1];
  const lengthMicros = slice.lengthMicros ?? end - fromMicros;
  checkSlice(trace.name, end, fromMicros, lengthMicros);
  checkFactors(trace.name, scale, repeat);
  const part = sliceRates(whole, fromMicros, fromMicros + lengthMicros);
  const bins = part.ratePerSecond.length;
  const edgesMicros = new Float64Array(bins * repeat + 1);
  const ratePerSecond = new Float64Array(bins * repeat);
  for (let i = 0; i < ratePerSecond.length; i += 1) {
    const round = Math.floor(i / bins);
    ratePerSecond[i] = part.ratePerSecond[i % bins] * scale;
    edgesMicros[i + 1] = round * lengthMicros + part.edgesMicros[(i % bins) + 1];
  }
  return { edgesMicros, ratePerSecond };
}

function ratesOf(trace: Trace): RateSeries {
  if (trace.unit === 'level') {
    throw new InputError(
      { source: trace.name },
      'must count requests to become traffic, was a level',
      'Choose a trace of requests, or declare unit: requests/s if that is what the values are.',
    );
  }
  const perSecond = trace.unit === 'requests' ? 1e6 / trace.binMicros : 1;
  return {
    edgesMicros: Float64Array.from({ length: trace.values.length + 1 }, (_, i) => i * trace.binMicros),
    ratePerSecond: trace.values.map((value) => value * perSecond),
  };
}

function checkSlice(source: string, end: number, from: number, length: number): void {
  const has = `the trace is ${end / 1e6} s long`;
  if (!(from >= 0 && from < end)) {
    throw new InputError(
      { source, path: 'from' },
      `must be within the trace, was ${from / 1e6} s`,
      `Choose an earlier start: ${has}.`,
    );
  }
  if (!(length > 0)) throw new InputError({ source, path: 'length' }, `must be above 0, was ${length / 1e6} s`);
  if (from + length > end) {
    throw new InputError(
      { source, path: 'length' },
      `must end within the trace, ended at ${(from + length) / 1e6} s`,
      `Take less and repeat it: ${has}.`,
    );
  }
}

function checkFactors(source: string, scale: number, repeat: number): void {
  if (!(Number.isFinite(scale) && scale > 0)) {
    throw new InputError({ source, path: 'scale' }, `must be a factor above 0, was ${scale}`);
  }
  if (!(Number.isInteger(repeat) && repeat >= 1)) {
    throw new InputError({ source, path: 'repeat' }, `must be a whole number of at least 1, was ${repeat}`);
  }
}
