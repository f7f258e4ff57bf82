import type { BalancerPolicy } from '../../src/domain/world-spec.js';
import type { KeyedRandom } from '../../src/kernel/random.js';
import type { NaiveStation } from './naive-station.js';

/** Chooses a pod by looking at all of them. */
export type NaiveBalancer = (ordinal: number, salt: number) => NaiveStation | undefined;

/** The policy as its one-line description has it, over the pods there are at the moment of the choice. */
export function naiveBalancer(
  policy: BalancerPolicy,
  pods: () => readonly NaiveStation[],
  random: KeyedRandom,
  load: (pod: NaiveStation) => number,
): NaiveBalancer {
  switch (policy) {
    case 'round-robin':
      return inTurn(pods);
    case 'random':
      return (ordinal, salt) => pods()[Math.floor((random.bits(ordinal, salt) / 2 ** 32) * pods().length)];
    case 'least-connections':
      return leastConnections(pods, load);
    case 'power-of-two':
      return powerOfTwo(pods, random, load);
  }
}

function inTurn(pods: () => readonly NaiveStation[]): NaiveBalancer {
  let turn = 0;
  return () => {
    if (pods().length === 0) return undefined;
    if (turn >= pods().length) turn = 0;
    turn += 1;
    return pods()[turn - 1];
  };
}

/** Among equals the one not chosen for longest: the list is kept in that order, newcomers in front. */
function leastConnections(pods: () => readonly NaiveStation[], load: (pod: NaiveStation) => number): NaiveBalancer {
  let order: NaiveStation[] = [];
  return () => {
    const known = order.filter((pod) => pods().includes(pod));
    order = [...pods().filter((pod) => !known.includes(pod)), ...known];
    if (order.length === 0) return undefined;
    let best = 0;
    for (let i = 1; i < order.length; i += 1) if (load(order[i]) < load(order[best])) best = i;
    const [chosen] = order.splice(best, 1);
    order.push(chosen);
    return chosen;
  };
}

function powerOfTwo(
  pods: () => readonly NaiveStation[],
  random: KeyedRandom,
  load: (pod: NaiveStation) => number,
): NaiveBalancer {
  return (ordinal, salt) => {
    const all = pods();
    if (all.length < 2) return all[0];
    const i = random.index(all.length, ordinal, salt);
    const rest = all.filter((_, position) => position !== i);
    const other = rest[random.index(rest.length, ordinal, salt + 1)];
    return load(other) < load(all[i]) ? other : all[i];
  };
}
