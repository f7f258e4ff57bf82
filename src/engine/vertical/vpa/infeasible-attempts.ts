import { type ResourceAmounts, vpaResources } from './resource-amounts.js';

/** Targets by container. */
export type PodTargets = ReadonlyMap<string, ResourceAmounts>;

/** Resizes for which a node had no room at all; they are tried again only when less is asked for. */
export class InfeasibleAttempts {
  private readonly attempts = new Map<string, PodTargets>();

  /** Forgets pods that are gone. */
  keepOnly(pods: ReadonlySet<string>): void {
    for (const pod of this.attempts.keys()) if (!pods.has(pod)) this.attempts.delete(pod);
  }

  /** A resize to these targets was not possible. */
  record(pod: string, targets: PodTargets): void {
    this.attempts.set(pod, targets);
  }

  /** Whether it is known that it would fail again: no resource of any container is asked for less than then. */
  rulesOut(pod: string, targets: PodTargets): boolean {
    const last = this.attempts.get(pod);
    if (last === undefined) return false;
    return ![...targets].some(([container, target]) => isLowerSomewhere(target, last.get(container) ?? {}));
  }
}

function isLowerSomewhere(target: ResourceAmounts, last: ResourceAmounts): boolean {
  return vpaResources.some((resource) => {
    const [now, then] = [target[resource], last[resource]];
    return now !== undefined && then !== undefined && now < then;
  });
}
