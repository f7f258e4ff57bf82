import type { Distribution } from '../kernel/distributions.js';
import type { Micros } from '../kernel/micros.js';

/** How long a machine takes until it is of use, in microseconds; drawn by pool and machine. */
export interface BootSpec {
  /** From being asked for until the machine runs and is paid for. */
  readonly provisioning: Distribution;
  /** From then until its system is up. */
  readonly boot: Distribution;
  /** From then until it is set up with what its image does not hold; absent means nothing is missing. */
  readonly bake?: Distribution;
}

/** Machines that are up and set up, and wait to be called; as the warm pool of an EC2 Auto Scaling group. */
export interface WarmPoolSpec {
  /** How many; each one that is called is replaced. */
  readonly size: number;
  /** Stopped machines cost their disk alone; running ones cost what a machine costs, and have their process up. */
  readonly state: 'stopped' | 'running';
  /** From being called until the machine is in service, in microseconds; drawn by pool and machine. */
  readonly start: Distribution;
  /** What the disk of a stopped machine costs, in USD. */
  readonly diskPricePerHour: number;
}

/**
 * Every machine is replaced by one of a new image, batch by batch; as EC2 Auto Scaling's instance refresh.
 *
 * A batch is what both shares allow of the machines asked for, but at least one machine.
 */
export interface RefreshSpec {
  readonly at: Micros;
  /** Share of the machines asked for that must stay in service; the new ones count once they are baked. */
  readonly minHealthy: number;
  /** Share of the machines asked for that there may be at once, at least 1. What is above 1 is launched before anything is taken out. */
  readonly maxHealthy: number;
  /** How long the new machines of a batch must be in service before the next batch begins. */
  readonly bakeMicros: Micros;
}

/** What makes the number of a pool's machines change during the run. */
export interface ElasticPoolSpec extends BootSpec {
  readonly min: number;
  readonly max: number;
  readonly warmPool?: WarmPoolSpec;
  readonly refresh?: RefreshSpec;
}
