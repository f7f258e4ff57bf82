import type { FailedLaunch } from '../../domain/failed-launch.js';
import type { CapacityShortage, FailedBoot, ZoneOutage } from '../../domain/fault-spec.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import { type Micros, seconds } from '../../kernel/micros.js';
import type { KeyedRandom } from '../../kernel/random.js';
import type { Streams } from '../../kernel/streams.js';
import type { Node } from './node.js';

interface DrawnBoots {
  readonly fault: FailedBoot;
  readonly randomOf: (pool: string) => KeyedRandom;
}

/** What a provider of machines gives at an instant, and its books of what it did not give. It always gives, but for faults; nothing in a zone that is away. */
export class MachineSupply {
  /** In the order of their times. */
  readonly failed: FailedLaunch[] = [];
  private readonly shortages: readonly CapacityShortage[];
  private readonly boots: readonly DrawnBoots[];

  constructor({ faults, nodePools }: Pick<WorldSpec, 'faults' | 'nodePools'>, streams: Streams) {
    this.shortages = faults.flatMap((fault) => {
      if (fault.kind === 'zoneOutage') return [ofZone(fault, nodePools)];
      return fault.kind === 'capacityShortage' ? [fault] : [];
    });
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

/** Seconds until the provider says no, and a minute until whoever keeps a number of machines asks again: as of a shortage by default. */
const ANSWER = seconds(2);
const RETRY = seconds(60);

/** A hundred years. */
const FOR_EVER = seconds(100 * 365 * 86_400);

function ofZone({ at, zone, durationMicros }: ZoneOutage, pools: WorldSpec['nodePools']): CapacityShortage {
  return {
    kind: 'capacityShortage',
    at,
    durationMicros: durationMicros ?? FOR_EVER,
    pools: pools.filter((pool) => pool.zone === zone).map(({ name }) => name),
    answerMicros: ANSWER,
    retryMicros: RETRY,
  };
}

function isOf({ at, durationMicros, pools }: CapacityShortage | FailedBoot, pool: string, now: Micros): boolean {
  return at <= now && now < at + durationMicros && pools.includes(pool);
}
