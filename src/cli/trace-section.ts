import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '../domain/errors.js';
import type { TraceFormat } from '../traces/trace-format.js';
import type { TraceUnit } from '../traces/trace.js';

/** What a command line says about a recording. */
export interface TraceWords {
  readonly format?: TraceFormat | undefined;
  readonly 'log-format'?: string | undefined;
  readonly label?: readonly string[] | undefined;
  readonly counter?: boolean | undefined;
  readonly unit?: TraceUnit | undefined;
}

/** The trace section of a scenario that reads a file, or a known trace where no file has that name, as the command line says. */
export function traceSection(
  file: string,
  words: TraceWords,
  cwd: string,
  known: ReadonlyMap<string, unknown>,
): Record<string, unknown> {
  const named = !existsSync(resolve(cwd, file)) && known.has(file);
  return { ...(named ? { name: file } : { file }), ...readingKeys(words) };
}

/** The keys of a trace section that the command line gives. */
export function readingKeys(words: TraceWords): Record<string, unknown> {
  const { format, label, counter, unit } = words;
  const logFormat = words['log-format'];
  return {
    ...(format === undefined ? {} : { format }),
    ...(logFormat === undefined ? {} : { logFormat }),
    ...(label === undefined ? {} : { labels: Object.fromEntries(label.map(pair)) }),
    ...(counter === undefined ? {} : { counter }),
    ...(unit === undefined ? {} : { unit }),
  };
}

function pair(text: string): readonly [string, string] {
  const match = /^([A-Za-z_]\w*)="?([^"]*)"?$/.exec(text);
  if (match !== null) return [match[1], match[2]];
  throw new InputError({ source: '--label' }, `must be NAME=VALUE, as job=web, was ${JSON.stringify(text)}`);
}
