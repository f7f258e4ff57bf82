import { micros } from '../../src/kernel/micros.js';
import { Streams } from '../../src/kernel/streams.js';
import { createExactPlane } from '../../src/sim/requests/create-exact-plane.js';
import { onlyClass, openPods, planeWorld, podWorkload, steadyTraffic } from '../sim/requests/plane-world.js';
import { type BenchResult, measured } from './bench-result.js';

const STEP = 60e6;

/** One pod of 50 workers at 90% load: M/M/50. */
export function benchMmc(): BenchResult {
  return bench({ requests: 1e7, pods: 1, concurrency: 50, load: 0.9, meanMicros: 100e3 });
}

/** So many pods of four workers at 80% load behind two random choices: the load of a pod is the same however many there are. */
export function benchPods(pods: number): BenchResult {
  return bench({ requests: Math.max(4e6, pods * 1000), pods, concurrency: 4, load: 0.8, meanMicros: 20e3 });
}

interface PlaneBench {
  readonly requests: number;
  readonly pods: number;
  readonly concurrency: number;
  readonly load: number;
  readonly meanMicros: number;
}

/** Runs the request path alone, with a row of the series every minute. */
function bench({ requests, pods, concurrency, load, meanMicros }: PlaneBench): BenchResult {
  const perSecond = (load * pods * concurrency * 1e6) / meanMicros;
  const endMicros = Math.round((requests / perSecond) * 1e6);
  const world = planeWorld({
    seed: 1,
    endMicros,
    traffic: [
      steadyTraffic(
        'web',
        'app',
        { perSecond, endMicros },
        {
          classes: [onlyClass({ cpu: { kind: 'exponential', mean: meanMicros }, wait: null, calls: [] })],
        },
      ),
    ],
    workloads: [podWorkload('app', { count: pods, policy: 'power-of-two' }, { concurrency })],
  });
  const plane = createExactPlane(world, new Streams(world.seed));
  openPods(plane, world);
  return measured(() => {
    for (let from = 0; from < endMicros; from += STEP) {
      const to = micros(Math.min(endMicros, from + STEP));
      plane.advance(micros(from), to);
      plane.closeStep(to);
    }
    const totals = plane.totals();
    return { requests: totals.requests.offered, facts: { meanLatencyMs: totals.latencyMs.mean ?? NaN } };
  });
}
