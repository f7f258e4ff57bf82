import type { BalancerPolicy } from '../../domain/world-spec.js';
import type { KeyedRandom } from '../../kernel/random.js';
import type { Balancer } from './balancer-port.js';
import { LeastConnections } from './least-connections.js';
import { PowerOfTwo, type LoadReader } from './power-of-two.js';
import { RandomChoice } from './random-choice.js';
import { RoundRobin } from './round-robin.js';

/** Makes a balancer; `loads` reads what is on board of a station at the present instant. */
export function makeBalancer(policy: BalancerPolicy, random: KeyedRandom, loads: LoadReader): Balancer {
  switch (policy) {
    case 'round-robin':
      return new RoundRobin();
    case 'random':
      return new RandomChoice(random);
    case 'least-connections':
      return new LeastConnections(loads.board);
    case 'power-of-two':
      return new PowerOfTwo(random, loads);
  }
}
