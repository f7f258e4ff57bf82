import { formatPattern } from './format-pattern.js';
import { type LogFormat, MORE } from './log-format.js';

/** Common Log Format. Source: Apache httpd, "Log Files". */
export const commonFormat = builtIn(
  'common',
  '$remote_addr $ident $remote_user [$time_local] "$request" $status $body_bytes_sent',
);

/** Combined, which is nginx' default as well: with referrer and browser. */
export const combinedFormat = builtIn(
  'combined',
  '$remote_addr $ident $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"',
);

/** Combined with the request time in seconds behind it, bare or as `rt=0.012`: a usual addition to nginx' default. */
export const combinedTimedFormat = timed();

/** What ingress-nginx writes unless told otherwise. Source: kubernetes/ingress-nginx docs/user-guide/nginx-configuration/log-format.md. */
export const ingressFormat: LogFormat = {
  ...builtIn(
    'ingress-nginx',
    '$remote_addr $ident $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name] $upstream_addr $upstream_response_length $upstream_response_time $upstream_status $req_id',
  ),
  stampedAtEnd: true,
};

/** The formats that are recognised, the one that reads most from a line first. */
export const knownFormats: readonly LogFormat[] = [ingressFormat, combinedTimedFormat, combinedFormat, commonFormat];

function builtIn(name: string, text: string): LogFormat {
  const { pattern, groups } = formatPattern(text);
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
