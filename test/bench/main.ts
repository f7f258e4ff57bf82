import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Measured } from './measure.js';

/**
 * `npm run bench [-- --json] [-- --only NAME]`: CPU seconds, never wall time, each benchmark in a process of its own, the best of three
 * for the short ones. Machines are noisy: read the ratios to the plain loop, which is measured in between.
 */
const argv = process.argv.slice(2);
const only = argv.includes('--only') ? argv[argv.indexOf('--only') + 1] : null;

/** Millions of events a CPU-second that others reach for M/M/c with c = 50 at 90% load on a machine of this kind; plain loop measured here. */
const PEERS = { 'a C++ heap': 24, 'typed Java': 16.7, 'dslab-core': 10, 'CloudSim 7G': 8, SimPy: 0.27 };

function child(file: string, name: string): Measured {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const text = execFileSync(process.execPath, ['--import', 'tsx', path, name], { encoding: 'utf8' });
  return JSON.parse(text) as Measured;
}

function best(name: string, times: number, file = './child.ts'): Measured {
  process.stderr.write(`measuring ${name}\n`);
  const runs = Array.from({ length: times }, () => child(file, name));
  return runs.reduce((a, b) => (b.cpuSeconds < a.cpuSeconds ? b : a));
}

function wanted(name: string): boolean {
  return only === null || only === name;
}

function round(value: number, digits = 3): number {
  return Number(value.toPrecision(digits));
}

function plane() {
  const loop = best('plain loop', 3, './plain-loop.ts');
  const mmc = best('mmc', 3);
  const eventsPerCpuSecond = (2 * mmc.requests) / mmc.cpuSeconds;
  const plainEventsPerCpuSecond = (2 * loop.requests) / loop.cpuSeconds;
  const ratios = Object.fromEntries(
    Object.entries(PEERS).map(([peer, millions]) => [peer, round(eventsPerCpuSecond / 1e6 / millions)]),
  );
  return {
    eventsPerCpuSecond: Math.round(eventsPerCpuSecond),
    peakRssMiB: round(mmc.peakRssMiB),
    plainLoopEventsPerCpuSecond: Math.round(plainEventsPerCpuSecond),
    ratios: { 'plain loop, here': round(eventsPerCpuSecond / plainEventsPerCpuSecond), ...ratios },
  };
}

function scenario(name: string) {
  const { requests, cpuSeconds, peakRssMiB } = best(name, 1);
  return {
    requests,
    cpuSeconds: round(cpuSeconds),
    requestsPerCpuSecond: Math.round(requests / cpuSeconds),
    peakRssMiB: round(peakRssMiB),
  };
}

function byPods() {
  return [50, 1000, 10_000].map((pods) => {
    const { requests, cpuSeconds } = best(`pods-${pods}`, 3);
    return { pods, nanosecondsPerRequest: Math.round((cpuSeconds / requests) * 1e9) };
  });
}

const document = {
  ...(wanted('mmc') ? { mmc: plane() } : {}),
  ...(wanted('day') ? { day: scenario('day') } : {}),
  ...(wanted('dayHard') ? { dayHard: scenario('dayHard') } : {}),
  ...(wanted('pods') ? { pods: byPods() } : {}),
};
process.stdout.write(`${JSON.stringify(document, null, argv.includes('--json') ? undefined : 2)}\n`);
