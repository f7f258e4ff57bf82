/** What a child process measured of one run: the run itself, without start-up and compilation of the program. */
export interface BenchResult {
  readonly requests: number;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** Largest resident set of the process so far. */
  readonly peakRssMiB: number;
  /** What shows that the run was a real one, as mean latency or pods at the peak. */
  readonly facts: Readonly<Record<string, number>>;
  /** Functions by their share of CPU samples, where a profile was asked for. */
  readonly profile?: readonly ProfileLine[];
}

/** A function's own share of the CPU samples. */
export interface ProfileLine {
  readonly share: number;
  readonly at: string;
}

/** Runs something and measures its CPU time; `run` returns the requests carried through and its facts. */
export function measured(run: () => Pick<BenchResult, 'requests' | 'facts'>): BenchResult {
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  const { requests, facts } = run();
  const wallSeconds = Number(process.hrtime.bigint() - start) / 1e9;
  const used = process.cpuUsage(cpu);
  return {
    requests,
    cpuSeconds: (used.user + used.system) / 1e6,
    wallSeconds,
    peakRssMiB: process.resourceUsage().maxRSS / 1024,
    facts,
  };
}
