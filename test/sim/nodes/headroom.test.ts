import { expect, it } from 'vitest';
import { seconds } from '../../../src/kernel/micros.js';
import { factsOf, pool, runSim, workload, world } from '../sim-run.js';

const now = { preStopMicros: seconds(0), graceMicros: seconds(0) };
const nothing = { kind: 'constant', value: 0 } as const;

it('headroom makes room in the same instant and comes back when there are nodes for it', () => {
  const elastic = { min: 1, max: 3, provisioning: nothing, boot: { kind: 'constant', value: 20e6 } } as const;
  const spare = workload(
    { name: 'spare', initialReplicas: 2, headroom: true, scheduling: { priority: -10, preempts: false } },
    { termination: now, start: nothing },
  );
  const spec = world({
    workloads: [workload({ initialReplicas: 2 }), spare],
    nodePools: [pool({ count: 1, elastic })],
  });
  const run = runSim(spec, [[15, 4], { second: 30, pool: 'pool', nodes: 2 }]);
  const scheduled = factsOf(run, 'podScheduled').map(({ at, pod, node }) => `${at / 1e6} ${pod} ${node}`);
  expect(scheduled).toEqual([
    '0 web-0 pool-0',
    '0 web-1 pool-0',
    '0 spare-0 pool-0',
    '0 spare-1 pool-0',
    '15 web-2 pool-0',
    '15 web-3 pool-0',
    '50 spare-2 pool-1',
    '50 spare-3 pool-1',
  ]);
  const driven = run.measurement.pods.filter(({ preempted }) => preempted);
  expect(driven.map(({ workload: of, reason }) => [of, reason])).toEqual([
    ['spare', 'preempted by web'],
    ['spare', 'preempted by web'],
  ]);
});
