import type { ClusterPlan } from '../../../domain/scheduling/cluster-plan.js';
import type { ScalablePool } from '../../ports/scaling-input.js';
import { balancedScore, type PoolTotals } from './balanced-score.js';
import type { Candidate } from './candidate.js';
import { OpenNodes } from './open-nodes.js';
import { bySize } from './provision.js';
import { replacements } from './replacement.js';
import type { DisruptionReason } from './settings.js';

/** Nodes that go, and at most one that comes in their place. */
export interface Consolidation {
  readonly reason: DisruptionReason;
  readonly candidates: readonly Candidate[];
  /** Offers that the new node may be of, the cheapest first; none where nothing is needed in their place. */
  readonly options: readonly ScalablePool[];
}

/** What a search for consolidations knows. */
export interface ConsolidationView {
  /** With the pods that wait placed already. */
  readonly plan: ClusterPlan;
  /** Nodes that pods may move to. */
  readonly destinations: ReadonlySet<string>;
  readonly offers: readonly ScalablePool[];
  /** Nodes that may still be asked for of an offer. */
  readonly room: (pool: string) => number;
  readonly spotToSpot: boolean;
  /** Null where savings are not weighed against disruption. */
  readonly balanced: { readonly k: number; readonly totals: ReadonlyMap<string, PoolTotals> } | null;
}

/** Most nodes of one consolidation, lest its search take too long. */
const MOST_AT_ONCE = 100;

/** What removing candidates together takes: null where their pods do not fit elsewhere and on one new, cheaper node. */
export function consolidate(candidates: readonly Candidate[], view: ConsolidationView): Consolidation | null {
  const { plan } = view;
  plan.fork();
  const offers = offersFor(candidates, view);
  plan.revert();
  if (offers === null) return null;
  const options = offers.length === 0 ? [] : replacements(candidates, offers, view.spotToSpot);
  if (offers.length > 0 && options.length === 0) return null;
  const move: Consolidation = { reason: 'Underutilized', candidates, options };
  return isWorthIt(move, view) ? move : null;
}

/** The longest run of candidates, from the first on, that can go together; at least two. By bisection, as Karpenter finds it. */
export function consolidateMany(candidates: readonly Candidate[], view: ConsolidationView): Consolidation | null {
  let [low, high] = [2, Math.min(candidates.length, MOST_AT_ONCE)];
  let best: Consolidation | null = null;
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const found = consolidate(candidates.slice(0, middle), view);
    if (found === null) high = middle - 1;
    else {
      best = found;
      low = middle + 1;
    }
  }
  return best;
}

/** The first candidate that can go alone, the NodePools taking turns. */
export function consolidateOne(candidates: readonly Candidate[], view: ConsolidationView): Consolidation | null {
  for (const candidate of inTurns(candidates)) {
    const found = consolidate([candidate], view);
    if (found !== null) return found;
  }
  return null;
}

/** Offers for the pods that need a new node, none where all fit elsewhere; null where it takes more than one. Leaves its traces in the plan. */
function offersFor(candidates: readonly Candidate[], view: ConsolidationView): readonly ScalablePool[] | null {
  const { plan, destinations } = view;
  const going = new Set(candidates.map(({ name }) => name));
  for (const { name, pods } of candidates) {
    const node = plan.node(name);
    if (node === null) return null;
    for (const pod of pods) plan.take(pod, node);
    plan.close(node);
  }
  const others = [...plan.nodes()].filter(({ name }) => destinations.has(name) && !going.has(name));
  const open = new OpenNodes(plan, view.offers, view.room, 1);
  for (const pod of candidates.flatMap(({ pods }) => pods).sort(bySize)) {
    const node = others.find((other) => plan.refusal(pod, other) === null);
    if (node !== undefined) plan.place(pod, node);
    else if (!open.add(pod)) return null;
  }
  const [added] = open.nodes();
  if (added === undefined) return [];
  const offers = open.offersFor(added).filter(({ name }) => view.room(name) > 0);
  return offers.length === 0 ? null : offers;
}

/** Every NodePool must approve of its part of the savings, by what its candidates cost. */
function isWorthIt({ candidates, options }: Consolidation, { balanced }: ConsolidationView): boolean {
  if (balanced === null) return true;
  const cost = candidates.reduce((sum, { pricePerHour }) => sum + pricePerHour, 0);
  const savings = cost - (options.at(0)?.pricePerHour ?? 0);
  const nodePools = new Set(candidates.map(({ offer }) => offer.nodePool));
  return [...nodePools].every((nodePool) => {
    const mine = candidates.filter(({ offer }) => offer.nodePool === nodePool);
    const myCost = mine.reduce((sum, { pricePerHour }) => sum + pricePerHour, 0);
    const mySavings = cost > 0 && nodePools.size > 1 ? savings * (myCost / cost) : savings;
    const disruption = mine.reduce((sum, candidate) => sum + candidate.disruption, 0);
    const totals = balanced.totals.get(nodePool) ?? { cost: 0, disruption: 0 };
    return balancedScore(mySavings, disruption, totals, balanced.k).approved;
  });
}

function inTurns(candidates: readonly Candidate[]): readonly Candidate[] {
  const byNodePool = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const { nodePool } = candidate.offer;
    const known = byNodePool.get(nodePool);
    if (known === undefined) byNodePool.set(nodePool, [candidate]);
    else known.push(candidate);
  }
  const longest = Math.max(0, ...[...byNodePool.values()].map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => [...byNodePool.values()].flatMap((some) => some.at(i) ?? [])).flat();
}
