import type { PodSpec, WorldSpec } from '../../src/domain/world-spec.js';
import { type Micros, micros } from '../../src/kernel/micros.js';
import { Streams } from '../../src/kernel/streams.js';
import { TextHash } from '../../src/kernel/text-hash.js';
import type { DataPlane, ProcessPort } from '../../src/sim/data-plane.js';
import { createExactPlane } from '../../src/sim/requests/create-exact-plane.js';
import { OUTCOME } from '../../src/sim/requests/outcome.js';
import { openPods } from '../sim/requests/plane-world.js';
import type { NaiveOutcome } from './naive-nouns.js';
import type { EndpointChange } from './naive-pods.js';
import { NaiveSimulator } from './naive-simulator.js';

/** A pod of the workload `app`, the first of its world, has other resources from an instant on. */
export interface PathResize {
  readonly at: Micros;
  readonly pod: number;
  readonly spec: PodSpec;
}

/** How a logical request ended: an outcome's code and the instant. */
export interface End {
  readonly outcome: number;
  readonly at: number;
}

/** Ends of the logical requests of one source, by ordinal; those that have not ended are missing. */
export type Ends = ReadonlyMap<number, End>;

/** What else is the same for both simulators. */
export interface PathOptions {
  /** Indexes every station of the product. */
  readonly indexAll?: boolean;
  /** Pods that come and go, in the order of time. */
  readonly changes?: readonly EndpointChange[];
  /** Pods that get other resources, in the order of time. */
  readonly resizes?: readonly PathResize[];
}

/** What two simulators made of the same world. */
export interface PathComparison {
  readonly requests: number;
  /** Requests by outcome, named as the naive simulator names them. */
  readonly counts: Readonly<Record<NaiveOutcome, number>>;
  readonly differing: number;
  /** The first few differing requests, in words. */
  readonly examples: readonly string[];
  /** Ties whose order is unspecified but could show; a comparison is only fair without them. */
  readonly coincidences: number;
  readonly productSeconds: number;
  readonly naiveSeconds: number;
}

const CODES: Readonly<Record<NaiveOutcome, number>> = {
  served: OUTCOME.served,
  'timed out': OUTCOME.timedOut,
  rejected: OUTCOME.rejected,
  'gave up': OUTCOME.gaveUp,
  'call failed': OUTCOME.callFailed,
  'cut off': OUTCOME.cutByFailure,
  error: OUTCOME.errored,
  'circuit open': OUTCOME.circuitOpen,
  shed: OUTCOME.shed,
  refused: OUTCOME.refusedByFailure,
};

/** Runs the product's request path and notes every request's end; as many of the first pods as a fault says answer errors throughout. Traffic ends before the run does, so that all of them end. */
export function productEnds(world: WorldSpec, { indexAll, changes = [], resizes = [] }: PathOptions = {}): Ends[] {
  const ends = world.traffic.map(() => new Map<number, End>());
  const sourceOf = new Map(world.traffic.map(({ name }, i) => [new TextHash().add(name).words()[0] | 0, i]));
  const observer = (hop: number, ordinal: number, outcome: number, at: number): void => {
    note(ends[sourceOf.get(hop)!], ordinal, { outcome, at });
  };
  const plane = createExactPlane(world, new Streams(world.seed), { indexAll, observer });
  const pods = openPods(plane, world);
  for (const fault of world.faults) {
    if (fault.kind !== 'answerErrors' || !('count' in fault.pods)) continue;
    for (const pod of pods.get(fault.workload)!.slice(0, fault.pods.count)) pod.answerErrors(fault.share, 1);
  }
  const edges = Array.from(
    { length: Math.ceil(world.durationMicros / world.stepMicros) },
    (_, i): number => (i + 1) * world.stepMicros,
  );
  const stops = [...edges, ...changes.map((change) => change.at), ...resizes.map((resize) => resize.at)];
  let from = micros(0);
  for (const at of [...new Set(stops)].sort((a, b) => a - b)) {
    const to = micros(Math.min(world.durationMicros, at));
    plane.advance(from, to);
    if (edges.includes(at)) plane.closeStep(to);
    for (const change of changes) if (change.at === at) changePods(plane, world, pods.get(change.workload)!, change);
    for (const resize of resizes) if (resize.at === at) pods.get('app')![resize.pod].resize(resize.spec);
    from = to;
  }
  return ends;
}

function changePods(
  plane: DataPlane,
  { nodePools }: WorldSpec,
  opened: ProcessPort[],
  { workload, pods, weights, dies = [] }: EndpointChange,
): void {
  const port = plane.workload(workload);
  for (const ordinal of pods) {
    if (ordinal < opened.length) continue;
    const pod = port.open(ordinal, { speed: 1, place: nodePools.at(ordinal % nodePools.length) });
    pod.listen(true);
    opened.push(pod);
  }
  const shares = weights?.map((weight) => ({ weight }));
  port.route(
    pods.map((ordinal) => opened[ordinal]),
    shares,
  );
  for (const ordinal of dies) opened[ordinal].cut('failure');
}

/** Runs the naive simulator likewise. */
export function naiveEnds(
  world: WorldSpec,
  { changes = [], resizes = [] }: PathOptions = {},
): { readonly ends: Ends[]; readonly coincidences: number } {
  const ends = world.traffic.map(() => new Map<number, End>());
  const naive = new NaiveSimulator(world, (source, ordinal, outcome, at) => {
    note(ends[source], ordinal, { outcome: CODES[outcome], at });
  });
  for (const change of changes) naive.change(change);
  for (const { at, pod, spec } of resizes) {
    naive.run(at);
    naive.stations[pod].resupply(spec.serving, at);
  }
  naive.run(world.durationMicros);
  return { ends, coincidences: naive.coincidences };
}

/** Runs both and compares request by request, to the microsecond. */
export function comparePaths(world: WorldSpec, options: PathOptions = {}): PathComparison {
  const start = process.cpuUsage().user;
  const product = productEnds(world, options);
  const middle = process.cpuUsage().user;
  const naive = naiveEnds(world, options);
  const end = process.cpuUsage().user;
  const examples: string[] = [];
  let requests = 0;
  let differing = 0;
  const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<NaiveOutcome, number>;
  world.traffic.forEach(({ name }, source) => {
    const ours = product[source];
    const theirs = naive.ends[source];
    const ordinals = new Set([...ours.keys(), ...theirs.keys()]);
    requests += ordinals.size;
    for (const k of ordinals) {
      const our = ours.get(k);
      const their = theirs.get(k);
      for (const outcome of outcomes) if (their?.outcome === CODES[outcome]) counts[outcome] += 1;
      if (our?.outcome === their?.outcome && our?.at === their?.at) continue;
      differing += 1;
      if (examples.length < 5) examples.push(`${name} ${k}: product ${inWords(our)}, naive ${inWords(their)}`);
    }
  });
  return {
    requests,
    counts,
    differing,
    examples,
    coincidences: naive.coincidences,
    productSeconds: (middle - start) / 1e6,
    naiveSeconds: (end - middle) / 1e6,
  };
}

const outcomes = Object.keys(CODES) as NaiveOutcome[];

function inWords(end: End | undefined): string {
  return end === undefined ? 'no end' : `${end.outcome} at ${end.at}`;
}

function note(ends: Map<number, End>, ordinal: number, end: End): void {
  if (ends.has(ordinal)) throw new RangeError(`request ${ordinal} ended twice`);
  ends.set(ordinal, end);
}
