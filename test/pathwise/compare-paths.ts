import type { PodSpec, WorldSpec } from '../../src/domain/world-spec.js';
import { type Micros, micros } from '../../src/kernel/micros.js';
import { Streams } from '../../src/kernel/streams.js';
import { TextHash } from '../../src/kernel/text-hash.js';
import { createExactPlane } from '../../src/sim/requests/create-exact-plane.js';
import { OUTCOME } from '../../src/sim/requests/outcome.js';
import { openPods } from '../sim/requests/plane-world.js';
import type { NaiveOutcome } from './naive-nouns.js';
import { NaiveSimulator } from './naive-simulator.js';

/** A pod of the workload `app`, the first of its world, has other resources from an instant on. */
export interface PathResize {
  readonly at: Micros;
  readonly pod: number;
  readonly spec: PodSpec;
}

/** How a comparison is made. */
export interface PathOptions {
  readonly indexAll?: boolean;
  /** In the order of their times. */
  readonly resizes?: readonly PathResize[];
}

/** End of every logical request of one source: an outcome's code and its instant; -1 and NaN where it has not ended. */
export interface Ends {
  readonly outcomes: number[];
  readonly instants: number[];
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
};

/** Runs the product's request path and notes every request's end; as many of the first pods as a fault says answer errors throughout. Traffic ends before the run does, so that all of them end. */
export function productEnds(world: WorldSpec, options: PathOptions = {}): Ends[] {
  const ends = world.traffic.map((): Ends => ({ outcomes: [], instants: [] }));
  const sourceOf = new Map(world.traffic.map(({ name }, i) => [new TextHash().add(name).words()[0] | 0, i]));
  const observer = (hop: number, ordinal: number, outcome: number, at: number): void => {
    note(ends[sourceOf.get(hop)!], ordinal, outcome, at);
  };
  const plane = createExactPlane(world, new Streams(world.seed), { ...options, observer });
  const pods = openPods(plane, world);
  for (const fault of world.faults) {
    if (fault.kind !== 'answerErrors' || !('count' in fault.pods)) continue;
    for (const pod of pods.get(fault.workload)!.slice(0, fault.pods.count)) pod.answerErrors(fault.share, 1);
  }
  let now = 0;
  const advance = (to: number): void => {
    if (to > now) plane.advance(micros(now), micros(to));
    now = Math.max(now, to);
  };
  const { resizes = [] } = options;
  let next = 0;
  for (let step = world.stepMicros; now < world.durationMicros; step = micros(step + world.stepMicros)) {
    const to = Math.min(world.durationMicros, step);
    for (; next < resizes.length && resizes[next].at <= to; next += 1) {
      const { at, pod, spec } = resizes[next];
      advance(at);
      pods.get('app')![pod].resize(spec);
    }
    advance(to);
    plane.closeStep(micros(to));
  }
  return ends;
}

/** Runs the naive simulator likewise. */
export function naiveEnds(
  world: WorldSpec,
  { resizes = [] }: PathOptions = {},
): { readonly ends: Ends[]; readonly coincidences: number } {
  const ends = world.traffic.map((): Ends => ({ outcomes: [], instants: [] }));
  const naive = new NaiveSimulator(world, (source, ordinal, outcome, at) => {
    note(ends[source], ordinal, CODES[outcome], at);
  });
  for (const { at, pod, spec } of resizes) {
    naive.run(at);
    naive.resupply(pod, spec.serving, at);
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
  const counts: Record<NaiveOutcome, number> = {
    served: 0,
    'timed out': 0,
    rejected: 0,
    'gave up': 0,
    'call failed': 0,
    'cut off': 0,
    error: 0,
    'circuit open': 0,
    shed: 0,
  };
  world.traffic.forEach(({ name }, source) => {
    const ours = product[source];
    const theirs = naive.ends[source];
    const length = Math.max(ours.outcomes.length, theirs.outcomes.length);
    requests += length;
    for (let k = 0; k < length; k += 1) {
      for (const [outcome, code] of outcomes) if (theirs.outcomes[k] === code) counts[outcome] += 1;
      if (ours.outcomes[k] === theirs.outcomes[k] && ours.instants[k] === theirs.instants[k]) continue;
      differing += 1;
      if (examples.length < 5) {
        examples.push(
          `${name} ${k}: product ${ours.outcomes[k]} at ${ours.instants[k]}, naive ${theirs.outcomes[k]} at ${theirs.instants[k]}`,
        );
      }
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

const outcomes = (
  ['served', 'timed out', 'rejected', 'gave up', 'call failed', 'cut off', 'error', 'circuit open', 'shed'] as const
).map((outcome) => [outcome, CODES[outcome]] as const);

function note(ends: Ends, ordinal: number, outcome: number, at: number): void {
  while (ends.outcomes.length <= ordinal) {
    ends.outcomes.push(-1);
    ends.instants.push(NaN);
  }
  if (ends.outcomes[ordinal] !== -1) throw new RangeError(`request ${ordinal} ended twice`);
  ends.outcomes[ordinal] = outcome;
  ends.instants[ordinal] = at;
}
