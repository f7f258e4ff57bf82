import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cpuWeight } from '../../../src/domain/cpu-weight.js';
import { micros } from '../../../src/kernel/micros.js';
import { naiveNode } from './naive-node.js';
import { serveNode } from './node-bench.js';
import { type NodePod, type NodeWorld, nodeWorlds } from './node-world.js';
import { serveSharing } from './station-bench.js';
import { tickedNode } from './ticked-node.js';

const MS = 1000;

function busy(threads: number, cpu: number, parts: Partial<NodePod> = {}): NodePod {
  return { weight: 39, cores: 8, arrivals: Array.from({ length: threads }, () => ({ at: 0, cpu })), ...parts };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

describe('pods on a full node', () => {
  test('an unlimited neighbour of equal request halves throughput', () => {
    const pod = busy(8, 100 * MS);
    expect(new Set(serveNode({ cores: 8, pods: [pod], neighbours: [] }).ends[0])).toEqual(new Set([100 * MS]));
    const beside = { weight: 39, cores: 16, from: 0, to: 1e6 };
    const { ends, neighbourMicros } = serveNode({ cores: 8, pods: [pod], neighbours: [beside] });
    expect(new Set(ends[0])).toEqual(new Set([200 * MS]));
    expect(neighbourMicros[0]).toBe(4 * 200 * MS + 8 * 800 * MS);
    const two = serveNode({ cores: 8, pods: [pod, pod], neighbours: [] });
    expect(new Set(two.ends.flat())).toEqual(new Set([200 * MS]));
  });

  test('shares go by weight, and what one cannot use the others have', () => {
    const heavy = busy(8, 60 * MS, { weight: 79 });
    const light = busy(8, 20 * MS, { weight: 39 });
    // 8 cores: 5.36 and 2.64, until the light one is done at 60.5 ms.
    const { ends } = serveNode({ cores: 8, pods: [heavy, light], neighbours: [] });
    expect(ends[1][0]).toBeCloseTo((8 * 20 * MS) / ((8 * 39) / 118), -1);
    expect(Math.abs(ends[0][0] - 80 * MS)).toBeLessThanOrEqual(1);
    const narrow = busy(1, 50 * MS, { weight: 79 });
    const both = serveNode({ cores: 4, pods: [narrow, busy(6, 50 * MS, { weight: 4 })], neighbours: [] });
    expect(both.ends[0]).toEqual([50 * MS]);
    // 3 cores for the six until the one is done, then 4.
    expect(new Set(both.ends[1])).toEqual(new Set([87.5 * MS]));
  });

  test('a pod that has used its quota leaves its cores to the others until its period is over', () => {
    const limited = busy(4, 50 * MS, { quota: { cores: 1, periodMicros: micros(100 * MS) } });
    const { ends } = serveNode({ cores: 4, pods: [limited, busy(4, 100 * MS)], neighbours: [] });
    // Both have 2 cores until the first has used 100 ms at 50 ms; the other has 4 from there to 100 ms, then both have 2 again.
    expect(new Set(ends.flat())).toEqual(new Set([150 * MS]));
    const short = serveNode({ cores: 4, pods: [limited, busy(4, 75 * MS)], neighbours: [] });
    expect(new Set(short.ends[1])).toEqual(new Set([100 * MS]));
    expect(new Set(short.ends[0])).toEqual(new Set([125 * MS]));
  });

  test('a node that has enough for all changes nothing, and a pod alone on a full one is as on so many cores', () => {
    fc.assert(
      fc.property(nodeWorlds(1), ({ cores, pods, neighbours }) => {
        const roomy = serveNode({ cores: 64, pods, neighbours });
        pods.forEach((pod, i) => {
          if (pod.arrivals.length === 0) return;
          expect(roomy.ends[i]).toEqual(serveSharing(pod.arrivals, pod.cores, pod.quota).ends);
          const alone = serveNode({ cores, pods: [pod], neighbours: [] });
          const narrow = serveSharing(pod.arrivals, Math.min(cores, pod.cores), pod.quota).ends;
          alone.ends[0].forEach((end, k) => expect(Math.abs(end - narrow[k])).toBeLessThanOrEqual(1));
        });
      }),
      { seed: 71, numRuns: 150 },
    );
  });

  test('a naive scheduler that goes from event to event agrees to the microsecond', () => {
    let compared = 0;
    fc.assert(
      fc.property(nodeWorlds(1), (world) => {
        const naive = naiveNode(world);
        serveNode(world).ends.forEach((ends, pod) =>
          ends.forEach((end, k) => {
            compared += 1;
            expect(Math.abs(end - naive[pod][k])).toBeLessThanOrEqual(1);
          }),
        );
      }),
      { seed: 72, numRuns: 600 },
    );
    expect(compared).toBeGreaterThan(3000);
  });

  test('a scheduler that goes millisecond by millisecond agrees to within a round of turns, but for those a period cuts off', () => {
    let near = 0;
    let all = 0;
    let gaps = 0;
    let spans = 0;
    fc.assert(
      fc.property(nodeWorlds(MS), (given) => {
        const pods = given.pods.map((pod) => ({ ...pod, cores: 8, weight: Math.max(20, pod.weight) }));
        const world = { ...given, pods, neighbours: [] };
        const total = pods.reduce((sum, { weight }) => sum + weight, 0);
        const ticked = tickedNode(world);
        serveNode(world).ends.forEach((ends, pod) => {
          const { weight, arrivals } = pods[pod];
          const round = ((arrivals.length * total) / weight / world.cores + 2) * MS;
          ends.forEach((end, k) => {
            const gap = Math.abs(end - ticked[pod][k]);
            all += 1;
            if (gap <= round) near += 1;
            gaps += gap;
            spans += end - arrivals[k].at;
          });
        });
      }),
      { seed: 73, numRuns: 150 },
    );
    expect(all).toBeGreaterThan(1000);
    expect(near / all).toBeGreaterThan(0.9);
    expect(gaps / spans).toBeLessThan(0.06);
  });

  test('cores are never idle while somebody could use them, and nobody has more than its threads or its quota', () => {
    fc.assert(
      fc.property(nodeWorlds(1), (world) => {
        const { pods, neighbours, cores } = world;
        const spans: { from: number; to: number; rates: number[] }[] = [];
        const { ends, cpuMicros } = serveNode(world, (from, to, used) => {
          // Shorter ones are lost in rounding.
          if (to - from > 1) spans.push({ from, to, rates: used.map((cpu) => cpu / (to - from)) });
        });
        for (const { from, to, rates } of spans) {
          const wants = [
            ...pods.map((pod, i) => {
              const threads = pod.arrivals.filter(({ at }, k) => at <= from && ends[i][k] >= to).length;
              return Math.min(threads, pod.cores);
            }),
            ...neighbours.map((one) => (one.from <= from && to <= one.to ? one.cores : 0)),
          ];
          const full = sum(wants) > cores;
          wants.forEach((want, i) => expect(rates[i]).toBeLessThanOrEqual(want + 1e-3));
          const could = wants.map((want, i) =>
            pods[i]?.quota !== undefined && (!full || rates[i] < 1e-6) ? rates[i] : want,
          );
          expect(sum(rates)).toBeCloseTo(Math.min(cores, sum(could)), 2);
        }
        pods.forEach((pod, i) => {
          const work = sum(pod.arrivals.map(({ cpu }) => cpu));
          expect(cpuMicros[i]).toBeGreaterThanOrEqual(work - 0.1);
          expect(cpuMicros[i]).toBeLessThanOrEqual(work + pod.arrivals.length * (pod.cores + 1));
          if (pod.quota === undefined || pod.arrivals.length === 0) return;
          const length = Math.max(...ends[i]) - pod.arrivals[0].at;
          const periods = Math.ceil(length / pod.quota.periodMicros);
          expect(cpuMicros[i]).toBeLessThanOrEqual(periods * pod.quota.cores * pod.quota.periodMicros + 1);
        });
      }),
      { seed: 74, numRuns: 300 },
    );
  });

  test('where all want more than their shares, they get them in proportion to their weights', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 6 }), (given, cores) => {
        const world: NodeWorld = {
          cores,
          pods: given.map((weight) => busy(8, 1e6, { weight })),
          neighbours: [],
        };
        let first = true;
        serveNode(world, (from, to, used) => {
          if (to === from || !first) return;
          first = false;
          const total = given.reduce((sum, weight) => sum + weight, 0);
          given.forEach((weight, i) => {
            expect(used[i] / (to - from)).toBeCloseTo(Math.min(8, (cores * weight) / total), 6);
          });
        });
        expect(first).toBe(false);
      }),
      { seed: 75, numRuns: 100 },
    );
  });
});

test('weights of CPU requests are those of cgroup v2', () => {
  expect([0, 1, 100, 250, 500, 1000, 2000, 16_000, 1e6].map(cpuWeight)).toEqual([1, 1, 4, 10, 20, 39, 79, 625, 10_000]);
});
