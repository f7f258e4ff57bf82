import type { ConnectionPoolSpec } from '../../../src/domain/connection-spec.js';
import type { BalancerPolicy, WorldSpec } from '../../../src/domain/world-spec.js';
import { micros } from '../../../src/kernel/micros.js';
import { Streams } from '../../../src/kernel/streams.js';
import type { ProcessPort } from '../../../src/sim/data-plane.js';
import { createExactPlane } from '../../../src/sim/requests/create-exact-plane.js';
import type { ExactPlane } from '../../../src/sim/requests/request-plane.js';
import {
  onlyClass,
  openPods,
  patientClient,
  plainWork,
  planeWorld,
  podWorkload,
  steadyTraffic,
} from '../requests/plane-world.js';

/** CPU time of every request, in microseconds. */
export const CPU_MICROS = 100;

/** A thousand requests a second, each of the same CPU time, to four pods, over connections or one by one. */
export function connectionWorld(
  per: 'request' | 'connection',
  connections: ConnectionPoolSpec,
  policy: BalancerPolicy = 'round-robin',
): WorldSpec {
  const traffic = steadyTraffic(
    'web',
    'app',
    { perSecond: 1000, endMicros: 900e6 },
    { classes: [onlyClass(plainWork(CPU_MICROS))], client: { ...patientClient, connections } },
  );
  const app = podWorkload('app', { count: 4, policy }, {});
  return planeWorld({
    seed: 5,
    endMicros: 900e6,
    traffic: [traffic],
    workloads: [{ ...app, balancer: { ...app.balancer, per } }],
  });
}

/** A run by hand: pods can be added and taken away, and what each was sent is told by the second. */
export class ConnectionRun {
  readonly plane: ExactPlane;
  readonly pods: ProcessPort[];
  private now = 0;

  constructor(world: WorldSpec) {
    this.plane = createExactPlane(world, new Streams(world.seed));
    this.pods = openPods(this.plane, world).get('app')!;
  }

  /** Goes on for so many seconds and returns the requests that each pod has served meanwhile. */
  go(seconds: number): number[] {
    const before = this.pods.map((pod) => pod.cpuMicros());
    const to = this.now + seconds * 1e6;
    this.plane.advance(micros(this.now), micros(to));
    this.plane.closeStep(micros(to));
    this.now = to;
    return this.pods.map((pod, i) => Math.round((pod.cpuMicros() - before[i]) / CPU_MICROS));
  }

  /** Adds pods and routes to them. */
  grow(count: number): void {
    for (let i = 0; i < count; i += 1) {
      const pod = this.plane.workload('app').open(this.pods.length, { speed: 1 });
      pod.listen(true);
      this.pods.push(pod);
    }
    this.route(this.pods);
  }

  route(pods: readonly ProcessPort[]): void {
    this.plane.workload('app').route(pods);
  }

  /** A column of the balancer's connections, the last row. */
  last(column: string): number {
    return (
      this.plane
        .tables()
        .find(({ entity }) => entity === 'app')
        ?.columns[column]?.at(-1) ?? NaN
    );
  }
}

/** Sum of some numbers. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
