import type { HpaConfig, HpaSemantics } from './hpa-config.js';

/** How far the ratio of usage to target may be from 1, by direction. */
export interface Tolerances {
  readonly up: number;
  readonly down: number;
}

/**
 * The tolerances that count: those of `behavior` where given and the gate is open, else the controller's; v1.20 knew the
 * controller's alone. Source: KEP-4951.
 */
export function tolerancesOf({ behavior, gates, semantics, tolerance }: HpaConfig): Tolerances {
  if (behavior === null || semantics === '1.20' || !gates.configurableTolerance)
    return { up: tolerance, down: tolerance };
  return { up: behavior.scaleUp.tolerance ?? tolerance, down: behavior.scaleDown.tolerance ?? tolerance };
}

/** Whether the ratio counts as being on target. The two semantics differ in the last bit: a ratio of exactly 1.1 is inside 10% at head only. */
export function isWithinTolerance(ratio: number, { up, down }: Tolerances, semantics: HpaSemantics): boolean {
  if (semantics === '1.20') return Math.abs(1 - ratio) <= (ratio < 1 ? down : up);
  return 1 - down <= ratio && ratio <= 1 + up;
}
