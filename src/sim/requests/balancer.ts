import type { BalancerPolicy } from '../../domain/world-spec.js';
import type { KeyedRandom } from '../../kernel/random.js';
import { LeastConnections } from './least-connections.js';
import { PowerOfTwo } from './power-of-two.js';
import { RandomChoice } from './random-choice.js';
import { RoundRobin } from './round-robin.js';
import type { Station } from './station.js';

/** An endpoint that a balancer may choose, with its weight (1 is ordinary, 0 gets nothing new). */
export interface Endpoint {
  readonly station: Station;
  readonly weight: number;
}

/** Chooses an endpoint for each attempt. */
export interface Balancer {
  /** Replaces the endpoints. */
  route(endpoints: readonly Endpoint[]): void;
  /** The station for an attempt, or null when there is no endpoint. Draws are keyed by the request's ordinal and a salt of hop and attempt. */
  pick(at: number, ordinal: number, salt: number): Station | null;
  /** Is told whenever the visits on board of a station have changed. */
  loadChanged(station: Station): void;
}

/** Makes a balancer. A `lazy` one settles the stations whose load it reads. */
export function makeBalancer(policy: BalancerPolicy, random: KeyedRandom, lazy: boolean): Balancer {
  switch (policy) {
    case 'round-robin':
      return new RoundRobin();
    case 'random':
      return new RandomChoice(random);
    case 'least-connections':
      return new LeastConnections();
    case 'power-of-two':
      return new PowerOfTwo(random, lazy);
  }
}
