import type { CsvTraceOptions } from './csv-trace-options.js';
import { combinedFormat, commonFormat } from './access-log/known-log-formats.js';
import { compileLogFormat } from './access-log/log-format.js';
import { readAccessLog, readLogParts } from './access-log/read-access-log.js';
import type { RequestMatch } from './access-log/request-match.js';
import { InputError } from '../domain/errors.js';
import { detectFormat, detectLogFormat } from './detect-format.js';
import type { DetectedFormat } from './detect-format.js';
import { readPrometheus } from './prometheus/read-prometheus.js';
import { readCsvTrace } from './read-csv-trace.js';
import type { Trace } from './trace.js';
import type { TraceFormat } from './trace-format.js';

/** How a file of any notation is to be read; options of another notation than the file's have no effect. */
export interface TraceReadOptions extends CsvTraceOptions {
  /** Recognised from the content by default. */
  readonly format?: TraceFormat;
  /** Format of an access log in the notation of nginx' log_format. */
  readonly logFormat?: string;
  /** Labels that series of Prometheus must have. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Whether series of Prometheus are counters. */
  readonly counter?: boolean;
  /** Requests of an access log that are taken; all by default. */
  readonly only?: readonly RequestMatch[];
}

/** Reads recorded traffic in any of the known notations. Throws InputError, with the line, for a file that is none of them. */
export async function readTrace(path: string, options: TraceReadOptions = {}): Promise<Trace> {
  const found = await formatOf(path, options);
  if (found.kind !== 'log' && options.only !== undefined) throw noRequests(path);
  if (found.kind === 'csv') return readCsvTrace(path, options);
  if (found.kind === 'prometheus') return readPrometheus(path, options);
  return readAccessLog(path, { ...options, format: found.format });
}

/**
 * Reads an access log once for several choices of its requests: a trace for each, all of the same length; null where none of its requests is chosen.
 * Throws InputError as readTrace does.
 */
export async function readParts(
  path: string,
  options: TraceReadOptions,
  choices: readonly (readonly RequestMatch[])[],
): Promise<readonly (Trace | null)[]> {
  const found = await formatOf(path, options);
  if (found.kind !== 'log') throw noRequests(path);
  return readLogParts(path, { ...options, format: found.format }, choices);
}

function noRequests(path: string): InputError {
  return new InputError(
    { source: path, path: 'only' },
    'must be an access log, which says of each request where it went',
    'Leave only: out.',
  );
}

async function formatOf(path: string, { format, logFormat, columns }: TraceReadOptions): Promise<DetectedFormat> {
  if (logFormat !== undefined) return { kind: 'log', format: compileLogFormat(logFormat, 'given', path) };
  if (format === 'common') return { kind: 'log', format: commonFormat };
  if (format === 'csv' || format === 'prometheus') return { kind: format };
  if (format === undefined) return columns === undefined ? detectFormat(path) : { kind: 'csv' };
  const found = await detectLogFormat(path);
  return { kind: 'log', format: found === null || found === commonFormat ? combinedFormat : found };
}
