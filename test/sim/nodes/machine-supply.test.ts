import { describe, expect, test } from 'vitest';
import type { ElasticPoolSpec } from '../../../src/domain/elastic-pool-spec.js';
import type { CapacityShortage, FailedBoot } from '../../../src/domain/fault-spec.js';
import type { Distribution } from '../../../src/kernel/distributions.js';
import { seconds } from '../../../src/kernel/micros.js';
import { lines, pool, runSim, type SimRun, workload, world } from '../sim-run.js';

const after = (value: number): Distribution => ({ kind: 'constant', value: value * 1e6 });
const elastic: ElasticPoolSpec = { min: 0, max: 9, provisioning: after(20), boot: after(30) };

function shortage(from: number, to: number, changes: Partial<CapacityShortage> = {}): CapacityShortage {
  return {
    kind: 'capacityShortage',
    at: seconds(from),
    durationMicros: seconds(to - from),
    pools: ['pool'],
    answerMicros: seconds(2),
    retryMicros: seconds(60),
    ...changes,
  };
}

function failedBoot(changes: Partial<FailedBoot> = {}): FailedBoot {
  const during = { at: seconds(0), durationMicros: seconds(600) };
  return { kind: 'failedBoot', ...during, pools: ['pool'], share: 1, replacedAfterMicros: null, ...changes };
}

function nodeLines({ facts }: SimRun): string[] {
  return lines(facts).filter((line) => /^[1-9]/.test(line) && /node[A-Z]/.test(line));
}

describe('a provider that has run out of machines', () => {
  const nodePools = [pool({ count: 1, elastic })];
  const workloads = [workload({ initialReplicas: 5 })];

  test('answers with an error, and the group asks again until it gets what it wants', () => {
    const spec = world({ durationMicros: seconds(300), nodePools, workloads, faults: [shortage(10, 100)] });
    const run = runSim(spec, [{ second: 15, pool: 'pool', nodes: 2 }]);
    expect(nodeLines(run)).toEqual([
      '15 nodeCountSet pool 2',
      '15 nodeLaunched pool-1',
      '17 nodeLaunchFailed pool-1 (InsufficientInstanceCapacity)',
      '77 nodeLaunched pool-2',
      '79 nodeLaunchFailed pool-2 (InsufficientInstanceCapacity)',
      '139 nodeLaunched pool-3',
      '189 nodeBecameReady pool-3',
    ]);
    const { failedLaunches, nodes } = run.measurement;
    expect(failedLaunches?.map(({ node, at, cause }) => [node, at / 1e6, cause])).toEqual([
      ['pool-1', 17, 'refused'],
      ['pool-2', 79, 'refused'],
    ]);
    expect(nodes.map(({ node, paidFrom }) => [node, paidFrom])).toEqual([
      ['pool-0', 0],
      ['pool-3', 159e6],
    ]);
  });

  test('is asked no more once nobody wants the machines', () => {
    const spec = world({ durationMicros: seconds(300), nodePools, workloads, faults: [shortage(10, 200)] });
    const run = runSim(spec, [
      { second: 15, pool: 'pool', nodes: 3 },
      { second: 45, pool: 'pool', nodes: 1 },
    ]);
    expect(nodeLines(run).filter((line) => line.includes('nodeLaunch'))).toEqual([
      '15 nodeLaunched pool-1',
      '15 nodeLaunched pool-2',
      '17 nodeLaunchFailed pool-1 (InsufficientInstanceCapacity)',
      '17 nodeLaunchFailed pool-2 (InsufficientInstanceCapacity)',
    ]);
    expect(run.measurement.nodes).toHaveLength(1);
  });

  test('has machines for pools that the shortage is not about', () => {
    const others = [pool({ count: 1, elastic }), pool({ name: 'other', count: 0, elastic })];
    const spec = world({ nodePools: others, workloads, faults: [shortage(10, 100)] });
    const run = runSim(spec, [{ second: 15, pool: 'other', nodes: 1 }]);
    expect(nodeLines(run).at(-1)).toBe('65 nodeBecameReady other-0');
    expect(run.measurement.failedLaunches).toBeUndefined();
  });

  test('keeps nodes of a fixed pool that join later waiting', () => {
    const joining = { initial: 1, at: seconds(20), provisioning: after(20), boot: after(30) };
    const spec = world({
      durationMicros: seconds(200),
      nodePools: [pool({ count: 2, joining })],
      faults: [shortage(10, 60)],
    });
    const run = runSim(spec);
    expect(nodeLines(run)).toEqual(['132 nodeBecameReady pool-1']);
    expect(run.measurement.nodes.map(({ readyAt }) => readyAt)).toEqual([0, 132e6]);
  });
});

