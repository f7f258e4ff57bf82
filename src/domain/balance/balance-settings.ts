import type { Micros } from '../../kernel/micros.js';
import type { OutlierEjectionSpec, SlowStartSpec } from '../balancing-spec.js';
import type { SplitKind } from './traffic-split.js';

/** Active health checks of a balancer: every interval, so many failures in a row take an endpoint out, so many successes bring it back. */
export interface HealthCheckSpec {
  readonly intervalMicros: Micros;
  readonly fall: number;
  readonly rise: number;
}

/** What about balancers the engine sets; what is absent it leaves alone. */
export interface BalanceSettings {
  readonly health?: HealthCheckSpec;
  readonly slowStart?: SlowStartSpec;
  readonly outlierEjection?: OutlierEjectionSpec;
}

/** Names of the settings. */
export const balanceSettings = ['health', 'slowStart', 'outlierEjection'] as const satisfies (keyof BalanceSettings)[];

/** How pods leave when there are too many. */
export interface DrainSettings {
  /** `controller`: in the order of the controller. `fewest-in-flight`: those first that had the fewest requests on board when last scraped. */
  readonly order: 'controller' | 'fewest-in-flight';
  /** How long a pod may take to finish what it has, its preStop included; absent means its own grace period. */
  readonly deadlineMicros?: Micros;
}

/** What of a workload's balancers the engine commands during a run: what has to be there to be commanded. */
export interface CommandedBalancing {
  /** What requests may be shared by; absent means that they are not. */
  readonly split?: SplitKind;
  /** Replicas of each revision; absent leaves new revisions to the strategy of the workload. */
  readonly revisions?: true;
  /** Its balancers tell how many attempts each pod has ended, and how long they were on board. */
  readonly latency?: true;
  readonly settings?: readonly (keyof BalanceSettings)[];
}
