import { micros } from '../../src/kernel/micros.js';
import {
  onlyClass,
  patientClient,
  planeWorld,
  plainWork,
  podWorkload,
  steadyTraffic,
} from '../sim/requests/plane-world.js';
import { type OracleCase, SERVICE_MICROS } from './oracle-case.js';
import { exponential } from './queue-worlds.js';
import { multiServerSojourn } from './short-forms.js';

const RATE = 1.2;

/** A front that never fills sends each request to two servers, then to three: an open Jackson network, so that sojourns add up. */
export function tandemCase(): OracleCase {
  const work = (mean: number) => ({ ...plainWork(0), cpu: exponential(mean) });
  const call = (target: string) => [{ target, probability: 1, client: patientClient }];
  return {
    family: 'tandem',
    parameters: { first: 2, second: 3, lam: RATE },
    judged: [
      {
        quantity: 'W',
        expected: multiServerSojourn(2, RATE) + multiServerSojourn(3, RATE),
        tolerance: 0.02,
        statistic: { kind: 'mean sojourn' },
        control: 'wait',
      },
    ],
    world: (seed, endMicros) =>
      planeWorld({
        seed,
        endMicros: micros(endMicros),
        sloMicros: 1e15,
        traffic: [
          steadyTraffic(
            'requests',
            'front',
            { perSecond: (RATE * 1e6) / SERVICE_MICROS, endMicros },
            {
              classes: [onlyClass({ ...plainWork(0), calls: [call('first'), call('second')] })],
            },
          ),
        ],
        workloads: [
          podWorkload('front', { count: 1 }, {}),
          podWorkload('first', { count: 1 }, { concurrency: 2 }, work(1)),
          podWorkload('second', { count: 1 }, { concurrency: 3 }, work(1)),
        ],
      }),
    rate: RATE,
    twins: () => [],
    requests: 2.5e5,
  };
}
