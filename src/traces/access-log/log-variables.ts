/** What a variable of a log line is read for; variables without a part are passed over. */
export type LogPart =
  | 'localTime'
  | 'isoTime'
  | 'epochSeconds'
  | 'requestSeconds'
  | 'requestMicros'
  | 'upstreamSeconds'
  | 'status'
  | 'bytes'
  | 'request'
  | 'uri'
  | 'host'
  | 'upstream';

/** A variable of nginx' `log_format` that must look like something, or that is read. */
export interface LogVariable {
  /** What it may look like, as a regular expression without groups that capture; null where the text around it says. */
  readonly pattern: string | null;
  readonly part: LogPart | null;
}

const seconds = String.raw`\d+(?:\.\d+)?|-`;
/** Several upstreams are separated by a comma, groups of them by a colon. */
const upstream = String.raw`(?:\d+(?:\.\d+)?|-)(?:(?:, | : |,|:)(?:\d+(?:\.\d+)?|-))*`;
const size = String.raw`\d+|-`;

/**
 * Variables with a form of their own, by name without `$`; all others are any text up to what follows them.
 * Source: nginx, modules ngx_http_log_module and ngx_http_upstream_module. `request_time_us` is ours, for Apache's `%D`.
 */
export const logVariables: Readonly<Record<string, LogVariable>> = {
  time_local: { pattern: String.raw`\d\d/[A-Z][a-z][a-z]/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}`, part: 'localTime' },
  time_iso8601: {
    pattern: String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)`,
    part: 'isoTime',
  },
  msec: { pattern: String.raw`\d{9,11}(?:\.\d+)?`, part: 'epochSeconds' },
  request_time: { pattern: seconds, part: 'requestSeconds' },
  request_time_us: { pattern: size, part: 'requestMicros' },
  upstream_response_time: { pattern: upstream, part: 'upstreamSeconds' },
  upstream_connect_time: { pattern: upstream, part: null },
  upstream_header_time: { pattern: upstream, part: null },
  status: { pattern: String.raw`\d{3}|-`, part: 'status' },
  body_bytes_sent: { pattern: size, part: 'bytes' },
  bytes_sent: { pattern: size, part: 'bytes' },
  request: { pattern: null, part: 'request' },
  request_uri: { pattern: null, part: 'uri' },
  uri: { pattern: null, part: 'uri' },
  host: { pattern: null, part: 'host' },
  http_host: { pattern: null, part: 'host' },
  server_name: { pattern: null, part: 'host' },
  proxy_upstream_name: { pattern: null, part: 'upstream' },
};

/** Variables that may hold spaces although no quotes stand around them. */
export const spacious =
  /^(remote_user|http_.*|sent_http_.*|upstream_addr|upstream_status|upstream_response_length|request|args)$/;
