import { InputError } from '../../domain/errors.js';
import { type LogPart, logVariables, spacious } from './log-variables.js';

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
const MORE = String.raw`(?:\s.*)?`;

/**
 * Compiles a format in the notation of nginx' `log_format`: text and `$variables`; a whole directive with its name, `escape=` and
 * quoted pieces is understood as well.
 *
 * Throws InputError, with `source` as its place, where it has no time.
 */
export function compileLogFormat(written: string, name: string, source: string): LogFormat {
  const { pattern, groups } = compile(textOf(written));
  const timed = groups.localTime ?? groups.isoTime ?? groups.epochSeconds;
  if (timed === undefined) {
    throw new InputError(
      { source, path: 'logFormat' },
      `must contain the time as $time_local, $time_iso8601 or $msec, was ${JSON.stringify(written)}`,
      "Copy the log_format directive of nginx, as '$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent $request_time'.",
    );
  }
  return { name, pattern: new RegExp(`^${pattern}${MORE}$`), groups, stampedAtEnd: true };
}

/** Common Log Format. Source: Apache httpd, "Log Files". */
export const commonFormat = builtIn('common', '$remote_addr $ident $remote_user [$time_local] "$request" $status $body_bytes_sent');

/** Combined, which is nginx' default as well: with referrer and browser. */
export const combinedFormat = builtIn(
  'combined',
  '$remote_addr $ident $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"',
);

/** Combined with the request time in seconds behind it, bare or as `rt=0.012`: a usual addition to nginx' default. */
export const combinedTimedFormat = timed();

function builtIn(name: string, text: string): LogFormat {
  const { pattern, groups } = compile(text);
  return { name, pattern: new RegExp(`^${pattern}${MORE}$`), groups, stampedAtEnd: false };
}

function timed(): LogFormat {
  const { groups, pattern } = combinedFormat;
  const body = pattern.source.slice(1, -MORE.length - 1);
  const last = Math.max(...Object.values(groups));
  const behind = String.raw` (?:"[^"]*" )?(?:(?:rt|request_time)=)?"?(\d+\.\d{3})"?`;
  return {
    name: 'combined with a request time',
    pattern: new RegExp(`^${body}${behind}${MORE}$`),
    groups: { ...groups, requestSeconds: last + 1 },
    stampedAtEnd: true,
  };
}

/** The text of a format out of a whole directive: `log_format main escape=json '...' '...';`. */
function textOf(written: string): string {
  const directive = /^\s*log_format\s+\S+\s+(?:escape=\w+\s+)?([\s\S]*?);?\s*$/.exec(written);
  const text = directive === null ? written.trim() : directive[1].trim();
  const pieces = [...text.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map((match) => match[1]);
  return text.startsWith("'") && pieces.length > 0 ? pieces.join('').replaceAll(/\\(['"])/g, '$1') : text;
}

function compile(text: string): Pick<LogFormat, 'groups'> & { readonly pattern: string } {
  const groups: Partial<Record<LogPart, number>> = {};
  let pattern = '';
  let captured = 0;
  // Pieces alternate: text, name of a variable, text, ...
  const pieces = text.split(/\$\{?(\w+)\}?/);
  for (let i = 1; i < pieces.length; i += 2) {
    const part = logVariables[pieces[i]]?.part ?? null;
    const looks = patternOf(pieces[i], pieces[i - 1], pieces[i + 1]);
    const capture = part !== null && groups[part] === undefined;
    if (capture) {
      captured += 1;
      groups[part] = captured;
    }
    pattern += `${escaped(pieces[i - 1])}(${capture ? '' : '?:'}${looks})`;
  }
  return { pattern: pattern + escaped(pieces[pieces.length - 1].trimEnd()), groups };
}

/** What a variable may look like, given the text on both sides: without a form of its own, anything that the next text does not begin with. */
function patternOf(name: string, before: string, after: string): string {
  if (Object.hasOwn(logVariables, name)) return logVariables[name].pattern;
  if (before.endsWith('"') && after.startsWith('"')) return String.raw`(?:[^"\\]|\\.)*`;
  if (after === '' || spacious.test(name)) return '.*?';
  return `[^${escapedInClass(after[0])}]*`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

function escapedInClass(letter: string): string {
  return letter.replace(/[\\\]^-]/, String.raw`\$&`);
}
