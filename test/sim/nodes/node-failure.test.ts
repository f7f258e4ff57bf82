import { expect, test } from 'vitest';
import { seconds } from '../../../src/kernel/micros.js';
import { factsOf, lines, pool, runSim, workload, world } from '../sim-run.js';

const spec = world({
  durationMicros: seconds(200),
  nodePools: [pool({ count: 1 })],
  workloads: [workload({ initialReplicas: 2 })],
  cluster: { nodeMonitorGraceMicros: seconds(40), evictionAfterMicros: seconds(60), restartDelayMicros: seconds(10) },
  faults: [{ kind: 'killNode', at: seconds(20), count: 1 }],
});

test('a node dies at once, is missed after the grace, and its pods are replaced after the eviction delay', () => {
  const { facts, plane, measurement } = runSim(spec);
  expect(plane.notes.filter((note) => Number(note.split(' ')[0]) > 2)).toEqual([
    '20 web-0 cut for failure with 0',
    '20 web-1 cut for failure with 0',
    '62 web routes to',
  ]);
  expect(lines(facts).slice(10)).toEqual([
    '60 nodeLost pool-0',
    '60 podBecameUnready web-0 (node lost)',
    '60 podBecameUnready web-1 (node lost)',
    '120 podRemoved web-0 (node lost)',
    '120 podRemoved web-1 (node lost)',
    '120 podCreated web-2',
    '120 podCreated web-3',
    '120 podFoundUnschedulable web-2 (0/0 nodes are available)',
    '120 podFoundUnschedulable web-3 (0/0 nodes are available)',
  ]);
  expect(measurement.nodes[0].removedAt).toBe(20e6);
  expect(measurement.pods.map(({ removedAt, reason }) => [removedAt, reason])).toEqual([
    [120e6, 'node lost'],
    [120e6, 'node lost'],
    [null, ''],
    [null, ''],
  ]);
});

test('a dead node yields no samples', () => {
  const scrapes = factsOf(runSim(spec), 'podsScraped').map(({ scrapedAt, pods }) => [scrapedAt / 1e6, pods.length]);
  expect(scrapes.slice(0, 3)).toEqual([
    [15, 2],
    [30, 0],
    [45, 0],
  ]);
});

test('until it is missed, pods are placed on it, never start, and are evicted with the others', () => {
  const { facts } = runSim({ ...spec, nodePools: [pool({ count: 2 })] }, [[30, 4]]);
  const told = lines(facts);
  const dead = told.filter((line) => line.includes('nodeLost')).map((line) => line.split(' ')[2])[0];
  const bound = told.filter((line) => line.startsWith(`30 podScheduled`) && line.endsWith(dead));
  expect(bound).toHaveLength(1);
  const pod = bound[0].split(' ')[2];
  expect(told).not.toContain(`30 podStarted ${pod}`);
  expect(told).toContain(`120 podRemoved ${pod} (node lost)`);
  expect(told.filter((line) => line.startsWith('120 podScheduled')).every((line) => !line.endsWith(dead))).toBe(true);
});

test('a pod deleted on a dead node hangs until it is evicted, and counts for nothing meanwhile', () => {
  const { facts } = runSim(spec, [[30, 1]]);
  const told = lines(facts).slice(10);
  expect(told).toEqual([
    '30 replicasSet web 1',
    '30 podBeganTerminating web-1 (scaled down)',
    '60 nodeLost pool-0',
    '60 podBecameUnready web-0 (node lost)',
    '120 podRemoved web-0 (node lost)',
    '120 podRemoved web-1 (node lost)',
    '120 podCreated web-2',
    '120 podFoundUnschedulable web-2 (0/0 nodes are available)',
  ]);
});
