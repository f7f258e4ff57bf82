import type { BalancerPolicy } from '../../src/domain/world-spec.js';
import type { KeyedRandom } from '../../src/kernel/random.js';
import type { NaiveStation } from './naive-station.js';

/** Chooses a pod by looking at all of them. */
export type NaiveBalancer = (ordinal: number, salt: number) => NaiveStation;

/** The policy as its one-line description has it. */
export function naiveBalancer(
  policy: BalancerPolicy,
  pods: readonly NaiveStation[],
  random: KeyedRandom,
  load: (pod: NaiveStation) => number,
): NaiveBalancer {
  switch (policy) {
    case 'round-robin':
      return inTurn(pods);
    case 'random':
      return (ordinal, salt) => pods[Math.floor((random.bits(ordinal, salt) / 2 ** 32) * pods.length)];
    case 'least-connections':
      return leastConnections(pods, load);
    case 'power-of-two':
      return powerOfTwo(pods, random, load);
  }
}

function inTurn(pods: readonly NaiveStation[]): NaiveBalancer {
  let turn = 0;
  return () => {
    turn += 1;
    return pods[(turn - 1) % pods.length];
  };
}

/** Among equals the one not chosen for longest: the list is kept in that order. */
function leastConnections(pods: readonly NaiveStation[], load: (pod: NaiveStation) => number): NaiveBalancer {
  const order = [...pods];
  return () => {
    let best = 0;
    for (let i = 1; i < order.length; i += 1) if (load(order[i]) < load(order[best])) best = i;
    const [chosen] = order.splice(best, 1);
    order.push(chosen);
    return chosen;
  };
}

function powerOfTwo(
  pods: readonly NaiveStation[],
  random: KeyedRandom,
  load: (pod: NaiveStation) => number,
): NaiveBalancer {
  if (pods.length < 2) return () => pods[0];
  return (ordinal, salt) => {
    const i = random.index(pods.length, ordinal, salt);
    const rest = pods.filter((_, position) => position !== i);
    const other = rest[random.index(rest.length, ordinal, salt + 1)];
    return load(other) < load(pods[i]) ? other : pods[i];
  };
}
