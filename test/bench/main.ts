import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { BenchResult } from './bench-result.js';
import { inUse } from './feature-worlds.js';

/** Runs of a short benchmark, of which the median counts. */
const RUNS = 3;

/** Hours of the day on which features are compared. */
const FEATURE_HOURS = 3;

/** Events per CPU-second of others on a machine of two cores, in millions. */
const PEERS: Readonly<Record<string, number>> = {
  'C++ heap': 24,
  'typed Java': 16.7,
  'plain JS loop': 12.4,
  'dslab-core': 10,
  'CloudSim 7G': 8,
  SimPy: 0.27,
};

/** Compiled, as the product is when it is used: what runs TypeScript as it stands would be measured as well. */
const child = fileURLToPath(new URL('../../dist/bench/test/bench/bench-child.js', import.meta.url));

/** Each run has a process to itself, so that none inherits another's heap or compiled code. */
function runOnce(name: string, size: number, ...more: readonly string[]): BenchResult {
  const args = [child, name, String(size), ...more];
  const text = execFileSync(process.execPath, args, { encoding: 'utf8' });
  return JSON.parse(text) as BenchResult;
}

/** The run of middle CPU time. */
function median(name: string, size: number): BenchResult {
  const runs = Array.from({ length: RUNS }, () => runOnce(name, size));
  return runs.sort((a, b) => a.cpuSeconds - b.cpuSeconds)[Math.floor(RUNS / 2)];
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

function mmc(): object {
  const { requests, cpuSeconds, peakRssMiB, facts } = median('mmc', 0);
  const eventsPerCpuSecond = (2 * requests) / cpuSeconds;
  const ratios = Object.entries(PEERS).map(([peer, millions]) => [peer, round(eventsPerCpuSecond / 1e6 / millions)]);
  return {
    eventsPerCpuSecond: Math.round(eventsPerCpuSecond),
    requests,
    cpuSeconds: round(cpuSeconds),
    peakRssMiB: round(peakRssMiB),
    ...facts,
    timesAsFastAs: Object.fromEntries(ratios),
  };
}

function pods(): object[] {
  return [50, 1_000, 10_000].map((count) => {
    const { requests, cpuSeconds, peakRssMiB, facts } = median('pods', count);
    const nanosecondsPerRequest = round((cpuSeconds / requests) * 1e9);
    return { pods: count, nanosecondsPerRequest, requests, peakRssMiB: round(peakRssMiB), ...facts };
  });
}

function wholeDay(name: 'day' | 'dayHard'): object {
  const { requests, cpuSeconds, wallSeconds, peakRssMiB, facts } = runOnce(name, 24);
  const summary = {
    requestsPerCpuSecond: Math.round(requests / cpuSeconds),
    cpuSeconds: round(cpuSeconds),
    wallSeconds: round(wallSeconds),
    peakRssMiB: round(peakRssMiB),
    requests,
    ...facts,
  };
  if (name === 'day') return summary;
  return { ...summary, profile: runOnce('dayHardProfile', 2).profile };
}

/** What each feature costs when it is used, on three hours of the benchmark's day: CPU time a request, over that of the day without it. */
function features(): object {
  const nanoseconds = ({ cpuSeconds, requests }: BenchResult): number => round((cpuSeconds / requests) * 1e9);
  const plain = nanoseconds(runOnce('day', FEATURE_HOURS));
  const rows = Object.keys(inUse).map((feature) => {
    const used = nanoseconds(runOnce('feature', FEATURE_HOURS, feature));
    return [feature, { nanosecondsPerRequest: used, timesPlain: round(used / plain) }];
  });
  return Object.fromEntries([['plain', { nanosecondsPerRequest: plain, timesPlain: 1 }], ...rows]) as object;
}

const benchmarks = { mmc, pods, day: () => wholeDay('day'), dayHard: () => wholeDay('dayHard'), features } as const;

function isBenchmark(name: string): name is keyof typeof benchmarks {
  return Object.hasOwn(benchmarks, name);
}

/** Times the product; prints figures, judges nothing. */
function main(): void {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, only: { type: 'string' } } });
  const names = values.only === undefined ? Object.keys(benchmarks) : [values.only];
  const results: Record<string, unknown> = {};
  for (const name of names) {
    if (!isBenchmark(name)) {
      console.error(`no benchmark is called ${name}; known are ${Object.keys(benchmarks).join(', ')}`);
      process.exitCode = 2;
      return;
    }
    results[name] = benchmarks[name]();
    if (!values.json) console.log(`${name}: ${JSON.stringify(results[name], null, 2)}`);
  }
  if (values.json) console.log(JSON.stringify(results, null, 2));
}

main();
