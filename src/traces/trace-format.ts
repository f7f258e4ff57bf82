/** Notations of recorded traffic, and what each is. */
export const traceFormats = {
  csv: 'CSV with a time and a value a line',
  prometheus: "JSON of Prometheus' query_range",
  common: 'access log in the Common Log Format',
  combined: 'access log in the Combined Log Format, with or without a request time behind it',
  nginx: "access log in nginx' default format, or in that of logFormat",
} as const;

/** The name of a notation. */
export type TraceFormat = keyof typeof traceFormats;

/** The names of the notations. */
export const traceFormatNames = [
  'csv',
  'prometheus',
  'common',
  'combined',
  'nginx',
] as const satisfies readonly TraceFormat[];
