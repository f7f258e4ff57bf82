import { createHash } from 'node:crypto';
import { InputError } from '../domain/errors.js';
import { CsvSplitter } from './csv-splitter.js';
import type { CsvTraceOptions } from './csv-trace-options.js';
import { fileChunks } from './file-chunks.js';
import { isoTime } from './iso-time.js';
import { medianStep, regularBins } from './regular-bins.js';
import { zoneMicros } from './stamp-reader.js';
import { TracePoints } from './trace-points.js';
import { traceNotes, unitOf } from './trace-notes.js';
import type { Trace } from './trace.js';

/** More bins than this come from a wrong bin length or a stray timestamp, not from a recording. */
const MOST_BINS = 50_000_000;

/**
 * Reads a trace from a CSV file, plain or gzip: one row a bin, with a time and a value.
 *
 * Columns, separator, notation of time, unit and bin length are recognised unless given; `notes` of the trace says what was chosen.
 * The file is streamed: memory holds 24 bytes a row, never the text. Throws InputError, with the line, for anything that is not such a file.
 */
export async function readCsvTrace(path: string, options: CsvTraceOptions = {}): Promise<Trace> {
  if (options.zone !== undefined && zoneMicros(options.zone) === null) {
    throw new InputError({ source: path }, `zone must be as +02:00 or Z, was ${JSON.stringify(options.zone)}`);
  }
  const { points, sha256 } = await readPoints(path, options);
  return assemble(path, options, points, sha256);
}

async function readPoints(path: string, options: CsvTraceOptions): Promise<{ points: TracePoints; sha256: string }> {
  const hash = createHash('sha256');
  const points: TracePoints = new TracePoints(path, options, () => splitter.separator);
  const splitter = new CsvSplitter(path, options.separator ?? null, (fields, line) => points.accept(fields, line));
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of fileChunks(path, hash)) {
    const text = decoder.decode(chunk, { stream: true });
    if (text.includes('\0')) {
      throw new InputError({ source: path }, 'must be a text file, was binary', 'Export the series as CSV in UTF-8.');
    }
    splitter.push(text);
  }
  splitter.push(decoder.decode());
  splitter.end();
  return { points, sha256: hash.digest('hex') };
}

function assemble(path: string, options: CsvTraceOptions, points: TracePoints, sha256: string): Trace {
  const times = points.times.view();
  const unit = options.unit ?? unitOf(points.columns);
  requireTwoPoints(path, times.length);
  const binMicros = options.binMicros ?? medianStep(times);
  requireBin(path, binMicros, times[times.length - 1] - times[0]);
  const policy = options.gaps ?? 'interpolate';
  const bins = regularBins({ times, values: points.values.view() }, binMicros, policy, unit);
  if (policy === 'error' && bins.firstGapAt !== null) throw gapError(path, points, bins.firstGapAt);
  const absolute = points.stamps?.absolute ?? false;
  return {
    name: options.name ?? path,
    startEpochMicros: absolute ? times[0] : null,
    binMicros,
    timesMicros: Float64Array.from({ length: bins.values.length }, (_, i) => i * binMicros),
    values: bins.values,
    unit,
    rows: times.length,
    gaps: bins.gaps,
    repaired: bins.repaired,
    notes: traceNotes(options, points, { unit, binMicros, merged: bins.merged, repaired: bins.repaired }),
    sha256,
  };
}

function requireTwoPoints(path: string, count: number): void {
  if (count >= 2) return;
  const what = count === 0 ? 'must hold a trace, was empty' : 'must hold at least two points, held only one';
  throw new InputError(
    { source: path },
    what,
    'Give an access log, a CSV with a time and a value a line, or an answer of query_range.',
  );
}

function requireBin(path: string, binMicros: number, lengthMicros: number): void {
  if (!Number.isInteger(binMicros) || binMicros <= 0) {
    throw new InputError({ source: path }, `bin must be a positive whole number of microseconds, was ${binMicros}`);
  }
  const count = Math.floor(lengthMicros / binMicros) + 1;
  if (count <= MOST_BINS) return;
  throw new InputError(
    { source: path },
    `must have at most ${MOST_BINS} bins, had ${count} of ${binMicros / 1e6} s`,
    'Declare a longer bin, or look for a stray timestamp.',
  );
}

function gapError(path: string, points: TracePoints, after: number): InputError {
  const times = points.times.view();
  const shown = (time: number) => (points.stamps?.absolute === true ? isoTime(time) : `${time / 1e6} s`);
  return new InputError(
    { source: path, line: points.lines.view()[after] },
    `must have no gap, had one from ${shown(times[after - 1])} to ${shown(times[after])}`,
    'Choose gaps: interpolate, hold or zero, or fill the rows in.',
  );
}
