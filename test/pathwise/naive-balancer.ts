import type { BalancerPolicy } from '../../src/domain/world-spec.js';
import type { KeyedRandom } from '../../src/kernel/random.js';
import type { NaiveStation } from './naive-station.js';

/** Chooses a pod by looking at all of them. */
export interface NaiveBalancer {
  choose(ordinal: number, salt: number): NaiveStation | undefined;
  /** The list of pods has changed. */
  notice(): void;
}

type Choose = NaiveBalancer['choose'];

/** What a balancer knows of a pod: what is on board, and its share of what is new (1 as a rule). */
export interface NaiveViews {
  readonly load: (pod: NaiveStation) => number;
  readonly share: (pod: NaiveStation) => number;
  /** Its share but for a slow start. */
  readonly weight: (pod: NaiveStation) => number;
}

/** The policy as its one-line description has it, over the pods there are at the moment of the choice. */
export function naiveBalancer(
  policy: BalancerPolicy,
  pods: () => readonly NaiveStation[],
  random: KeyedRandom,
  { load, share, weight }: NaiveViews,
): NaiveBalancer {
  const blind = (choose: Choose): NaiveBalancer => ({ choose, notice: () => undefined });
  switch (policy) {
    case 'round-robin':
      return blind(inTurn(pods, share));
    case 'random':
      return blind((ordinal, salt) => drawn(pods(), share, random.bits(ordinal, salt)));
    case 'least-connections':
      return leastConnections(pods, (pod) => load(pod) / share(pod));
    case 'power-of-two':
      return blind(powerOfTwo(pods, random, { load, share, weight }));
  }
}

function isEven(pods: readonly NaiveStation[], share: NaiveViews['share']): boolean {
  return pods.every((pod) => share(pod) === share(pods[0]));
}

/** A pod in proportion to its share, for 32 random bits. */
function drawn(pods: readonly NaiveStation[], share: NaiveViews['share'], bits: number): NaiveStation | undefined {
  if (isEven(pods, share)) return pods[Math.floor((bits / 2 ** 32) * pods.length)];
  const total = pods.reduce((sum, pod) => sum + share(pod), 0);
  let sum = 0;
  return pods.find((pod) => (sum += share(pod)) > (bits / 2 ** 32) * total);
}

/** With unequal shares as nginx does it: everybody earns his share each turn, and the richest pays all of it. */
function inTurn(pods: () => readonly NaiveStation[], share: NaiveViews['share']): Choose {
  let turn = 0;
  let earners: readonly NaiveStation[] = [];
  let credit = new Map<NaiveStation, number>();
  return () => {
    const all = pods();
    if (all.length === 0) return undefined;
    if (all.length !== earners.length || all.some((pod, i) => pod !== earners[i])) {
      earners = [...all];
      credit = new Map(all.map((pod) => [pod, 0]));
    }
    if (isEven(all, share)) {
      if (turn >= all.length) turn = 0;
      turn += 1;
      return all[turn - 1];
    }
    for (const pod of all) credit.set(pod, credit.get(pod)! + share(pod));
    const richest = all.reduce((best, pod) => (credit.get(pod)! > credit.get(best)! ? pod : best));
    const total = all.reduce((sum, pod) => sum + share(pod), 0);
    credit.set(richest, credit.get(richest)! - total);
    return richest;
  };
}

/** Among equals the one not chosen for longest: those never chosen come first, as the balancer lists them, then the others in the order of their last turn. */
function leastConnections(pods: () => readonly NaiveStation[], load: (pod: NaiveStation) => number): NaiveBalancer {
  let order: NaiveStation[] = [];
  let chosenOnce: NaiveStation[] = [];
  const notice = (): void => {
    const all = pods();
    chosenOnce = chosenOnce.filter((pod) => all.includes(pod));
    order = [...all.filter((pod) => !chosenOnce.includes(pod)), ...chosenOnce];
  };
  const choose = (): NaiveStation | undefined => {
    notice();
    if (order.length === 0) return undefined;
    let best = 0;
    for (let i = 1; i < order.length; i += 1) if (load(order[i]) < load(order[best])) best = i;
    const chosen = order[best];
    chosenOnce = [...chosenOnce.filter((pod) => pod !== chosen), chosen];
    return chosen;
  };
  return { choose, notice };
}

/** With unequal shares two draws in proportion to them, which may be of the same pod, and the one that would be less busy for its weight. */
function powerOfTwo(
  pods: () => readonly NaiveStation[],
  random: KeyedRandom,
  { load, share, weight }: NaiveViews,
): Choose {
  return (ordinal, salt) => {
    const all = pods();
    if (all.length < 2) return all[0];
    if (!isEven(all, share)) {
      const one = drawn(all, share, random.bits(ordinal, salt))!;
      const two = drawn(all, share, random.bits(ordinal, salt + 1))!;
      const busy = (pod: NaiveStation): number => (load(pod) + 1) / weight(pod);
      return busy(two) < busy(one) ? two : one;
    }
    const i = random.index(all.length, ordinal, salt);
    const rest = all.filter((_, position) => position !== i);
    const other = rest[random.index(rest.length, ordinal, salt + 1)];
    return load(other) < load(all[i]) ? other : all[i];
  };
}
