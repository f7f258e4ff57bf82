import { describe, expect, test } from 'vitest';
import type { ElasticPoolSpec } from '../../../src/domain/elastic-pool-spec.js';
import type { Fact } from '../../../src/domain/fact.js';
import type { NodePoolSpec, WorldSpec } from '../../../src/domain/world-spec.js';
import type { Distribution } from '../../../src/kernel/distributions.js';
import { micros, seconds } from '../../../src/kernel/micros.js';
import { lines, pool, runSim, workload, world } from '../sim-run.js';

const after = (value: number): Distribution => ({ kind: 'constant', value: value * 1e6 });
const elastic: ElasticPoolSpec = { min: 0, max: 20, provisioning: after(20), boot: after(30), bake: after(10) };

/** Machines of their own for the processes of `web`, which listen after 7 s and are ready at the second probe of 5 s. */
function machines(count: number, changes: Partial<ElasticPoolSpec> = {}, more: Partial<WorldSpec> = {}): WorldSpec {
  const vms: NodePoolSpec = pool({
    name: 'vms',
    count,
    maxPods: 1,
    workload: 'web',
    elastic: { ...elastic, ...changes },
  });
  return world({ nodePools: [vms], workloads: [workload({ initialReplicas: count })], ...more });
}

function later(facts: readonly Fact[]): string[] {
  return lines(facts).filter((line) => Number(line.split(' ')[0]) > 0);
}

/** How many processes are ready after every change. */
function readiness(facts: readonly Fact[], from: number): { readonly at: number; readonly ready: number }[] {
  const ready = new Set<string>();
  const steps: { at: number; ready: number }[] = [];
  for (const fact of facts) {
    if (fact.type === 'podBecameReady') ready.add(fact.pod);
    else if (fact.type === 'podBeganTerminating') ready.delete(fact.pod);
    else continue;
    if (fact.at >= from * 1e6) steps.push({ at: fact.at / 1e6, ready: ready.size });
  }
  return steps;
}

describe('a workload on machines of its own', () => {
  test('gets a process with each machine, and loses it with it', () => {
    const run = runSim(machines(2), [
      { second: 15, pool: 'vms', nodes: 3 },
      { second: 105, pool: 'vms', nodes: 2 },
    ]);
    expect(later(run.facts)).toEqual([
      '15 nodeCountSet vms 3',
      '15 nodeLaunched vms-2',
      '15 podCreated web-2',
      '75 nodeBecameReady vms-2',
      '75 podScheduled web-2 vms-2',
      '75 podStarted web-2',
      '85 podBecameReady web-2',
      '105 nodeCountSet vms 2',
      '105 nodeBeganDraining vms-0 (scaled down)',
      '105 podBeganTerminating web-0 (scaled down)',
      '105 podRemoved web-0 (scaled down)',
      '105 nodeRemoved vms-0 (scaled down)',
    ]);
    expect(run.measurement.scaling.map(({ workload: of, from, to }) => [of, from, to])).toEqual([
      ['web', 2, 3],
      ['web', 3, 2],
    ]);
    expect(run.measurement.nodeScaling).toEqual([]);
  });

  test('is started again on its machine when it is killed', () => {
    const killed = machines(
      1,
      {},
      { faults: [{ kind: 'killPods', at: seconds(20), workload: 'web', pods: { count: 1 } }] },
    );
    expect(later(runSim(killed).facts)).toEqual([
      '20 podRemoved web-0 (killed)',
      '20 podCreated web-1',
      '20 podScheduled web-1 vms-0',
      '20 podStarted web-1',
      '30 podBecameReady web-1',
    ]);
  });

  test('waits for its start-up after a stopped machine of a warm pool, and not after a running one', () => {
    const ready = (state: 'stopped' | 'running'): string | undefined => {
      const warmPool = { size: 1, state, start: after(6), diskPricePerHour: 0 };
      const { facts } = runSim(machines(1, { warmPool }), [{ second: 15, pool: 'vms', nodes: 2 }]);
      return later(facts).find((line) => line.includes('podBecameReady'));
    };
    expect(ready('stopped')).toBe('31 podBecameReady web-1');
    expect(ready('running')).toBe('21 podBecameReady web-1');
  });
});

