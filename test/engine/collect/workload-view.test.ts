import { describe, expect, test } from 'vitest';
import type { Fact } from '../../../src/domain/fact.js';
import { ClusterView } from '../../../src/engine/collect/cluster-view.js';
import { seconds } from '../../../src/kernel/micros.js';
import { config, nodeReady, podsScraped, readyPod, replicasSet, trafficScraped, workload } from '../fixture.js';

function follow(...facts: Fact[]) {
  const cluster = new ClusterView(config([]));
  const view = cluster.follow(workload());
  for (const fact of facts) cluster.on(fact);
  return { cluster, view };
}

const twoPods = [...readyPod(0, 'a'), ...readyPod(0, 'b')];

describe('what is known of pods', () => {
  test('a pod goes through its life, in order of creation', () => {
    const of = { workload: 'web', pod: 'a' };
    const { cluster, view } = follow({ type: 'podCreated', at: seconds(1), ...of }, ...readyPod(2, 'b'));
    const state = () => view.census().views[0];
    expect(state()).toEqual({
      name: 'a',
      createdAt: seconds(1),
      scheduledAt: null,
      started: false,
      ready: null,
      readyChangedAt: null,
      terminating: false,
    });
    cluster.on({ type: 'podFoundUnschedulable', at: seconds(2), ...of, reason: 'cpu' });
    expect(view.census()).toMatchObject({ status: 2, placed: 1 });
    cluster.on({ type: 'podScheduled', at: seconds(3), ...of, node: 'n' });
    cluster.on({ type: 'podStarted', at: seconds(4), ...of });
    cluster.on({ type: 'podBecameUnready', at: seconds(4), ...of, reason: 'starting' });
    cluster.on({ type: 'podBecameReady', at: seconds(9), ...of });
    cluster.on({ type: 'podBecameReady', at: seconds(10), ...of });
    expect(state()).toMatchObject({
      scheduledAt: seconds(3),
      started: true,
      ready: true,
      readyChangedAt: seconds(9),
    });
    cluster.on({ type: 'podBeganTerminating', at: seconds(11), ...of, reason: 'scaled down' });
    expect(view.census()).toMatchObject({ status: 1, placed: 1 });
    expect(view.census().views.map(({ name }) => name)).toEqual(['a', 'b']);
    cluster.on({ type: 'podRemoved', at: seconds(12), ...of, reason: 'scaled down' });
    expect(view.census().views.map(({ name }) => name)).toEqual(['b']);
  });

  test('facts of unknown pods, unknown workloads and of garbage have no effect', () => {
    const { cluster, view } = follow(replicasSet(0, 4));
    cluster.on({ type: 'podStarted', at: seconds(1), workload: 'web', pod: 'ghost' });
    cluster.on({ type: 'podRemoved', at: seconds(1), workload: 'web', pod: 'ghost', reason: '' });
    cluster.on(replicasSet(1, 9, 'other'));
    cluster.on(replicasSet(1, NaN));
    cluster.on(replicasSet(1, 1.5));
    cluster.on(replicasSet(1, -1));
    expect(view.specReplicas).toBe(4);
    expect(view.census().views).toEqual([]);
  });

  test('nodes show what is left on them, also after one was lost and came back with its pods', () => {
    const { cluster } = follow(
      nodeReady(0, 'n', 2000),
      ...readyPod(0, 'a', 'web', 'n'),
      ...readyPod(0, 'b', 'web', 'n'),
    );
    expect(cluster.nodes.room()).toEqual([{ cpuMillis: 1000, memoryMiB: 64_512, pods: 108 }]);
    cluster.on({ type: 'nodeLost', at: seconds(1), node: 'n' });
    expect(cluster.nodes.room()).toEqual([]);
    expect(cluster.nodes.known).toBe(true);
    cluster.on({ type: 'podRemoved', at: seconds(2), workload: 'web', pod: 'b', reason: 'node lost' });
    cluster.on(nodeReady(3, 'n', 2000));
    expect(cluster.nodes.room()).toEqual([{ cpuMillis: 1500, memoryMiB: 65_024, pods: 109 }]);
  });
});

