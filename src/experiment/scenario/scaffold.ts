/** What a new scenario is made from. */
export interface ScaffoldSpec {
  /** Its name and that of its file without ending. */
  readonly name: string;
  /** Where editors find the JSON Schema, as the first line of the file names it. */
  readonly schema: string;
  /** Trace file beside it; null where the traffic is generated. */
  readonly trace: string | null;
}

/**
 * The text of a new scenario: the lines that matter, and behind `#` what most people want next, each with its default or an example.
 *
 * Every line that is commented out and ends with a value is right as it stands once its `# ` is taken away.
 */
export function scaffold({ name, schema, trace }: ScaffoldSpec): string {
  const traffic =
    trace === null
      ? `    generate: { ramp: { from: 20/s, to: 80/s, start: 30m, over: 30m } }
    # arrivals: poisson                 # inside a bin: poisson, exact-count or uniform`
      : `    trace: { file: ${trace}, unit: requests/s }
    # arrivals: poisson                 # inside a bin of the trace: poisson, exact-count or uniform`;
  return `# yaml-language-server: $schema=${schema}
name: ${name}
question: Does it keep its objective, and at what cost?
duration: 2h
slo: { latency: 300ms, target: 99% }
# seed: 1                               # another seed is another day like this one
# warmUp: 10m                           # simulated first, not counted
# thresholds: [latencyMs.p99 < 400ms]   # exit code 99 where one is crossed

traffic:
  - to: web
${traffic}
    # client: { timeout: 2s, retries: { max: 2, backoff: 100ms..2s, jitter: full, budget: 10% } }

workloads:
  web:
    serve: { cpu: { lognormal: { mean: 30ms, cv: 1 } } }   # CPU time of a request: measure it
    # balancer: { policy: power-of-two, endpointLag: 1s }
    replicas: { min: 2, max: 20 }
    scaling: { policy: hpa, metrics: [{ cpu: 60% }] }
    pod:
      cpu: { request: "1", limit: "1" }
      discipline: processor-sharing     # requests share the CPU of their pod; fcfs gives each a worker
      # start: { lognormal: { p50: 12s, p95: 30s } }
      # readiness: { period: 5s }
      # termination: { preStop: 5s, grace: 30s }

# dependencies:
#   db: { concurrency: 20, service: { exponential: 5ms } }
# nodes: [{ type: aws/m5.xlarge, count: 8 }]
# metrics: { scrape: 15s, lag: 5s, window: 1m }
# faults: [{ at: 30m, kill: { pods: 1, of: web } }]
`;
}

/** A small trace to start from, two hours in bins of half a minute: a wave with a burst in its second half. */
export function scaffoldTrace(): string {
  const rows = Array.from({ length: 240 }, (_, bin) => {
    const minute = Math.floor(bin / 2);
    const wave = 40 - 30 * Math.cos((2 * Math.PI * bin) / 240);
    const burst = minute >= 80 && minute < 90 ? 60 : 0;
    return `2026-01-05T${two(Math.floor(minute / 60))}:${two(minute % 60)}:${two((bin % 2) * 30)}Z,${(wave + burst).toFixed(1)}`;
  });
  return ['time,requests_per_second', ...rows, ''].join('\n');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
