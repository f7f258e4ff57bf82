import { describe, expect, test } from 'vitest';
import type { FaultSpec } from '../../../src/domain/fault-spec.js';
import type { Distribution } from '../../../src/kernel/distributions.js';
import { seconds } from '../../../src/kernel/micros.js';
import { factsOf, lines, pool, runSim, workload, world } from '../sim-run.js';

const after = (value: number): Distribution => ({ kind: 'constant', value: value * 1e6 });
const joining = { initial: 1, at: seconds(10), provisioning: after(20), boot: after(30) };

describe('nodes that join later', () => {
  test('take pods that wait when they are ready, and are paid for since their machine runs', () => {
    const spec = world({
      nodePools: [pool({ count: 2, joining })],
      workloads: [workload({ initialReplicas: 6 })],
    });
    const run = runSim(spec);
    expect(lines(run.facts).filter((line) => Number(line.split(' ')[0]) > 0)).toEqual([
      '60 nodeBecameReady pool-1',
      '60 podScheduled web-4 pool-1',
      '60 podStarted web-4',
      '60 podScheduled web-5 pool-1',
      '60 podStarted web-5',
      '70 podBecameReady web-4',
      '70 podBecameReady web-5',
    ]);
    expect(run.measurement.nodes.map(({ paidFrom, readyAt }) => [paidFrom, readyAt])).toEqual([
      [0, 0],
      [30e6, 60e6],
    ]);
    const service = run.measurement.series.tables.find(({ kind }) => kind === 'service');
    expect([...(service?.columns.nodes ?? [])]).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2]);
  });

  test('draw their times by pool and node, whatever else there is', () => {
    const boot: Distribution = { kind: 'exponential', mean: 20e6 };
    const ready = (count: number) =>
      factsOf(runSim(world({ nodePools: [pool({ count, joining: { ...joining, boot } })] })), 'nodeBecameReady').map(
        ({ node, at }) => `${node} ${at}`,
      );
    expect(new Set(ready(9))).toEqual(new Set([...ready(9)].filter((line) => ready(20).includes(line))));
  });

  test('are lost with their zone on the way, and come up anew when it is back', () => {
    const zoneOutage: FaultSpec = { kind: 'zoneOutage', at: seconds(40), zone: 'a', durationMicros: seconds(10) };
    const spec = world({ nodePools: [pool({ count: 2, zone: 'a', joining })], faults: [zoneOutage] });
    // Asked for at 10, lost while booting, asked for again at 50.
    const { facts, measurement } = runSim(spec);
    expect(lines(facts).filter((line) => line.endsWith('pool-1'))).toEqual(['100 nodeBecameReady pool-1']);
    expect(measurement.nodes[1]).toMatchObject({ paidFrom: 30e6, outages: [{ from: 40e6, to: 50e6 }] });
    const forGood = { ...zoneOutage, durationMicros: null };
    expect(lines(runSim({ ...spec, faults: [forGood] }).facts).filter((line) => line.endsWith('pool-1'))).toEqual([]);
  });

  test('have no images', () => {
    const image = { name: 'web', sizeMiB: 100, policy: 'IfNotPresent', prepulled: false } as const;
    const images = { nodeMiBPerSecond: 50, registryMiBPerSecond: Infinity, parallel: 1, resolveMicros: seconds(0) };
    const run = runSim(
      world({
        cluster: { ...world().cluster, images },
        nodePools: [pool({ count: 2, joining })],
        workloads: [workload({ initialReplicas: 5 }, { image })],
      }),
    );
    expect(lines(run.facts)).toContain('62 podStarted web-4');
  });
});
