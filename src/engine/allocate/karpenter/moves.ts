import type { ClusterPlan } from '../../../domain/scheduling/cluster-plan.js';
import type { Micros } from '../../../kernel/micros.js';
import { placeElsewhere } from '../node-scaling/cluster-in-thought.js';
import type { PoolDrafts } from '../node-scaling/pool-drafts.js';
import type { ScalablePool, ScalingInput } from '../../ports/scaling-input.js';
import type { Consolidation } from './consolidation.js';

/** A consolidation that is being carried out. */
interface Move {
  readonly what: Consolidation;
  /** What the node that comes is of; null where none does. */
  readonly offer: ScalablePool | null;
  readonly since: Micros;
  /** Nodes of that offer that were there before. */
  readonly before: ReadonlySet<string>;
}

/** Consolidations being carried out: the new node comes first, and only when it is up do the others go. */
export class Moves {
  private moves: Move[] = [];

  /** Begins to carry one out. */
  begin(what: Consolidation, { now, nodes }: ScalingInput): void {
    const offer = what.options.at(0) ?? null;
    const before = new Set(nodes.filter(({ pool }) => pool === offer?.name).map(({ name }) => name));
    this.moves.push({ what, offer, since: now, before });
  }

  /** Nodes that are about to go. */
  going(): ReadonlySet<string> {
    return new Set(this.moves.flatMap(({ what }) => what.candidates.map(({ name }) => name)));
  }

  /** Nodes that have come in their place, and must not be taken for superfluous. */
  coming({ nodes }: ScalingInput): ReadonlySet<string> {
    return new Set(
      nodes
        .filter(({ name, pool }) => this.moves.some(({ offer, before }) => offer?.name === pool && !before.has(name)))
        .map(({ name }) => name),
    );
  }

  /** Forgets what is done, what lost its new node, and what has taken too long. */
  update({ now, nodes }: ScalingInput, lost: ReadonlySet<string>, timeoutMicros: number): void {
    const staying = new Set(nodes.filter(({ leaving }) => !leaving).map(({ name }) => name));
    this.moves = this.moves.filter(
      ({ what, offer, since }) =>
        what.candidates.some(({ name }) => staying.has(name)) &&
        !(offer !== null && lost.has(offer.name)) &&
        now - since <= timeoutMicros,
    );
  }

  /** Asks for new nodes, and lets old ones go whose pods have a place among `destinations` now; gives up what has none after all. */
  propose(input: ScalingInput, plan: ClusterPlan, destinations: ReadonlySet<string>, drafts: PoolDrafts): void {
    this.moves = this.moves.filter((move) => {
      const { offer, since, before } = move;
      if (offer === null) return letGo(move, input, plan, destinations, drafts);
      const came = input.nodes.find(({ name, pool, readyAt, leaving }) => {
        return pool === offer.name && !before.has(name) && readyAt !== null && !leaving;
      });
      if (came !== undefined) return letGo(move, input, plan, new Set([...destinations, came.name]), drafts);
      if (since === input.now) drafts.add(offer.name, 1, 'consolidation', numbersOf(move));
      return true;
    });
  }
}

function letGo(
  move: Move,
  { nodes }: ScalingInput,
  plan: ClusterPlan,
  destinations: ReadonlySet<string>,
  drafts: PoolDrafts,
): boolean {
  const staying = new Set(nodes.filter(({ leaving }) => !leaving).map(({ name }) => name));
  const candidates = move.what.candidates.filter(({ name }) => staying.has(name));
  const names = new Set(candidates.map(({ name }) => name));
  if (!candidates.every(({ offer }) => drafts.spare(offer.name) > 0) || !vacate(names, plan, destinations))
    return false;
  const rule = move.what.reason === 'Empty' ? 'empty-nodes' : 'consolidation';
  for (const { name, offer } of candidates) drafts.remove(offer.name, [name], rule, numbersOf(move));
  return true;
}

/** Moves the pods of nodes elsewhere in thought; false, and nothing moved, where one has no place. */
function vacate(names: ReadonlySet<string>, plan: ClusterPlan, destinations: ReadonlySet<string>): boolean {
  plan.fork();
  const going = [...plan.nodes()].filter(({ name }) => names.has(name));
  const pods = going.flatMap((node) => {
    const moving = node.pods.filter(({ daemon }) => !daemon);
    for (const pod of moving) plan.take(pod, node);
    plan.close(node);
    return moving;
  });
  const others = [...plan.nodes()].filter(({ name }) => destinations.has(name) && !names.has(name));
  if (placeElsewhere(plan, pods, others)) {
    plan.keep();
    return true;
  }
  plan.revert();
  return false;
}

function numbersOf({ what: { candidates, options }, offer }: Move): Readonly<Record<string, number | string>> {
  return {
    nodes: candidates.length,
    pods: candidates.reduce((sum, { pods }) => sum + pods.length, 0),
    pricePerHour: candidates.reduce((sum, { pricePerHour }) => sum + pricePerHour, 0),
    newPricePerHour: offer?.pricePerHour ?? 0,
    options: options.length,
  };
}
