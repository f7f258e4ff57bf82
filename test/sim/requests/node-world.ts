import fc from 'fast-check';
import type { CpuQuota } from '../../../src/domain/world-spec.js';
import { micros } from '../../../src/kernel/micros.js';
import type { Arrival } from './station-bench.js';

/** A pod alone with its requests: their arrivals in order of time. */
export interface NodePod {
  readonly weight: number;
  readonly cores: number;
  readonly quota?: CpuQuota;
  readonly arrivals: readonly Arrival[];
}

/** Somebody who wants cores for a while. */
export interface NodeNeighbour {
  readonly weight: number;
  readonly cores: number;
  readonly from: number;
  readonly to: number;
}

/** Pods and neighbours on the cores of one node. */
export interface NodeWorld {
  readonly cores: number;
  readonly pods: readonly NodePod[];
  readonly neighbours: readonly NodeNeighbour[];
}

const MS = 1000;

/** Arrivals at whole multiples of `grain` microseconds within 300 ms, of demands of up to 60 ms. */
function arrivals(grain: number): fc.Arbitrary<Arrival[]> {
  const one = fc.record({
    at: fc.integer({ min: 0, max: (300 * MS) / grain }),
    cpu: fc.integer({ min: 1, max: (60 * MS) / grain }),
  });
  return fc
    .array(one, { maxLength: 10 })
    .map((all) => all.map(({ at, cpu }) => ({ at: at * grain, cpu: cpu * grain })).sort((a, b) => a.at - b.at));
}

/** Worlds of a few pods, some under a quota, and a neighbour or two. */
export function nodeWorlds(grain: number): fc.Arbitrary<NodeWorld> {
  const quota = fc.option(
    fc.record({
      cores: fc.constantFrom(0.3, 1, 1.5, 2),
      periodMicros: fc.constantFrom(micros(100 * MS), micros(20 * MS)),
    }),
    { nil: undefined },
  );
  const pod = fc.record({
    weight: fc.constantFrom(1, 4, 20, 39, 79),
    cores: fc.constantFrom(1, 2, 3.5, 8),
    quota,
    arrivals: arrivals(grain),
  });
  const neighbour = fc
    .record({
      weight: fc.constantFrom(4, 39, 79),
      cores: fc.constantFrom(0.5, 2, 8),
      from: fc.integer({ min: 0, max: 200 }),
      length: fc.integer({ min: 1, max: 200 }),
    })
    .map(({ from, length, ...rest }) => ({ ...rest, from: from * MS, to: (from + length) * MS }));
  return fc.record({
    cores: fc.constantFrom(1, 2, 4),
    pods: fc.array(pod, { minLength: 1, maxLength: 5 }),
    neighbours: fc.array(neighbour, { maxLength: 2 }),
  });
}
