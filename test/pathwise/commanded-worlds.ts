import type { WorldSpec } from '../../src/domain/world-spec.js';
import { changingWorlds, comingAndGoing } from './changing-worlds.js';
import type { EndpointChange } from './naive-pods.js';
import type { PathWorld } from './path-world.js';
import { changingApart } from './watched-network-worlds.js';

/** What pods are commanded to weigh, by their ordinals, one command after the other. */
const commands: readonly ((ordinal: number) => number)[] = [
  // A canary of the newest pods, at 5, then 30, then 100%: what the old ones have is taken away.
  (ordinal) => (ordinal < 5 ? 0.95 / 5 : 0.05),
  (ordinal) => (ordinal < 5 ? 0.7 / 5 : 0.3),
  (ordinal) => (ordinal < 5 ? 0 : 1),
  // By capacity, of a mean of about 1.
  (ordinal) => [0.5, 1.25, 0.8, 1.4, 1][ordinal % 5],
  // All the same, but not 1; then steps of a policy that goes by latencies.
  () => 2.5,
  (ordinal) => 1 + 0.2 * (ordinal % 3) - 0.1 * (ordinal % 2),
];

/** Weights are commanded eleven times, pods coming and going meanwhile; those that come have the weights of the last command. */
function commanded(world: WorldSpec): readonly EndpointChange[] {
  const { edgesMicros } = world.traffic[0].rates;
  const length = edgesMicros[edgesMicros.length - 1];
  const moves = comingAndGoing(world);
  const instants = Array.from({ length: 11 }, (_, i) => Math.round(((i + 0.5) / 11) * length));
  const podsAt = (at: number): readonly number[] =>
    moves.filter((move) => move.at <= at).at(-1)?.pods ?? [0, 1, 2, 3, 4, 5];
  const orders = instants.map((at): EndpointChange => ({ at, workload: 'app', pods: podsAt(at) }));
  return [...moves, ...orders]
    .sort((one, other) => one.at - other.at)
    .map((change) => {
      const last = instants.filter((at) => at <= change.at).length - 1;
      if (last < 0) return change;
      const weigh = commands[last % commands.length];
      return { ...change, weights: change.pods.map(weigh) };
    });
}

/** Pods come, go and die while the shares of all are commanded, without and with a network. */
export const commandedWorlds: readonly PathWorld[] = [
  ...changingWorlds.filter(({ name }) => /processor-sharing|fcfs, (round|least)/.test(name)),
  ...changingApart.filter(({ name }) => /eject/.test(name)),
].map((world) => ({ ...world, name: `commanded weights, ${world.name}`, changes: commanded }));
