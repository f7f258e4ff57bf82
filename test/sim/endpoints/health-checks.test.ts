import { describe, expect, test } from 'vitest';
import { seconds } from '../../../src/kernel/micros.js';
import { pool, runSim, workload, world } from '../sim-run.js';

const checked = workload({
  initialReplicas: 2,
  balancer: {
    policy: 'round-robin',
    endpointLagMicros: seconds(2),
    health: { intervalMicros: seconds(5), fall: 2, rise: 3 },
  },
});

describe('health checks', () => {
  test('take a dead pod out after `fall` failures, long before the control plane misses it', () => {
    const { plane } = runSim(
      world({
        nodePools: [pool()],
        workloads: [checked],
        faults: [{ kind: 'killNode', at: seconds(21), count: 1 }],
      }),
    );
    const routed = plane.notesOf('routes').slice(1);
    expect(routed).toHaveLength(2);
    // Checks at 25 and 30 fail; at 61 the node is missed, and two seconds later the balancer is told.
    expect(routed[0]).toMatch(/^30 web routes to web-[01]$/);
    expect(routed[1]).toMatch(/^63 web routes to web-[01]$/);
  });

  test('bring an endpoint back after `rise` successes', () => {
    const late = { ...checked.balancer, endpointLagMicros: seconds(60) };
    const { plane } = runSim(
      world({
        workloads: [{ ...checked, initialReplicas: 1, balancer: late }],
        faults: [{ kind: 'crashPods', at: seconds(21), workload: 'web', pods: { count: 1 } }],
      }),
    );
    expect(plane.notes.slice(2)).toEqual([
      '21 web-0 cut for failure with 0',
      // Checks at 25 and 30 fail.
      '30 web routes to',
      // The container is made again at its old address at 31, and is checked at 40, 45 and 50.
      '38 web-0 listens',
      '50 web routes to web-0',
      // Only now does the endpoints feed speak of the crash, and later of the recovery, ready since the probe at 41.
      '81 web routes to',
      '101 web routes to web-0',
    ]);
  });

  test('without them, a restarted process at a known address is reached at once', () => {
    const { plane } = runSim(
      world({
        workloads: [
          {
            ...checked,
            initialReplicas: 1,
            balancer: { ...checked.balancer, endpointLagMicros: seconds(60), health: null },
          },
        ],
        faults: [{ kind: 'crashPods', at: seconds(21), workload: 'web', pods: { count: 1 } }],
      }),
    );
    expect(plane.notesOf('routes').slice(0, 2)).toEqual(['0 web routes to web-0', '31 web routes to web-0']);
  });
});
