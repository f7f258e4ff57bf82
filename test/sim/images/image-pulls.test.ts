import { describe, expect, test } from 'vitest';
import type { FaultSpec } from '../../../src/domain/fault-spec.js';
import type { ImagePullSpec, ImageSpec } from '../../../src/domain/image-spec.js';
import type { NodePoolSpec, WorkloadSpec, WorldSpec } from '../../../src/domain/world-spec.js';
import { seconds } from '../../../src/kernel/micros.js';
import { factsOf, pool, runSim, type SimRun, workload, world } from '../sim-run.js';

const image: ImageSpec = { name: 'web', sizeMiB: 400, policy: 'IfNotPresent', prepulled: false };

interface Parts {
  readonly workloads: WorkloadSpec[];
  readonly pulls?: Partial<ImagePullSpec>;
  readonly nodes?: Partial<NodePoolSpec> | null;
  readonly faults?: FaultSpec[];
}

/** Nodes transfer 50 MiB a second, one image at a time, half a second after they have asked. */
function pulling({ workloads, pulls, nodes = {}, faults = [] }: Parts): WorldSpec {
  const images = {
    nodeMiBPerSecond: 50,
    registryMiBPerSecond: Infinity,
    parallel: 1,
    resolveMicros: seconds(0.5),
    ...pulls,
  };
  const cluster = { ...world().cluster, images };
  return world({ cluster, workloads, faults, nodePools: nodes === null ? [] : [pool(nodes)] });
}

function started(run: SimRun): Record<string, number> {
  return Object.fromEntries(factsOf(run, 'podStarted').map(({ pod, at }) => [pod, at / 1e6]));
}

const web = workload({}, { image });

describe('an image is pulled once a node', () => {
  test('its first pod waits for the transfer, the second for its turn, others not at all', () => {
    const run = runSim(pulling({ workloads: [web] }), [[15, 4]]);
    // Two on pool-0, which has it from web-0; two on pool-1: 0.5 s + 400 MiB at 50, then 0.5 s to learn that it is there.
    expect(started(run)).toEqual({ 'web-0': 0, 'web-2': 15, 'web-1': 23.5, 'web-3': 24 });
    expect(run.measurement.pods.map(({ waits }) => waits)).toEqual([
      [],
      [{ for: 'imagePull', from: 15e6, to: 23.5e6 }],
      [],
      [{ for: 'imagePull', from: 15e6, to: 24e6 }],
    ]);
    // Listens 7 s after the start; probed every 5 s from there.
    expect(factsOf(run, 'podBecameReady').map(({ pod, at }) => [pod, at / 1e6])).toEqual([
      ['web-0', 0],
      ['web-2', 25],
      ['web-1', 33.5],
      ['web-3', 34],
    ]);
  });

  test('a pod that waits for its image is not scraped, and is gone at once when it is deleted', () => {
    const run = runSim(pulling({ workloads: [web] }), [
      [15, 2],
      [30, 1],
    ]);
    expect(factsOf(run, 'podsScraped')[0].pods).toEqual(['web-0']);
    const early = runSim({ ...pulling({ workloads: [web] }), tickMicros: seconds(5) }, [
      [15, 2],
      [20, 1],
      [30, 2],
    ]);
    // Nobody stops the pull: the next pod on the node finds the image there.
    expect(factsOf(early, 'podRemoved').map(({ pod, at }) => [pod, at / 1e6])).toEqual([['web-1', 20]]);
    expect(started(early)).toEqual({ 'web-0': 0, 'web-2': 30 });
  });

  test('two workloads share an image by its name', () => {
    const other = workload({ name: 'job', initialReplicas: 0 }, { image });
    const run = runSim(pulling({ workloads: [web, other], nodes: { count: 1 } }), [[15, 1, 'job']]);
    expect(started(run)['job-0']).toBe(15);
  });

  test('an image that is on every node is never pulled', () => {
    const ready = workload({}, { image: { ...image, prepulled: true } });
    expect(started(runSim(pulling({ workloads: [ready] }), [[15, 2]]))['web-1']).toBe(15);
  });

  test('without nodes every pod pulls for itself', () => {
    const run = runSim(pulling({ workloads: [web], nodes: null }), [[15, 3]]);
    expect(started(run)).toEqual({ 'web-0': 0, 'web-1': 23.5, 'web-2': 23.5 });
  });
});

describe('Always asks the registry at every start', () => {
  const always = workload({}, { image: { ...image, policy: 'Always' } });

  test('but transfers nothing that is there', () => {
    expect(started(runSim(pulling({ workloads: [always], nodes: { count: 1 } }), [[15, 2]]))['web-1']).toBe(15.5);
  });

  test('a restart after a crash included', () => {
    const crash: FaultSpec = { kind: 'crashPods', at: seconds(20), workload: 'web', pods: { count: 1 } };
    const again = (spec: WorkloadSpec) =>
      factsOf(runSim(pulling({ workloads: [spec], faults: [crash] })), 'podStarted').map(({ at }) => at / 1e6);
    expect(again(always)).toEqual([0, 30.5]);
    expect(again(web)).toEqual([0, 30]);
  });
});

describe('bandwidth is shared', () => {
  const pair = [
    workload({ name: 'big', initialReplicas: 0 }, { image: { ...image, name: 'big' } }),
    workload({ name: 'small', initialReplicas: 0 }, { image: { ...image, name: 'small', sizeMiB: 200 } }),
  ];
  const both = [
    [15, 1, 'big'],
    [15, 1, 'small'],
  ] as const;

  test('one pull at a time: the second waits for the first', () => {
    const run = runSim(pulling({ workloads: pair, nodes: { count: 1 } }), both);
    expect(started(run)).toEqual({ 'big-0': 23.5, 'small-0': 28 });
  });

  test('two at a time: each has half until the smaller is there', () => {
    const run = runSim(pulling({ workloads: pair, nodes: { count: 1 }, pulls: { parallel: 2 } }), both);
    // Both have 25 MiB/s: small has its 200 at 8.5 s; big has 200 left and 50 MiB/s from there.
    expect(started(run)).toEqual({ 'small-0': 23.5, 'big-0': 27.5 });
  });

  test('parallel pulls of one image are one transfer', () => {
    const run = runSim(pulling({ workloads: [pair[0]], nodes: { count: 1 }, pulls: { parallel: 5 } }), [
      [15, 3, 'big'],
    ]);
    expect(started(run)).toEqual({ 'big-0': 23.5, 'big-1': 23.5, 'big-2': 23.5 });
  });

  test('the registry serves all nodes together', () => {
    const spread = pulling({ workloads: [pair[0]], nodes: { count: 4 }, pulls: { registryMiBPerSecond: 80 } });
    expect(Object.values(started(runSim(spread, [[15, 4, 'big']])))).toEqual([35.5, 35.5, 35.5, 35.5]);
    // The fifth pod's pull waits on its node and then finds the image.
    expect(started(runSim(spread, [[15, 5, 'big']]))['big-4']).toBe(36);
  });

  test('a node that dies gives its share back, and what it pulled never starts', () => {
    const faults: FaultSpec[] = [{ kind: 'killNode', at: seconds(25.5), count: 1 }];
    const spec = pulling({ workloads: [pair[0]], nodes: { count: 2 }, pulls: { registryMiBPerSecond: 40 }, faults });
    // 10 s at 20 MiB/s for each, then 200 MiB at 40 for the one that is left.
    expect(Object.values(started(runSim(spec, [[15, 2, 'big']])))).toEqual([30.5]);
  });
});
