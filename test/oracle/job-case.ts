import { micros } from '../../src/kernel/micros.js';
import { onlyClass, planeWorld, podWorkload, steadyTraffic } from '../sim/requests/plane-world.js';
import { erlangC } from './erlang.js';
import { type OracleCase, SERVICE_MICROS } from './oracle-case.js';
import { exponential } from './queue-worlds.js';
import { multiServerSojourn } from './short-forms.js';
import { manyServersTwins } from './twins.js';

/**
 * Jobs that wait in a central queue for the first of several pods that has a worker free are an M/M/c queue, wherever the workers are: both
 * the time until a job is done and the time it waits are known.
 */
export function jobCase(pods: number, workers: number, rho: number): OracleCase {
  const servers = pods * workers;
  const lam = servers * rho;
  const waits = erlangC(servers, lam);
  const p99 = Math.log(100 * waits) / (servers - lam);
  return {
    family: 'jobs',
    parameters: { pods, workers, rho },
    judged: [
      {
        quantity: 'W',
        expected: multiServerSojourn(servers, lam),
        tolerance: 0.01,
        statistic: { kind: 'mean sojourn' },
        control: 'wait',
      },
      {
        quantity: 'Wq_p99',
        expected: p99,
        tolerance: 0.01,
        statistic: { kind: 'quantile of wait', p: 0.99, expected: p99 },
        control: 'long wait',
      },
    ],
    world: (seed, endMicros) => {
      const perSecond = (lam * 1e6) / SERVICE_MICROS;
      const classes = [onlyClass({ cpu: exponential(1), wait: null, calls: [] })];
      const worker = podWorkload('server', { count: pods }, { concurrency: workers });
      const world = planeWorld({
        seed,
        endMicros,
        sloMicros: 1e15,
        traffic: [{ ...steadyTraffic('requests', 'server', { perSecond, endMicros }, { classes }), queue: 'jobs' }],
        workloads: [{ ...worker, consumes: { queue: 'jobs', prefetch: workers, pollMicros: micros(0) } }],
      });
      return { ...world, queues: [{ name: 'jobs', slo: world.slo, redelivery: 'on-disconnect' }] };
    },
    rate: lam,
    twins: () => manyServersTwins(servers, lam, p99),
    requests: 6e6,
  };
}
