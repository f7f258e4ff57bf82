import { type LabelSelector, selects } from './label-selector.js';
import type { PlanPod } from './plan-pod.js';

/** How many pods of a kind may be taken away, as the status of a PodDisruptionBudget says at present. */
export interface DisruptionBudget {
  readonly name: string;
  readonly selector: LabelSelector;
  /** Pods that may still be evicted. */
  readonly allowed: number;
}

/** What a set of evictions would do to the budgets. */
export interface EvictionVerdict {
  /** A budget that allows none of it; null where each allows at least one. */
  readonly blockedBy: string | null;
  /** Whether all could be evicted at once; if not, one after the other as pods come up elsewhere. */
  readonly atOnce: boolean;
}

/** Disruption budgets while evictions are planned, as the cluster autoscaler's `RemainingPdbTracker`. */
export class RemainingBudgets {
  private readonly left: { readonly name: string; readonly selector: LabelSelector; allowed: number }[];

  constructor(budgets: readonly DisruptionBudget[]) {
    this.left = budgets.map(({ name, selector, allowed }) => ({ name, selector, allowed }));
  }

  /** What evicting these pods would do. */
  judge(pods: readonly PlanPod[]): EvictionVerdict {
    let atOnce = true;
    for (const { name, selector, allowed } of this.left) {
      const meant = countMeant(selector, pods);
      if (meant > 0 && allowed < 1) return { blockedBy: name, atOnce: false };
      if (meant > allowed) atOnce = false;
    }
    return { blockedBy: null, atOnce };
  }

  /** Plans to evict these pods. */
  evict(pods: readonly PlanPod[]): void {
    for (const budget of this.left) budget.allowed -= countMeant(budget.selector, pods);
  }

  /** Splits pods, in their order, into those that some budget no longer allows to evict and those that all do. */
  split(pods: readonly PlanPod[]): { readonly violating: readonly PlanPod[]; readonly allowed: readonly PlanPod[] } {
    const rest = this.left.map(({ selector, allowed }) => ({ selector, allowed }));
    const [violating, allowed]: [PlanPod[], PlanPod[]] = [[], []];
    for (const pod of pods) {
      let violates = false;
      for (const budget of rest) {
        if (!selects(budget.selector, pod.requirements.labels)) continue;
        budget.allowed -= 1;
        if (budget.allowed < 0) violates = true;
      }
      (violates ? violating : allowed).push(pod);
    }
    return { violating, allowed };
  }
}

function countMeant(selector: LabelSelector, pods: readonly PlanPod[]): number {
  return pods.filter(({ requirements }) => selects(selector, requirements.labels)).length;
}