describe('an EC2 Auto Scaling group whose provider has run out of machines', () => {
  const group = (state: 'stopped' | 'running') =>
    pool({
      workload: 'web',
      count: 1,
      maxPods: 1,
      elastic: { ...elastic, warmPool: { size: 1, state, start: after(5), diskPricePerHour: 0.01 } },
    });

  function run(state: 'stopped' | 'running'): SimRun {
    const spec = world({ durationMicros: seconds(240), nodePools: [group(state)], faults: [shortage(10, 70)] });
    return runSim(spec, [{ second: 15, pool: 'pool', nodes: 2 }]);
  }

  test('cannot start a stopped machine of its warm pool, and keeps trying', () => {
    expect(nodeLines(run('stopped'))).toEqual([
      '15 nodeCountSet pool 2',
      '15 nodeLaunched pool-2',
      '17 nodeLaunchFailed pool-2 (InsufficientInstanceCapacity)',
      '77 nodeLaunched pool-1',
      '82 nodeBecameReady pool-1',
    ]);
  });

  test('calls a machine of its warm pool that runs, and fills up the pool when it can', () => {
    const done = run('running');
    expect(nodeLines(done)).toEqual(['15 nodeCountSet pool 2', '15 nodeLaunched pool-1', '20 nodeBecameReady pool-1']);
    expect(done.measurement.failedLaunches?.map(({ node }) => node)).toEqual(['pool-2']);
    expect(done.measurement.nodes.at(-1)).toMatchObject({ node: 'pool-3', paidFrom: 97e6 });
  });

  test('has no process for a machine that was refused', () => {
    const { facts } = run('stopped');
    expect(lines(facts).filter((line) => line.startsWith('1') && line.includes('web-1'))).toEqual([
      '15 podCreated web-1',
      '17 podBeganTerminating web-1 (launch failed)',
      '17 podRemoved web-1 (launch failed)',
    ]);
  });

  test('takes no more machines out for a refresh until those before are replaced', () => {
    const refresh = { at: seconds(20), minHealthy: 0.5, maxHealthy: 1, bakeMicros: seconds(10) };
    const nodePools = [pool({ workload: 'web', count: 2, maxPods: 1, elastic: { ...elastic, refresh } })];
    const workloads = [workload({ initialReplicas: 2 })];
    const spec = world({ durationMicros: seconds(400), nodePools, workloads, faults: [shortage(10, 110)] });
    expect(nodeLines(runSim(spec))).toEqual([
      '20 nodeBeganDraining pool-0 (instance refresh)',
      '20 nodeLaunched pool-2',
      '20 nodeRemoved pool-0 (instance refresh)',
      '22 nodeLaunchFailed pool-2 (InsufficientInstanceCapacity)',
      '82 nodeLaunched pool-3',
      '84 nodeLaunchFailed pool-3 (InsufficientInstanceCapacity)',
      '144 nodeLaunched pool-4',
      '194 nodeBecameReady pool-4',
      '204 nodeBeganDraining pool-1 (instance refresh)',
      '204 nodeLaunched pool-5',
      '204 nodeRemoved pool-1 (instance refresh)',
      '254 nodeBecameReady pool-5',
    ]);
  });
});

describe('machines that never come up', () => {
  const workloads = [workload({ initialReplicas: 5 })];

  test('run and are billed until somebody takes them away', () => {
    const spec = world({
      durationMicros: seconds(300),
      nodePools: [pool({ count: 1, elastic })],
      workloads,
      faults: [failedBoot()],
    });
    const run = runSim(spec, [
      { second: 15, pool: 'pool', nodes: 2 },
      { second: 120, pool: 'pool', nodes: 1, remove: ['pool-1'] },
    ]);
    expect(nodeLines(run)).toEqual([
      '15 nodeCountSet pool 2',
      '15 nodeLaunched pool-1',
      '120 nodeCountSet pool 1',
      '120 nodeRemoved pool-1 (scaled down)',
    ]);
    expect(run.measurement.nodes[1]).toMatchObject({ paidFrom: 35e6, readyAt: null, removedAt: 120e6 });
    expect(run.measurement.failedLaunches).toEqual([
      { node: 'pool-1', pool: 'pool', instanceType: 'aws/m5.xlarge', at: 35e6, cause: 'neverUp' },
    ]);
  });

  test('are replaced by a group that finds them unhealthy', () => {
    const faults = [failedBoot({ durationMicros: seconds(60), replacedAfterMicros: seconds(90) })];
    const spec = world({ durationMicros: seconds(300), nodePools: [pool({ count: 1, elastic })], workloads, faults });
    const run = runSim(spec, [{ second: 15, pool: 'pool', nodes: 2 }]);
    expect(nodeLines(run)).toEqual([
      '15 nodeCountSet pool 2',
      '15 nodeLaunched pool-1',
      '125 nodeRemoved pool-1 (never came up)',
      '125 nodeLaunched pool-2',
      '175 nodeBecameReady pool-2',
    ]);
  });

  test('are a share of those that begin to run, the same ones at another time', () => {
    const nodePools = [pool({ count: 0, elastic: { ...elastic, max: 200 } })];
    const failedOf = (share: number, second: number): readonly string[] => {
      const spec = world({ durationMicros: seconds(200), nodePools, workloads, faults: [failedBoot({ share })] });
      const run = runSim(spec, [{ second, pool: 'pool', nodes: 200 }]);
      return (run.measurement.failedLaunches ?? []).map(({ node }) => node);
    };
    const some = failedOf(0.3, 15);
    expect(some.length).toBeGreaterThan(40);
    expect(some.length).toBeLessThan(80);
    expect(failedOf(0.3, 60)).toEqual(some);
    expect(failedOf(0.5, 15)).toEqual(expect.arrayContaining([...some]));
  });
});
