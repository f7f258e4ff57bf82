import { runScenario } from '../../src/experiment/run-scenario.js';
import { builtIn } from '../../src/engine/registries.js';
import { micros, seconds } from '../../src/kernel/micros.js';
import { Streams } from '../../src/kernel/streams.js';
import { createExactPlane } from '../../src/sim/requests/create-exact-plane.js';
import type { WorldSpec } from '../../src/domain/world-spec.js';
import { type Bench, dayBench, dayHardBench, mmcWorld, podsWorld } from './scenarios.js';

/** What one benchmark yields: requests (logical), CPU seconds of this process for them, and its peak memory. */
export interface Measured {
  readonly requests: number;
  readonly cpuSeconds: number;
  readonly peakRssMiB: number;
}

const ARRIVALS = 1e7;

/** The benchmarks by name; each is measured in a process of its own. */
export const benchmarks: Readonly<Record<string, () => Promise<Measured> | Measured>> = {
  mmc: () => plane(mmcWorld(ARRIVALS)),
  'pods-50': () => plane(podsWorld(50, 4e6)),
  'pods-1000': () => plane(podsWorld(1000, 4e6)),
  'pods-10000': () => plane(podsWorld(10_000, 4e6)),
  day: () => whole(dayBench()),
  dayHard: () => whole(dayHardBench()),
};

/** The request path alone, through the plane's own arrivals, balancer, stations and measurements; making the pods is not counted. */
function plane(world: WorldSpec): Measured {
  const exact = createExactPlane(world, new Streams(world.seed));
  const port = exact.workload(world.workloads[0].name);
  const pods = Array.from({ length: world.workloads[0].initialReplicas }, (_, ordinal) => port.open(ordinal, 1));
  for (const pod of pods) pod.listen(true);
  port.route(pods);
  exact.startCounting();
  return timed(() => {
    for (let at = 0; at < world.durationMicros; at += world.stepMicros) {
      const to = micros(Math.min(world.durationMicros, at + seconds(60)));
      exact.advance(micros(at), to);
      exact.closeStep(to);
    }
    return exact.totals().requests.offered;
  });
}

/** The whole product: engine, control plane, metrics, requests and journal. */
async function whole(bench: Bench): Promise<Measured> {
  const before = cpuSeconds();
  const { measurement } = await runScenario(bench, { registries: builtIn, journalSink: () => undefined });
  return measured(measurement.totals.requests.offered, cpuSeconds() - before);
}

function timed(run: () => number): Measured {
  const before = cpuSeconds();
  const requests = run();
  return measured(requests, cpuSeconds() - before);
}

function measured(requests: number, seconds: number): Measured {
  return { requests, cpuSeconds: seconds, peakRssMiB: process.resourceUsage().maxRSS / 1024 };
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