describe('what is observed', () => {
  test('CPU comes from the counter over the window, a restart is no fall', () => {
    const { view } = follow(
      ...twoPods,
      podsScraped(15, { a: 3, b: 100 }),
      podsScraped(30, { a: 6, b: 103 }),
      podsScraped(45, { a: 9, b: 2 }),
    );
    const { pods } = view.observe(seconds(46));
    expect(pods).toEqual([
      { pod: 'a', cpuMillis: 200, memoryMiB: 200, inFlight: 3, sampledAt: seconds(45), windowMicros: seconds(30) },
      { ...pods[1], pod: 'b' },
    ]);
    expect(pods[1].cpuMillis).toBeCloseTo((1000 * 5) / 30, 9);
  });

  test('a first sample has no CPU rate yet, a pod that lost its samples is absent', () => {
    const { cluster, view } = follow(...twoPods, podsScraped(15, { a: 3 }));
    expect(view.observe(seconds(20)).pods).toMatchObject([{ pod: 'a', cpuMillis: null, memoryMiB: 200 }]);
    for (let at = 30; at <= 120; at += 15) cluster.on(podsScraped(at, { b: at }));
    expect(view.observe(seconds(120)).pods.map(({ pod }) => pod)).toEqual(['b']);
  });

  test('the same scrape again, and one that comes late, have no effect', () => {
    const facts = [...twoPods, podsScraped(15, { a: 3 }), podsScraped(30, { a: 6 }), trafficScraped(30, 900)];
    const { cluster, view } = follow(...facts);
    const before = view.observe(seconds(50));
    cluster.on(podsScraped(30, { a: 6 }, 15));
    cluster.on(podsScraped(30, { a: 60, b: 1 }, 15));
    cluster.on(podsScraped(20, { a: 1000 }, 25));
    cluster.on(trafficScraped(30, 5000, 15));
    cluster.on(trafficScraped(29, 5000, 15));
    expect(view.observe(seconds(50))).toEqual(before);
    cluster.on(podsScraped(45, { a: 9 }));
    expect(view.observe(seconds(50)).pods[0].cpuMillis).toBe(200);
  });

  test('rates and gauges of the workload have their names', () => {
    const { view } = follow(trafficScraped(15, 1000), trafficScraped(30, 4000), trafficScraped(45, 4300));
    const sampledAt = seconds(45);
    expect(view.observe(seconds(45)).metrics).toEqual({
      requests_per_second: { value: 110, sampledAt },
      errors_per_second: { value: 1.1, sampledAt },
      queue_length: { value: 7, sampledAt },
      in_flight: { value: 11, sampledAt },
    });
  });

  test('nothing yet is absent, too old is stale with the figures, and stale samples are left out', () => {
    const { cluster, view } = follow(...twoPods);
    expect(view.observe(seconds(15))).toMatchObject({
      status: 'absent',
      reason: 'no sample yet',
      newestSampleAt: null,
    });
    cluster.on(podsScraped(15, { a: 3, b: 3 }));
    cluster.on(trafficScraped(15, 10));
    expect(view.observe(seconds(90))).toMatchObject({ status: 'fresh', reason: '', newestSampleAt: seconds(15) });
    expect(view.observe(seconds(91))).toMatchObject({
      status: 'stale',
      reason: 'newest sample is 76 s old, limit 75 s',
      pods: [],
      metrics: {},
    });
  });

  test('garbage in a sample counts as no sample', () => {
    const good = podsScraped(15, { a: 1, b: 1 });
    const bad = { ...podsScraped(30, { a: 2, b: 2 }), cpuMicros: [NaN, -1], memoryMiB: [1] };
    const { cluster, view } = follow(...twoPods, good, bad);
    expect(view.observe(seconds(30)).pods.map(({ sampledAt }) => sampledAt)).toEqual([seconds(15), seconds(15)]);
    cluster.on({ ...podsScraped(40, { a: 3 }), scrapedAt: seconds(NaN) });
    cluster.on(podsScraped(45, { a: 4 }));
    expect(view.observe(seconds(45)).pods[0]).toMatchObject({ cpuMillis: 100, sampledAt: seconds(45) });
  });

  test('a clock that runs ahead does not make later scrapes late', () => {
    const ahead = { ...podsScraped(15, { a: 1 }), scrapedAt: seconds(1000) };
    const { view } = follow(...twoPods, ahead, podsScraped(30, { a: 4 }));
    expect(view.observe(seconds(30)).pods[0]).toMatchObject({ cpuMillis: 200, sampledAt: seconds(30) });
  });

  test('samples go with their pod: another one of the same name starts anew', () => {
    const removed: Fact = { type: 'podRemoved', at: seconds(31), workload: 'web', pod: 'a', reason: 'killed' };
    const { view } = follow(
      ...twoPods,
      podsScraped(15, { a: 1 }),
      podsScraped(30, { a: 4 }),
      removed,
      ...readyPod(32, 'a'),
      podsScraped(45, { a: 1 }),
    );
    expect(view.observe(seconds(45)).pods).toMatchObject([{ pod: 'a', cpuMillis: null }]);
  });
});
