import { describe, expect, test } from 'vitest';
import type { FaultSpec } from '../../../src/domain/fault-spec.js';
import type { WorldSpec } from '../../../src/domain/world-spec.js';
import { seconds } from '../../../src/kernel/micros.js';
import { lines, pool, runSim, workload, world } from '../sim-run.js';

/** Two nodes in each of two zones, one pod on each; zone a goes away at 20 s. The monitor's grace is 40 s, the eviction delay 60 s. */
function outage(forSeconds: number | null, changes: Partial<WorldSpec> = {}) {
  const fault: FaultSpec = {
    kind: 'zoneOutage',
    at: seconds(20),
    zone: 'a',
    durationMicros: forSeconds === null ? null : seconds(forSeconds),
  };
  const spec = world({
    durationMicros: seconds(200),
    nodePools: [pool({ name: 'a', zone: 'a' }), pool({ name: 'b', zone: 'b' })],
    workloads: [workload({ initialReplicas: 4 })],
    cluster: { nodeMonitorGraceMicros: seconds(40), evictionAfterMicros: seconds(60), restartDelayMicros: seconds(10) },
    faults: [fault],
    ...changes,
  });
  const run = runSim(spec);
  const told = lines(run.facts).filter((line) => Number(line.split(' ')[0]) > 0);
  return { ...run, told };
}

describe('a zone that goes away', () => {
  test('for good: its pods are cut at once, unready after the grace, and replaced in the other zone', () => {
    const { told, plane, measurement } = outage(null);
    expect(plane.notesOf('cut')).toEqual(['20 web-0 cut for failure with 0', '20 web-1 cut for failure with 0']);
    expect(told).toEqual([
      '60 nodeLost a-0',
      '60 podBecameUnready web-0 (node lost)',
      '60 nodeLost a-1',
      '60 podBecameUnready web-1 (node lost)',
      '120 podRemoved web-0 (node lost)',
      '120 podCreated web-4',
      '120 podScheduled web-4 b-0',
      '120 podStarted web-4',
      '120 podRemoved web-1 (node lost)',
      '120 podCreated web-5',
      '120 podScheduled web-5 b-1',
      '120 podStarted web-5',
      '130 podBecameReady web-4',
      '130 podBecameReady web-5',
    ]);
    expect(measurement.nodes.map(({ removedAt }) => removedAt)).toEqual([20e6, 20e6, null, null]);
  });

  test('for less than the grace: nobody is told of a node, and the containers start again', () => {
    const { told, measurement, plane } = outage(30);
    expect(told).toEqual([
      '50 podBecameUnready web-0 (node returned)',
      '50 podStarted web-0',
      '50 podBecameUnready web-1 (node returned)',
      '50 podStarted web-1',
      '60 podBecameReady web-0',
      '60 podBecameReady web-1',
    ]);
    expect(measurement.nodes.map(({ removedAt, outages }) => [removedAt, outages])).toEqual([
      [null, [{ from: 20e6, to: 50e6 }]],
      [null, [{ from: 20e6, to: 50e6 }]],
      [null, []],
      [null, []],
    ]);
    expect(plane.opened).toHaveLength(6);
  });

  test('for less than the eviction delay: the nodes are lost and back, and keep their pods', () => {
    const { told } = outage(70);
    expect(told.slice(4)).toEqual([
      '90 nodeBecameReady a-0',
      '90 podStarted web-0',
      '90 nodeBecameReady a-1',
      '90 podStarted web-1',
      '100 podBecameReady web-0',
      '100 podBecameReady web-1',
    ]);
  });

  test('and comes back: pods without a place find one', () => {
    const { told } = outage(150, { nodePools: [pool({ name: 'a', zone: 'a', count: 1 })] });
    expect(told.filter((line) => line.startsWith('120'))).toHaveLength(12);
    expect(told.filter((line) => line.startsWith('170'))).toEqual([
      '170 nodeBecameReady a-0',
      ...[4, 5, 6, 7].flatMap((n) => [`170 podScheduled web-${n} a-0`, `170 podStarted web-${n}`]),
    ]);
  });

  test('gives no machines meanwhile: what is asked for there is refused, and comes when the zone is back', () => {
    const after = (value: number) => ({ kind: 'constant', value: value * 1e6 }) as const;
    const elastic = { min: 0, max: 9, provisioning: after(20), boot: after(30) };
    const faults: FaultSpec[] = [{ kind: 'zoneOutage', at: seconds(20), zone: 'a', durationMicros: seconds(100) }];
    const nodePools = [
      pool({ name: 'a', zone: 'a', count: 1, elastic }),
      pool({ name: 'b', zone: 'b', count: 1, elastic }),
    ];
    const run = runSim(world({ durationMicros: seconds(300), nodePools, faults }), [
      { second: 45, pool: 'a', nodes: 2 },
      { second: 45, pool: 'b', nodes: 2 },
    ]);
    expect(lines(run.facts).filter((line) => /^[1-9].* node(Launch|BecameReady)/.test(line))).toEqual([
      '45 nodeLaunched a-1',
      '45 nodeLaunched b-1',
      '47 nodeLaunchFailed a-1 (InsufficientInstanceCapacity)',
      '95 nodeBecameReady b-1',
      '107 nodeLaunched a-2',
      '109 nodeLaunchFailed a-2 (InsufficientInstanceCapacity)',
      '120 nodeBecameReady a-0',
      '169 nodeLaunched a-3',
      '219 nodeBecameReady a-3',
    ]);
  });

  test('never gives any again where it is gone for good: what replaces its nodes is asked for in vain', () => {
    const after = (value: number) => ({ kind: 'constant', value: value * 1e6 }) as const;
    const elastic = { min: 0, max: 9, provisioning: after(20), boot: after(30) };
    const nodePools = [pool({ name: 'a', zone: 'a', count: 2, elastic })];
    const { measurement, told } = outage(null, { durationMicros: seconds(400), nodePools });
    expect(told.filter((line) => line.includes('nodeBecameReady'))).toEqual([]);
    // Lost at 20, noticed at 60, refused at 62 and every 62 s from then on.
    expect(measurement.failedLaunches?.map(({ node, at }) => `${at / 1e6} ${node}`).slice(0, 3)).toEqual([
      ...['62 a-2', '62 a-3', '124 a-4'],
    ]);
  });

  test('evictions go one node of a zone at a time where their rate is limited', () => {
    const { told } = outage(null, { cluster: { ...outageCluster, nodeEvictionsPerSecond: 0.1 } });
    expect(told.filter((line) => line.includes('podRemoved'))).toEqual([
      '120 podRemoved web-0 (node lost)',
      '130 podRemoved web-1 (node lost)',
    ]);
  });
});

const outageCluster = {
  nodeMonitorGraceMicros: seconds(40),
  evictionAfterMicros: seconds(60),
  restartDelayMicros: seconds(10),
};
