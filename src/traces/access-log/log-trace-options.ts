import type { LogFormat } from './log-format.js';
import type { RequestMatch } from './request-match.js';

/** How an access log is to be read. */
export interface LogTraceOptions {
  /** What the trace is called; the path by default. */
  readonly name?: string;
  readonly format: LogFormat;
  /** Length of a bin; chosen by the length of the log by default. */
  readonly binMicros?: number;
  /** Requests that are taken; all by default. */
  readonly only?: readonly RequestMatch[];
}
