import { DomainTally } from './domain-tally.js';
import { selects } from './label-selector.js';
import { labelOf } from './labels.js';
import { wantsNode } from './node-affinity.js';
import type { NodePlan } from './node-plan.js';
import type { PlanPod } from './plan-pod.js';
import type { PodAffinityTerm, PodRequirements, SpreadConstraint } from './pod-requirements.js';

/** A count that is kept up to date. */
interface Kept {
  readonly tally: DomainTally;
  readonly topologyKey: string;
  readonly admits: (node: NodePlan) => boolean;
  readonly counts: (pod: PodRequirements) => boolean;
}

/** Pods of one kind that keep others away from their domains. */
interface Repulsion {
  readonly owner: PodRequirements;
  readonly term: PodAffinityTerm;
  readonly tally: DomainTally;
}

/** Counts that a kind of pods asks about, made when it is first asked for. */
interface Counted {
  readonly spread: readonly DomainTally[];
  readonly softSpread: readonly DomainTally[];
  readonly affinity: readonly DomainTally[];
  readonly antiAffinity: readonly DomainTally[];
  readonly preferredPods: readonly DomainTally[];
}

const nothing: Counted = { spread: [], softSpread: [], affinity: [], antiAffinity: [], preferredPods: [] };

/** How many pods of which kind are in which domain of a cluster, counted for those kinds of pods alone that care. */
export class TopologyIndex {
  /** Terms of pods in the cluster that keep others away. */
  readonly repulsions: Repulsion[] = [];
  private readonly kept: Kept[] = [];
  private readonly byKind = new Map<PodRequirements, Counted>();
  private readonly repelling = new Set<PodRequirements>();

  constructor(private readonly nodes: Iterable<NodePlan>) {}

  /** The counts that a kind of pods asks about, one for each of its constraints and terms, in their order. */
  of(kind: PodRequirements): Counted {
    const { preferredPods = [] } = kind;
    if (kind.spread.length + kind.affinity.length + kind.antiAffinity.length + preferredPods.length === 0)
      return nothing;
    const found = this.byKind.get(kind);
    if (found !== undefined) return found;
    const made: Counted = {
      spread: this.keepSpread(kind, hardSpread(kind)),
      softSpread: this.keepSpread(kind, softSpread(kind)),
      affinity: kind.affinity.map(({ topologyKey }) =>
        this.keep(topologyKey, everyNode, ({ labels }) => meetsAll(kind.affinity, labels)),
      ),
      antiAffinity: kind.antiAffinity.map(({ topologyKey, selector }) =>
        this.keep(topologyKey, everyNode, ({ labels }) => selects(selector, labels)),
      ),
      preferredPods: preferredPods.map(({ term: { topologyKey, selector } }) =>
        this.keep(topologyKey, everyNode, ({ labels }) => selects(selector, labels)),
      ),
    };
    this.byKind.set(kind, made);
    return made;
  }

  /** A node has come, without pods, or has gone, without them. */
  nodeChanged(node: NodePlan, there: boolean): void {
    for (const { tally, topologyKey, admits } of this.kept) {
      const domain = labelOf(node.labels, topologyKey);
      if (domain === null || !admits(node)) continue;
      if (there) tally.addNode(domain);
      else tally.removeNode(domain);
    }
  }

  /** A pod has come to a node (1) or left it (-1). */
  podChanged({ requirements }: PlanPod, node: NodePlan, change: 1 | -1): void {
    for (const { tally, topologyKey, admits, counts } of this.kept) {
      if (!counts(requirements)) continue;
      const domain = labelOf(node.labels, topologyKey);
      if (domain !== null && admits(node)) tally.addPods(domain, change);
    }
    if (requirements.antiAffinity.length > 0 && !this.repelling.has(requirements)) this.addRepulsions(requirements);
  }

  private addRepulsions(owner: PodRequirements): void {
    this.repelling.add(owner);
    for (const term of owner.antiAffinity) {
      const tally = this.keep(term.topologyKey, everyNode, (pod) => pod === owner);
      this.repulsions.push({ owner, term, tally });
    }
  }

  /** Only nodes count that the pod could be on, and that have all its topologies (KEP-3094: affinity honoured, taints ignored). */
  private keepSpread(kind: PodRequirements, constraints: readonly SpreadConstraint[]): readonly DomainTally[] {
    const admits = ({ labels }: NodePlan): boolean =>
      constraints.every(({ topologyKey }) => labelOf(labels, topologyKey) !== null) && wantsNode(kind, labels);
    return constraints.map(({ topologyKey, selector }) =>
      this.keep(topologyKey, admits, ({ labels, terminating }) => terminating !== true && selects(selector, labels)),
    );
  }

  private keep(topologyKey: string, admits: Kept['admits'], counts: Kept['counts']): DomainTally {
    const tally = new DomainTally();
    for (const node of this.nodes) {
      const domain = labelOf(node.labels, topologyKey);
      if (domain === null || !admits(node)) continue;
      tally.addNode(domain);
      tally.addPods(domain, node.pods.filter(({ requirements }) => counts(requirements)).length);
    }
    this.kept.push({ tally, topologyKey, admits, counts });
    return tally;
  }
}

/** The constraints that a scheduler must keep. */
export function hardSpread({ spread }: PodRequirements): readonly SpreadConstraint[] {
  return spread.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule');
}

/** The constraints that a scheduler keeps where it can. */
export function softSpread({ spread }: PodRequirements): readonly SpreadConstraint[] {
  return spread.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === 'ScheduleAnyway');
}

/** Whether labels are what every term means. */
export function meetsAll(terms: readonly PodAffinityTerm[], labels: PodRequirements['labels']): boolean {
  return terms.every(({ selector }) => selects(selector, labels));
}

function everyNode(): boolean {
  return true;
}