describe('an instance refresh', () => {
  const long = { durationMicros: seconds(700) };
  const refresh = { at: seconds(20), minHealthy: 0.8, maxHealthy: 1, bakeMicros: seconds(30) };

  test('takes out what the healthy share allows, and goes on when the new machines have baked', () => {
    const { facts, measurement } = runSim(machines(10, { refresh }, long));
    // Batches of two: 60 s until they are up and 30 s of bake time, five times.
    const launched = later(facts).filter((line) => line.includes('nodeLaunched'));
    expect(launched.map((line) => Number(line.split(' ')[0]))).toEqual([
      20, 20, 110, 110, 200, 200, 290, 290, 380, 380,
    ]);
    const removed = measurement.nodes.filter(({ reason }) => reason === 'instance refresh');
    expect(removed.map(({ node }) => node)).toEqual(Array.from({ length: 10 }, (_, i) => `vms-${i}`));
    expect(Math.min(...readiness(facts, 20).map(({ ready }) => ready))).toBe(8);
    expect(readiness(facts, 20).at(-1)).toEqual({ at: 450, ready: 10 });
  });

  test('waits for the bake time of the last machine of a batch, however early the others were up', () => {
    const boot: Distribution = { kind: 'exponential', mean: 40e6 };
    const { facts } = runSim(machines(10, { refresh, boot }, { durationMicros: seconds(3000) }));
    const batches: { readonly launched: number[]; readonly up: number[] }[] = [];
    for (const fact of facts) {
      if (fact.at === 0) continue;
      if (fact.type === 'nodeBecameReady') batches.at(-1)?.up.push(fact.at);
      if (fact.type !== 'nodeLaunched') continue;
      if (batches.at(-1)?.launched[0] === fact.at) batches.at(-1)?.launched.push(fact.at);
      else batches.push({ launched: [fact.at], up: [] });
    }
    expect(batches.map(({ launched }) => launched.length)).toEqual([2, 2, 2, 2, 2]);
    const baked = batches.map(({ up }) => Math.max(...up) + 30e6);
    expect(batches.slice(1).map(({ launched }) => launched[0])).toEqual(baked.slice(0, -1));
    expect(batches.filter(({ up }) => Math.max(...up) - Math.min(...up) > 1e6).length).toBeGreaterThan(2);
  });

  test('launches before it takes out where there may be more machines for a while', () => {
    const first = { ...refresh, minHealthy: 1, maxHealthy: 1.2 };
    const { facts } = runSim(machines(10, { refresh: first }, long));
    expect(Math.min(...readiness(facts, 20).map(({ ready }) => ready))).toBe(10);
    expect(Math.max(...readiness(facts, 20).map(({ ready }) => ready))).toBe(12);
    expect(later(facts).filter((line) => line.includes('nodeBeganDraining'))).toHaveLength(10);
  });

  test('does not wait for processes: without bake time the next batch goes while the last one still starts', () => {
    const hasty = { ...refresh, bakeMicros: micros(0) };
    const { facts } = runSim(machines(10, { refresh: hasty }, long));
    expect(Math.min(...readiness(facts, 20).map(({ ready }) => ready))).toBe(6);
  });

  test('replaces at least one machine at a time, and is not held up by one that is scaled in meanwhile', () => {
    const strict = { ...refresh, minHealthy: 1 };
    const { facts, measurement } = runSim(machines(3, { refresh: strict }, long), [
      { second: 30, pool: 'vms', nodes: 2 },
    ]);
    expect(Math.min(...readiness(facts, 20).map(({ ready }) => ready))).toBe(1);
    expect(measurement.nodes.filter(({ removedAt }) => removedAt === null).map(({ node }) => node)).toHaveLength(2);
    const left = measurement.nodes.filter(({ removedAt, reason }) => removedAt === null && reason === '');
    expect(left.every(({ node }) => Number(node.split('-')[1]) >= 3)).toBe(true);
  });

  test('replaces the machines of the warm pool as well', () => {
    const warmPool = { size: 1, state: 'stopped', start: after(6), diskPricePerHour: 0 } as const;
    const { facts, measurement } = runSim(machines(2, { warmPool, refresh: { ...refresh, minHealthy: 0.5 } }, long));
    expect(measurement.nodes.map(({ node, reason }) => `${node} ${reason}`.trim())).toEqual([
      'vms-0 instance refresh',
      'vms-1 instance refresh',
      'vms-2 warm pool refreshed',
      'vms-3',
      'vms-4',
      'vms-5',
    ]);
    expect(later(facts).filter((line) => line.includes('nodeRemoved vms-2'))).toEqual([]);
  });

  test('drains the nodes of pods too', () => {
    const spec = world({
      ...long,
      nodePools: [pool({ count: 3, elastic: { ...elastic, refresh: { ...refresh, minHealthy: 0.6 } } })],
      workloads: [workload({ initialReplicas: 6 })],
    });
    const { facts, measurement } = runSim(spec);
    expect(measurement.nodes.filter(({ reason }) => reason === 'instance refresh')).toHaveLength(3);
    expect(readiness(facts, 20).at(-1)?.ready).toBe(6);
  });
});
