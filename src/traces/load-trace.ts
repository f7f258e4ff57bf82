import { resolve } from 'node:path';
import { Bug } from '../domain/errors.js';
import { readCsvTrace } from './read-csv-trace.js';
import type { RequestMatch } from './access-log/request-match.js';
import { readParts, readTrace } from './read-trace.js';
import type { TraceReadOptions } from './read-trace.js';
import { resolveTrace } from './resolve-trace.js';
import type { ResolvedTrace } from './resolve-trace.js';
import type { Trace } from './trace.js';
import type { TraceSpec } from './trace-spec.js';

/** Where files and known traces are looked for. */
export interface TraceDirectories {
  /** Directory that relative paths start from: that of the scenario. */
  readonly scenario: string;
  /** The data directory; null where there is none. */
  readonly data: string | null;
}

/** A trace in memory, or the absence of a known one. */
export type LoadedTrace =
  { readonly kind: 'present'; readonly trace: Trace } | Extract<ResolvedTrace, { readonly kind: 'absent' }>;

/**
 * Reads the trace that a specification names. What the specification says wins over what is known of a named trace.
 *
 * Throws InputError as readTrace and resolveTrace do; a known trace whose file is not there is an answer, not an error.
 */
export async function loadTrace(spec: TraceSpec, directories: TraceDirectories): Promise<LoadedTrace> {
  const options = readingOf(spec);
  if (spec.file !== undefined) {
    const path = resolve(directories.scenario, spec.file);
    return { kind: 'present', trace: await readTrace(path, { ...options, name: spec.file }) };
  }
  if (spec.name === undefined) throw new Bug('a trace without file and name has passed its schema');
  const found = await resolveTrace(spec.name, directories.data);
  if (found.kind === 'absent') return found;
  const { name, unit, binSeconds } = found.known;
  const ours = { columns: { time: 'timestamp_s', value: 'value' } };
  const theirs = { zone: 'Z', ...(found.original?.between === undefined ? {} : { between: found.original.between }) };
  const known = { name, unit, binMicros: binSeconds * 1e6, ...(found.original === null ? ours : theirs) };
  return { kind: 'present', trace: await readCsvTrace(found.path, { ...known, ...options }) };
}

/** Reads the access log that a specification names, once for several choices of its requests; null where none of its requests is chosen. Throws InputError as readParts does. */
export async function loadParts(
  spec: TraceSpec,
  scenario: string,
  choices: readonly (readonly RequestMatch[])[],
): Promise<readonly (Trace | null)[]> {
  const { file = '' } = spec;
  return readParts(resolve(scenario, file), { ...readingOf(spec), name: file }, choices);
}

/** The reading options that the specification gives; keys it leaves out stay out, so that known facts show through. */
function readingOf(spec: TraceSpec): TraceReadOptions {
  const { format, logFormat, only, labels, counter, unit, bin } = spec;
  return {
    ...csvReadingOf(spec),
    ...(format === undefined ? {} : { format }),
    ...(logFormat === undefined ? {} : { logFormat }),
    ...(only === undefined ? {} : { only }),
    ...(labels === undefined ? {} : { labels }),
    ...(counter === undefined ? {} : { counter }),
    ...(unit === undefined ? {} : { unit }),
    ...(bin === undefined ? {} : { binMicros: bin }),
  };
}

function csvReadingOf({ gaps, columns, separator, timestamps, zone }: TraceSpec): TraceReadOptions {
  return {
    gaps,
    ...(columns === undefined ? {} : { columns }),
    ...(separator === undefined ? {} : { separator }),
    ...(timestamps === undefined ? {} : { timestamps }),
    ...(zone === undefined ? {} : { zone }),
  };
}
