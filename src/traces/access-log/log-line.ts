import type { LogFormat } from './log-format.js';
import { isoLogTime, localLogTime } from './log-time.js';
import { LONGEST_LINE } from '../line-splitter.js';

/** What one line of an access log tells of a request; NaN stands for what it does not say. */
export interface LogLine {
  /** The time written in the line, microseconds since 1970-01-01T00:00Z. */
  readonly stampMicros: number;
  /** From arrival to last byte, as the server saw it. */
  readonly requestMicros: number;
  /** The part of the request time that the last upstream took. */
  readonly upstreamMicros: number;
  readonly status: number;
  readonly bytes: number;
}

/** Where a request went, as far as its line says; null where it does not. */
export interface LogDestination {
  /** Without its query. */
  readonly path: string | null;
  readonly host: string | null;
  /** What the proxy calls the service behind it, as `shop-cart-80`. */
  readonly upstream: string | null;
}

/** Reads lines of one format. Lines of the same second are usual, so that the last time read is kept. */
export class LogLineReader {
  private lastText = '';
  private lastMicros = NaN;
  private lastMatch: RegExpExecArray | null = null;

  constructor(private readonly format: LogFormat) {}

  /** The request of a line, or null where the line is broken. Never throws. */
  read(line: string): LogLine | null {
    if (line.length > LONGEST_LINE) return null;
    const match = this.format.pattern.exec(line);
    this.lastMatch = match;
    if (match === null) return null;
    const stampMicros = this.stamp(match);
    if (Number.isNaN(stampMicros)) return null;
    const { requestSeconds, requestMicros, upstreamSeconds, status, bytes } = this.format.groups;
    const micros = numberAt(match, requestMicros);
    return {
      stampMicros,
      requestMicros: Number.isNaN(micros) ? Math.round(numberAt(match, requestSeconds) * 1e6) : micros,
      upstreamMicros: Math.round(lastUpstream(match, upstreamSeconds) * 1e6),
      status: numberAt(match, status),
      bytes: bytes === undefined ? NaN : bytesOf(match[bytes]),
    };
  }

  /** Where the request of the line that was read last went. */
  destination(): LogDestination {
    const { request, uri, host, upstream } = this.format.groups;
    const match = this.lastMatch;
    if (match === null) return { path: null, host: null, upstream: null };
    const target = uri === undefined ? targetOf(wordAt(match, request)) : wordAt(match, uri);
    const of = wordAt(match, host)?.toLowerCase().replace(/:\d+$/, '') ?? null;
    return { path: target === null ? null : pathOf(target), host: of, upstream: wordAt(match, upstream) };
  }

  /** The finest of the times that a line has. */
  private stamp(match: RegExpExecArray): number {
    const { epochSeconds, isoTime, localTime } = this.format.groups;
    if (epochSeconds !== undefined) return Math.round(Number(match[epochSeconds]) * 1e6);
    const text = match[isoTime ?? localTime ?? 0];
    if (text !== this.lastText) {
      this.lastMicros = isoTime === undefined ? localLogTime(text) : isoLogTime(text);
      this.lastText = text;
    }
    return this.lastMicros;
  }
}

function wordAt(match: RegExpExecArray, group: number | undefined): string | null {
  const word = group === undefined ? '-' : match[group];
  return word === '-' || word === '' ? null : word;
}

/** The target of a request line: `GET /cart?id=1 HTTP/1.1`. */
function targetOf(request: string | null): string | null {
  return request?.split(' ', 2).at(1) ?? null;
}

/** A target may be a whole address, of which the path is what follows the host. */
function pathOf(target: string): string {
  const local = target.replace(/^[a-z]+:\/\/[^/?#]*/i, '');
  const end = local.search(/[?#]/);
  return (end < 0 ? local : local.slice(0, end)) || '/';
}

function numberAt(match: RegExpExecArray, group: number | undefined): number {
  return group === undefined || match[group] === '-' ? NaN : Number(match[group]);
}

/** Of several upstreams, each tried after the one before, the last gave the answer. */
function lastUpstream(match: RegExpExecArray, group: number | undefined): number {
  if (group === undefined) return NaN;
  const last = match[group].slice(match[group].search(/[^,: ]*$/));
  return last === '-' ? NaN : Number(last);
}

/** A dash means that no body was sent. */
function bytesOf(text: string): number {
  return text === '-' ? 0 : Number(text);
}
