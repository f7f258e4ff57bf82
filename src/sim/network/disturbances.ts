import type { FaultSpec, NetworkEnd, NetworkFault } from '../../domain/fault-spec.js';

/** One end of a message as faults tell ends apart. */
export interface MessageEnd {
  /** Its workload or dependency; null for clients outside. */
  readonly name: string | null;
  /** Null where it has none. */
  readonly zone: string | null;
}

/** What disturbs the messages of one way in one direction, after `from` and up to `until`. */
export interface Disturbance {
  readonly from: number;
  readonly until: number;
  /** Added to the way of one message. */
  readonly delayMicros: number;
  readonly loss: number;
}

/**
 * Faults of the network, by the two ends of a message and its direction. They are known beforehand, so that a message that is sent again after
 * a loss meets what holds by then.
 */
export class Disturbances {
  private readonly faults: readonly NetworkFault[];

  constructor(faults: readonly FaultSpec[]) {
    this.faults = faults.filter((fault) => fault.kind === 'network');
  }

  /** What disturbs messages from one end to another; `isAnswer` says which half of the round trip they are, should it be odd. */
  between(from: MessageEnd, to: MessageEnd, isAnswer: boolean): readonly Disturbance[] {
    return this.faults.flatMap((fault) => disturbanceOf(fault, from, to, isAnswer));
  }
}

/** Chance that a transmission at an instant is lost, beside a loss that always holds. */
export function lossAt(list: readonly Disturbance[], at: number, always: number): number {
  let kept = 1 - always;
  for (const one of list) if (at > one.from && at <= one.until) kept *= 1 - one.loss;
  return 1 - kept;
}

/** What a transmission at an instant takes longer. */
export function delayAt(list: readonly Disturbance[], at: number): number {
  let delay = 0;
  for (const one of list) if (at > one.from && at <= one.until) delay += one.delayMicros;
  return delay;
}

function disturbanceOf(fault: NetworkFault, from: MessageEnd, to: MessageEnd, isAnswer: boolean): Disturbance[] {
  const along = matches(fault.from, from) && matches(fault.to, to);
  const against = fault.bothWays && matches(fault.from, to) && matches(fault.to, from);
  if (!along && !against) return [];
  const { at, durationMicros, loss, delayMicros, bothWays } = fault;
  const half = isAnswer ? delayMicros - Math.floor(delayMicros / 2) : Math.floor(delayMicros / 2);
  return [{ from: at, until: at + durationMicros, delayMicros: bothWays ? half : delayMicros, loss }];
}

function matches(end: NetworkEnd, { name, zone }: MessageEnd): boolean {
  if (end.kind === 'clients') return name === null;
  return end.kind === 'zone' ? zone === end.name : name === end.name;
}
