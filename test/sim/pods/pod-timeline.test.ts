import { describe, expect, test } from 'vitest';
import { seconds } from '../../../src/kernel/micros.js';
import { lines, pool, runSim, workload, world } from '../sim-run.js';

describe('from replicas set to a ready pod', () => {
  const spec = world({
    durationMicros: seconds(60),
    nodePools: [pool({ count: 1 })],
    workloads: [workload({}, { readiness: { periodMicros: seconds(5), rise: 2 } })],
  });

  test('the initial pod is ready and routed to at the start; a second takes start, probes and endpoint lag', () => {
    const { facts, plane } = runSim(spec, [[15, 2]]);
    expect(lines(facts)).toEqual([
      '0 nodeBecameReady pool-0',
      '0 replicasSet web 1',
      '0 podCreated web-0',
      '0 podScheduled web-0 pool-0',
      '0 podStarted web-0',
      '0 podBecameReady web-0',
      '15 replicasSet web 2',
      '15 podCreated web-1',
      '15 podScheduled web-1 pool-0',
      '15 podStarted web-1',
      // Listens at 22; probes at 15, 20 fail, at 25 and 30 succeed.
      '30 podBecameReady web-1',
    ]);
    expect(plane.notesOf('listens')).toEqual(['0 web-0 listens', '22 web-1 listens']);
    expect(plane.notesOf('routes')).toEqual(['0 web routes to web-0', '32 web routes to web-0 web-1']);
  });

  test('a probe at the very instant of listening counts', () => {
    const exact = workload({}, { start: { kind: 'constant', value: 10e6 } });
    const { facts } = runSim(world({ workloads: [exact] }), [[15, 2]]);
    expect(lines(facts).at(-1)).toBe('25 podBecameReady web-1');
  });

  test('the initial pod is a warm one, the second is ready since it became so', () => {
    const { plane } = runSim(spec, [[15, 2]]);
    expect(plane.process('web-0').readySince).toBeLessThan(-3600e6);
    expect(plane.process('web-1').readySince).toBe(30e6);
  });

  test('the records tell the same story', () => {
    const { measurement } = runSim(spec, [[15, 2]]);
    expect(measurement.pods[1]).toEqual({
      workload: 'web',
      ordinal: 1,
      createdAt: 15e6,
      scheduledAt: 15e6,
      readyAt: 30e6,
      terminatingAt: null,
      removedAt: null,
      requests: [{ from: seconds(15), cpuMillis: 1000, memoryMiB: 512 }],
      waits: [],
      reason: '',
    });
    const node = { node: 'pool-0', pool: 'pool', instanceType: 'aws/m5.xlarge', pricePerHour: 0.192, readyAt: 0 };
    expect(measurement.nodes).toEqual([{ ...node, reason: '', paidFrom: 0, removedAt: null, outages: [] }]);
    expect(measurement.scaling).toEqual([{ atSeconds: 15, workload: 'web', from: 1, to: 2, reason: 'scaled up' }]);
  });

  test('a pod on a faster node is opened with its speed', () => {
    const { plane } = runSim(world({ nodePools: [pool({ cpuSpeed: 1.3 })] }));
    expect(plane.process('web-0').speed).toBe(1.3);
  });

  test('ordinals are never used twice', () => {
    const { facts } = runSim(world(), [
      [15, 2],
      [30, 1],
      [45, 2],
    ]);
    expect(lines(facts).filter((line) => line.includes('podCreated'))).toEqual([
      '0 podCreated web-0',
      '15 podCreated web-1',
      '45 podCreated web-2',
    ]);
  });
});
