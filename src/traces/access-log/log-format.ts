import { InputError } from '../../domain/errors.js';
import { formatPattern } from './format-pattern.js';
import type { LogPart } from './log-variables.js';

/** A notation of log lines, compiled. */
export interface LogFormat {
  /** As notes and errors name it. */
  readonly name: string;
  readonly pattern: RegExp;
  /** Number of the capturing group of each part that the lines have. */
  readonly groups: Readonly<Partial<Record<LogPart, number>>>;
  /** True where a line is written when its request ends, so that its time minus the request time is the arrival. */
  readonly stampedAtEnd: boolean;
}

/** Fields that a server appends are passed over: a line may be longer than its format. */
export const MORE = String.raw`(?:\s.*)?`;

/**
 * Compiles a format in the notation of nginx' `log_format`: text and `$variables`; a whole directive with its name, `escape=` and
 * quoted pieces is understood as well.
 *
 * Throws InputError, with `source` as its place, where it has no time.
 */
export function compileLogFormat(written: string, name: string, source: string): LogFormat {
  const { pattern, groups } = formatPattern(textOf(written));
  const timed = groups.localTime ?? groups.isoTime ?? groups.epochSeconds;
  if (timed === undefined) {
    throw new InputError(
      { source, path: 'logFormat' },
      `must contain the time as $time_local, $time_iso8601 or $msec, was ${JSON.stringify(written)}`,
      'Copy the log_format directive of nginx, as \'$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent $request_time\'.',
    );
  }
  return { name, pattern: new RegExp(`^${pattern}${MORE}$`), groups, stampedAtEnd: true };
}

/** The text of a format out of a whole directive: `log_format main escape=json '...' '...';`. */
function textOf(written: string): string {
  const directive = /^\s*log_format\s+\S+\s+(?:escape=\w+\s+)?([\s\S]*?);?\s*$/.exec(written);
  const text = directive === null ? written.trim() : directive[1].trim();
  const pieces = [...text.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map((match) => match[1]);
  return text.startsWith("'") && pieces.length > 0 ? pieces.join('').replaceAll(/\\(['"])/g, '$1') : text;
}
