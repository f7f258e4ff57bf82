import type { BalancerSpec } from '../../domain/world-spec.js';
import { type Micros, micros } from '../../kernel/micros.js';
import { PHASE, type Timeline } from '../../kernel/timeline.js';
import type { BalancerView, Endpoint } from './balancer-view.js';

type Thresholds = NonNullable<BalancerSpec['health']>;

/**
 * Checks every endpoint a balancer knows, every interval from when it was set: `fall` failures in a row take it out, `rise` successes bring it back.
 *
 * A check asks whether the process listens; it costs the pod nothing and is answered at once.
 */
export class HealthChecks {
  /** The rules that hold; null while there are none. */
  private health: Thresholds | null = null;

  constructor(
    private readonly timeline: Timeline,
    private readonly view: BalancerView,
  ) {}

  /** Checks go by these rules from now on; what endpoints have been found to be stays. */
  set(health: Thresholds, start: Micros): void {
    this.health = health;
    this.timeline.every(micros(start + health.intervalMicros), health.intervalMicros, PHASE.world, () => {
      if (this.health !== health) return false;
      this.check(health);
      return true;
    });
  }

  private check(health: Thresholds): void {
    let changed = false;
    for (const [pod, endpoint] of this.view.endpoints) {
      const turned = judge(endpoint, pod.process?.listening ?? false, health);
      changed = changed || turned;
    }
    if (changed) this.view.publish();
  }
}

/** Takes one answer into account; true when the endpoint went up or down by it. */
function judge(endpoint: Endpoint, listening: boolean, health: Thresholds): boolean {
  if (listening === endpoint.up) {
    endpoint.against = 0;
    return false;
  }
  endpoint.against += 1;
  if (endpoint.against < (endpoint.up ? health.fall : health.rise)) return false;
  endpoint.up = listening;
  endpoint.against = 0;
  return true;
}
