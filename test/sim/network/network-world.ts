import type { FaultSpec, NetworkFault } from '../../../src/domain/fault-spec.js';
import type { LinkKind, NetworkSpec, PlaceSpec } from '../../../src/domain/network-spec.js';
import type { ClientSpec, WorkSpec } from '../../../src/domain/traffic-spec.js';
import type { NodePoolSpec, WorldSpec } from '../../../src/domain/world-spec.js';
import { micros } from '../../../src/kernel/micros.js';
import { Streams } from '../../../src/kernel/streams.js';
import type { ProcessPort } from '../../../src/sim/data-plane.js';
import { createExactPlane } from '../../../src/sim/requests/create-exact-plane.js';
import type { ExactPlane } from '../../../src/sim/requests/request-plane.js';
import { ArrivalCursor } from '../requests/arrival-cursor.js';
import { onlyClass, patientClient, planeWorld, podWorkload, steadyTraffic } from '../requests/plane-world.js';

/** Round trips in milliseconds; zero where nothing is said. */
export function network(milliseconds: Partial<Record<LinkKind, number>>, loss = 0): NetworkSpec {
  const constant = (kind: LinkKind) => ({ kind: 'constant', value: (milliseconds[kind] ?? 0) * 1e3 }) as const;
  return {
    roundTrip: {
      sameZone: constant('sameZone'),
      crossZone: constant('crossZone'),
      crossRegion: constant('crossRegion'),
      clients: constant('clients'),
      internet: constant('internet'),
    },
    loss,
    prices: null,
  };
}

/** A pool of one node of a zone, as a place for pods. */
export function zone(name: string, region = 'r'): NodePoolSpec {
  return {
    name,
    instanceType: '',
    count: 1,
    region,
    zone: name,
    cpuMillis: 1,
    memoryMiB: 1,
    maxPods: 1,
    pricePerHour: 0,
    cpuSpeed: 1,
  };
}

/** A fault from second to second. */
export function disturbed(
  seconds: readonly [number, number],
  parts: Pick<NetworkFault, 'from' | 'to' | 'bothWays'> & { readonly delayMs?: number; readonly loss?: number },
): FaultSpec {
  const { delayMs = 0, loss = 0, ...ends } = parts;
  const [from, until] = seconds.map((second) => second * 1e6);
  return {
    kind: 'network',
    at: micros(from),
    durationMicros: micros(until - from),
    delayMicros: micros(delayMs * 1e3),
    loss,
    ...ends,
  };
}

/** One request a second, evenly spaced, for `count` seconds, to one pod of `app`. */
export function tickingWorld(
  work: WorkSpec,
  parts: Partial<WorldSpec> & { readonly client?: ClientSpec; readonly count?: number } = {},
): WorldSpec {
  const { client = patientClient, count = 5, ...rest } = parts;
  const traffic = steadyTraffic(
    'web',
    'app',
    { perSecond: 1, endMicros: count * 1e6 },
    { classes: [onlyClass(work)], client, arrivals: 'uniform' },
  );
  const world = planeWorld({
    seed: 3,
    endMicros: (count + 2000) * 1e6,
    traffic: [traffic],
    workloads: [podWorkload('app', { count: 1 }, {}, work)],
  });
  return { ...world, ...rest };
}

/** How a request of the first source ended. */
export interface End {
  readonly outcome: number;
  /** From its arrival to its end, in milliseconds. */
  readonly latencyMs: number;
}

/** A run of the request path alone, by hand. */
export class NetworkRun {
  readonly plane: ExactPlane;
  readonly pods = new Map<string, ProcessPort[]>();
  private readonly ended = new Map<number, End>();
  private now = 0;

  constructor(
    world: WorldSpec,
    /** Where the n-th pod of a workload stands. */
    places: Readonly<Record<string, readonly PlaceSpec[]>> = {},
  ) {
    const cursor = new ArrivalCursor(world.traffic[0], new Streams(world.seed));
    const arrivals: number[] = [];
    this.plane = createExactPlane(world, new Streams(world.seed), {
      observer: (_hop, ordinal, outcome, at) => {
        while (arrivals.length <= ordinal) arrivals.push(cursor.next());
        this.ended.set(ordinal, { outcome, latencyMs: (at - arrivals[ordinal]) / 1e3 });
      },
    });
    for (const { name, initialReplicas } of world.workloads) {
      const port = this.plane.workload(name);
      const pods = Array.from({ length: initialReplicas }, (_, i) =>
        port.open(i, { speed: 1, place: places[name]?.at(i) }),
      );
      for (const pod of pods) pod.listen(true);
      port.route(pods);
      this.pods.set(name, pods);
    }
  }

  /** Goes on to a second. */
  to(second: number): this {
    this.plane.advance(micros(this.now), micros(second * 1e6));
    this.plane.closeStep(micros(second * 1e6));
    this.now = second * 1e6;
    return this;
  }

  /** Ends by ordinal, of the requests that have ended. */
  ends(): End[] {
    return [...this.ended].sort(([a], [b]) => a - b).map(([, end]) => end);
  }

  latencies(): number[] {
    return this.ends().map(({ latencyMs }) => latencyMs);
  }

  /** A column of the service's series, summed. */
  sum(column: string): number {
    const service = this.plane.tables().find(({ kind }) => kind === 'service')!;
    return service.columns[column].reduce((total, value) => total + value, 0);
  }
}
