import { describe, expect, test } from 'vitest';
import { micros, seconds } from '../../../src/kernel/micros.js';
import { joinTables } from '../../../src/sim/series/join-tables.js';
import { pool, runSim, type SimRun, workload, world } from '../sim-run.js';

function columns({ measurement }: SimRun, kind: string): Record<string, number[]> {
  const table = measurement.series.tables.find((candidate) => candidate.kind === kind);
  return Object.fromEntries(Object.entries(table?.columns ?? {}).map(([name, column]) => [name, [...column]]));
}

describe('the series', () => {
  test('has a row a step; the warm-up has negative starts and is closed before counting begins', () => {
    const { plane, measurement } = runSim(world({ warmUpMicros: seconds(30), durationMicros: seconds(40) }));
    expect([...measurement.series.startSeconds]).toEqual([-30, -20, -10, 0, 10, 20, 30]);
    expect(measurement.series.stepSeconds).toBe(10);
    expect(plane.closed.map((at) => at / 1e6)).toEqual([-20, -10, 0, 10, 20, 30, 40]);
    expect(plane.countingSince).toBe(0);
    expect(measurement).toMatchObject({ fromMicros: 0, toMicros: 40e6 });
  });

  test('without a warm-up counting begins at the start', () => {
    const { plane, measurement } = runSim(world());
    expect(plane.countingSince).toBe(0);
    expect(measurement.series.startSeconds[0]).toBe(0);
  });

  test('steps end where the warm-up ends and where the run ends, whatever their length', () => {
    const { measurement, plane } = runSim(world({ warmUpMicros: seconds(15), durationMicros: seconds(25) }));
    expect([...measurement.series.startSeconds]).toEqual([-15, -10, 0, 10, 20]);
    expect(plane.closed.at(-1)).toBe(25e6);
  });

  test('counts pods and CPU by hand', () => {
    // A second pod is created at 15, listens at 22, is ready at 25, and is asked to stop at 45, with work on board until 48.
    const run = runSim(
      world({ durationMicros: seconds(60) }),
      [
        [15, 2],
        [45, 1],
      ],
      (fact, plane) => {
        if (fact.type !== 'podBecameReady' || fact.pod !== 'web-1') return;
        plane.process('web-1').carry(2, 48);
        plane.process('web-1').waiting = 1;
      },
    );
    const rows = columns(run, 'workload');
    expect(rows.desiredPods).toEqual([1, 2, 2, 2, 1, 1]);
    expect(rows.pods).toEqual([1, 2, 2, 2, 1, 1]);
    expect(rows.readyPods).toEqual([1, 1, 2, 2, 1, 1]);
    expect(rows.inFlight).toEqual([0, 0, 2, 2, 0, 0]);
    expect(rows.queue).toEqual([0, 0, 1, 1, 0, 0]);
    expect(rows.memoryMiB).toEqual([100, 200, 205, 205, 100, 100]);
    // Half a core each while they listen; the second refuses from 45 on, and the notebook stops its clock.
    expect(rows.cpuCores).toEqual([0.5, 0.5, 0.9, 1, 0.75, 0.5]);
    // Half of a requested core whenever ready: 15 ready-seconds in the third step, with 7.5 core-seconds.
    expect(rows.cpuUtilisation).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
  });

  test('has no utilisation where nothing is requested', () => {
    const run = runSim(world({ workloads: [workload({}, { cpuRequestMillis: null })] }));
    expect(columns(run, 'workload').cpuUtilisation.every(Number.isNaN)).toBe(true);
  });

  test('keeps the CPU time of pods that are gone', () => {
    const run = runSim(world({ faults: [{ kind: 'killPods', at: seconds(14), workload: 'web', pods: { count: 1 } }] }));
    expect(columns(run, 'workload').cpuCores.slice(0, 4)).toEqual([0.5, 0.2, 0.45, 0.5]);
  });

  test('joins the columns of the request path, and counts live nodes', () => {
    const run = runSim(
      world({
        durationMicros: seconds(30),
        nodePools: [pool()],
        faults: [{ kind: 'killNode', at: seconds(12), count: 1 }],
      }),
    );
    expect(columns(run, 'service')).toEqual({ offered: [10e6, 20e6, 30e6], nodes: [2, 1, 1] });
  });

  test('a column of another length is refused', () => {
    const table = { entity: 'web', kind: 'workload', columns: { queue: new Float64Array(3) } } as const;
    expect(() => joinTables([table], [], 4)).toThrow('column queue of workload web must have 4 entries, had 3');
  });
});

test('the request path is carried through adjoining stretches from the start to the end', () => {
  const { plane } = runSim(world({ warmUpMicros: seconds(30) }));
  expect(plane.stretches[0][0]).toBe(-30e6);
  expect(plane.stretches.at(-1)?.[1]).toBe(micros(120e6));
  for (let i = 1; i < plane.stretches.length; i += 1) expect(plane.stretches[i][0]).toBe(plane.stretches[i - 1][1]);
});
