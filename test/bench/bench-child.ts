import { inlineDeeper } from '../../src/cli/inline-deeper.js';
import { benchEngineWorld } from './day-bench.js';
import { day, dayHard } from './day-worlds.js';
import { inUse } from './feature-worlds.js';
import type { BenchResult } from './bench-result.js';
import { profiled } from './cpu-profile.js';
import { benchMmc, benchPods } from './plane-bench.js';

/** Runs the benchmark that the first argument names, the second being its size, and prints what it measured as JSON. */
const benchmarks: Readonly<Record<string, (size: number) => BenchResult>> = {
  mmc: () => benchMmc(),
  pods: benchPods,
  day: (hours) => benchEngineWorld(day(hours)),
  dayHard: (hours) => benchEngineWorld(dayHard(hours)),
  dayHardProfile: (hours) => {
    benchEngineWorld(dayHard(hours / 4));
    let result: BenchResult | null = null;
    const profile = profiled(() => (result = benchEngineWorld(dayHard(hours))), 16);
    return { ...result!, profile };
  },
};

inlineDeeper();
const [name, size, feature] = process.argv.slice(2);
const result =
  name === 'feature' ? benchEngineWorld(inUse[feature](day(Number(size)))) : benchmarks[name](Number(size));
console.log(JSON.stringify(result));
