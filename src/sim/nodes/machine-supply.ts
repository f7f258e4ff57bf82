import type { FailedLaunch } from '../../domain/failed-launch.js';
import type { CapacityShortage, FailedBoot, FaultSpec } from '../../domain/fault-spec.js';
import type { Micros } from '../../kernel/micros.js';
import type { KeyedRandom } from '../../kernel/random.js';
import type { Streams } from '../../kernel/streams.js';
import type { Node } from './node.js';

interface DrawnBoots {
  readonly fault: FailedBoot;
  readonly randomOf: (pool: string) => KeyedRandom;
}

/** What a provider of machines gives at an instant, and its books of what it did not give. It always gives, but for faults. */
export class MachineSupply {
  /** In the order of their times. */
  readonly failed: FailedLaunch[] = [];
  private readonly shortages: readonly CapacityShortage[];
  private readonly boots: readonly DrawnBoots[];

  constructor(faults: readonly FaultSpec[], streams: Streams) {
    this.shortages = faults.filter((fault) => fault.kind === 'capacityShortage');
    this.boots = faults
      .filter((fault) => fault.kind === 'failedBoot')
      .map((fault, i) => ({ fault, randomOf: (pool) => streams.stream('fault', `failedBoot/${pool}#${i}`) }));
  }

  /** The shortage that keeps machines of a pool from being launched now; null where there are any. */
  shortage(pool: string, now: Micros): CapacityShortage | null {
    return this.shortages.find((fault) => isOf(fault, pool, now)) ?? null;
  }

  /** What keeps a machine that begins to run from ever coming up; null where it will. */
  failedBoot({ pool: { name }, ordinal, returns }: Node, now: Micros): FailedBoot | null {
    const hit = this.boots.find(
      ({ fault, randomOf }) => isOf(fault, name, now) && randomOf(name).uniform(ordinal, returns) < fault.share,
    );
    return hit?.fault ?? null;
  }

  /** Enters into the books that a machine did not come. */
  note({ name, pool }: Node, cause: FailedLaunch['cause'], at: Micros): void {
    this.failed.push({ node: name, pool: pool.name, instanceType: pool.instanceType, at, cause });
  }
}

function isOf({ at, durationMicros, pools }: CapacityShortage | FailedBoot, pool: string, now: Micros): boolean {
  return at <= now && now < at + durationMicros && pools.includes(pool);
}
